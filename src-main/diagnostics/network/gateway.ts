import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { gatewayInIpRoute, gatewayInNetstat, gatewayInProcRoute, gatewayInRoutePrint, pingTimes } from './gateway-text.ts'
import type { RunTool } from './run-tool.ts'
import { within } from './time-limit.ts'

export interface SystemParts {
  clock: Clock
  platform: NodeJS.Platform
  runTool: RunTool
  /** A text file of the system; null where there is none. */
  readText(path: string): Promise<string | null>
}

export const readSystemText = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)

/** The default router. null = there is none; undefined = this system does not tell. */
export async function findGateway({ platform, runTool, readText }: SystemParts, signal: AbortSignal): Promise<string | null | undefined> {
  if (platform === 'linux') {
    const table = await readText('/proc/net/route')
    if (table !== null) return gatewayInProcRoute(table)
  }
  const [command, args, read] =
    platform === 'win32' ? (['route', ['print', '-4', '0.0.0.0'], gatewayInRoutePrint] as const)
    : platform === 'linux' ? (['ip', ['route', 'show', 'default'], gatewayInIpRoute] as const)
    : (['netstat', ['-rn', '-f', 'inet'], gatewayInNetstat] as const)
  const { found, stdout } = await runTool(command, args, 3000, signal)
  return found ? read(stdout) : undefined
}

export interface GatewayAnswers {
  by: 'ping' | 'tcp'
  sent: number
  /** ms each. */
  rttsMs: number[]
}

const PINGS = 10
/** Ports that routers have something behind; a refusal is an answer just as well. */
const ROUTER_PORTS = [80, 443, 53]
const CONNECT_MS = 1000

/** Asks a router ten times: by the system's ping, else by TCP. null = it answers nothing of that. */
export async function askGateway(gateway: string, parts: SystemParts, signal: AbortSignal): Promise<GatewayAnswers | null> {
  const args = parts.platform === 'win32' ? ['-n', String(PINGS), '-w', '1000', gateway] : ['-n', '-c', String(PINGS), '-i', '0.2', gateway]
  const { found, stdout } = await parts.runTool('ping', args, 12_000, signal)
  const rttsMs = found ? pingTimes(stdout) : []
  if (rttsMs.length > 0) return { by: 'ping', sent: Math.max(PINGS, rttsMs.length), rttsMs }
  for (const port of ROUTER_PORTS) {
    const answers = await connectTimes(gateway, port, parts, signal)
    if (answers.length > 0) return { by: 'tcp', sent: PINGS, rttsMs: answers }
  }
  return null
}

async function connectTimes(host: string, port: number, parts: SystemParts, signal: AbortSignal): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < PINGS; i++) {
    const ms = await knock(host, port, parts, signal)
    if (ms !== null) times.push(ms)
    else if (i === 0) return []
  }
  return times
}

/** How long a computer takes to take or to refuse a connection, ms; null = it does neither within a second. */
export async function knock(host: string, port: number, { clock, limitMs = CONNECT_MS }: { clock: Clock; limitMs?: number }, signal: AbortSignal): Promise<number | null> {
  const beginMs = clock.monotonicMs()
  try {
    await within(limitMs, { clock, signal }, (limit) => new Promise<void>((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true })
      limit.addEventListener('abort', () => socket.destroy(), { once: true })
      socket.once('connect', () => {
        socket.destroy()
        resolve()
      })
      socket.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNREFUSED' ? resolve() : reject(error)))
    }))
    return clock.monotonicMs() - beginMs
  } catch (error) {
    signal.throwIfAborted()
    if (StudioError.from(error).reason === 'stopped') throw error
    return null
  }
}
