import type { SystemParts } from './gateway.ts'
import { interfacesInIwDev, signalInAirPort, signalInIwLink, signalInNetsh, signalInNmcli, signalInProcWireless, type WifiSignal } from './wifi-text.ts'

const TOOL_MS = 3000

/** The Wi-Fi connection in use. null = none in use; undefined = this system does not tell. */
export async function findWifi(parts: SystemParts, signal: AbortSignal): Promise<WifiSignal | null | undefined> {
  const { platform, runTool } = parts
  if (platform === 'linux') return onLinux(parts, signal)
  if (platform === 'darwin') {
    const { found, stdout } = await runTool('system_profiler', ['SPAirPortDataType', '-json'], 12_000, signal)
    return found && stdout !== '' ? signalInAirPort(stdout) : undefined
  }
  if (platform !== 'win32') return undefined
  const { found, code, stdout } = await runTool('netsh', ['wlan', 'show', 'interfaces'], TOOL_MS, signal)
  // It fails where the service that knows of Wi-Fi does not run: no Wi-Fi then.
  return found ? (code === 0 ? signalInNetsh(stdout) : null) : undefined
}

async function onLinux({ readText, runTool }: SystemParts, signal: AbortSignal): Promise<WifiSignal | null | undefined> {
  const devices = await runTool('iw', ['dev'], TOOL_MS, signal)
  for (const name of devices.found ? interfacesInIwDev(devices.stdout).slice(0, 4) : []) {
    const found = signalInIwLink((await runTool('iw', ['dev', name, 'link'], TOOL_MS, signal)).stdout)
    if (found) return found
  }
  const table = await readText('/proc/net/wireless')
  const inTable = table === null ? null : signalInProcWireless(table)
  if (inTable) return inTable
  const manager = await runTool('nmcli', ['-t', '-f', 'IN-USE,SIGNAL,FREQ', 'dev', 'wifi', 'list', '--rescan', 'no'], TOOL_MS, signal)
  const managed = manager.found && manager.code === 0 ? signalInNmcli(manager.stdout) : null
  if (managed) return managed
  return devices.found || table !== null || (manager.found && manager.code === 0) ? null : undefined
}
