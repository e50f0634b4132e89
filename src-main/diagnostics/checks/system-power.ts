import { join } from 'node:path'
import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { type Power, powerInPmset, powerInWin32, powerOfSupplies } from './power-text.ts'
import type { SystemCheckParts } from './system-parts.ts'

/** Percent of charge at which systems begin to warn. */
const LOW_PERCENT = { fail: 20, worse: 'below' } as const
const SUPPLIES = '/sys/class/power_supply'
const MAX_SUPPLIES = 20
const TOOL_MS = 5000
const ASK_WINDOWS = 'Get-CimInstance Win32_Battery | Select-Object -First 1 | ForEach-Object { "$($_.EstimatedChargeRemaining);$($_.BatteryStatus)" }'

type Parts = Pick<SystemCheckParts, 'platform' | 'runTool' | 'readText' | 'list'>

/** Mains or battery, and whether the computer saves power. */
export const systemPower = (parts: Parts) =>
  diagnostic({ name: 'system.power', group: 'system', uses: 'nothing', timeoutMs: 15_000, perform: async ({ signal }) => judgePower(await readPower(parts, signal)) })

export function judgePower(power: Power | null): FindingOf<'system.power'> {
  if (!power) return { status: 'skipped', code: 'unknown' }
  const { battery, saving } = power
  const data = { battery: battery !== null, onBattery: battery?.onBattery ?? false, percent: battery?.percent ?? null, saving }
  if (battery?.onBattery) {
    const low = battery.percent < LOW_PERCENT.fail
    return { status: low ? 'fail' : 'warn', code: low ? 'low' : 'battery', params: { percent: battery.percent }, value: battery.percent, unit: '%', threshold: LOW_PERCENT, data }
  }
  if (saving) return { status: 'warn', code: 'saving', data }
  return { status: 'pass', code: battery ? 'mains' : 'no-battery', data }
}

/** null = the system does not tell. */
async function readPower({ platform, runTool, readText, list }: Parts, signal: AbortSignal): Promise<Power | null> {
  if (platform === 'linux') {
    const text = async (...path: string[]) => ((await readText(join(...path))) ?? '').trim()
    const names = (await list(SUPPLIES)).slice(0, MAX_SUPPLIES)
    const supplies = await Promise.all(
      names.map(async (name) => {
        const capacity = await text(SUPPLIES, name, 'capacity')
        return { type: await text(SUPPLIES, name, 'type'), scope: await text(SUPPLIES, name, 'scope'), status: await text(SUPPLIES, name, 'status'), capacity: capacity === '' ? Number.NaN : Number(capacity) }
      }),
    )
    return powerOfSupplies(supplies, await text('/sys/firmware/acpi/platform_profile'))
  }
  if (platform === 'darwin') {
    const [battery, settings] = await Promise.all([runTool('pmset', ['-g', 'batt'], TOOL_MS, signal), runTool('pmset', ['-g'], TOOL_MS, signal)])
    return powerInPmset(battery.stdout, settings.stdout)
  }
  if (platform !== 'win32') return null
  const { found, code, stdout } = await runTool('powershell', ['-NoProfile', '-NonInteractive', '-Command', ASK_WINDOWS], TOOL_MS, signal)
  return found && code === 0 ? powerInWin32(stdout) : null
}
