import type { SystemParts } from './gateway.ts'
import { type Hop, hopsInMtr, hopsInTrace } from './hops-text.ts'

/** Who showed the way. */
export type RouteTool = 'mtr' | 'traceroute' | 'tracepath' | 'tracert'

export interface FoundRoute {
  by: RouteTool
  hops: Hop[]
}

/** A way of more than 24 stations is a loop. */
const MOST_HOPS = 24
const TOOL_MS = 45_000

const TOOLS: readonly { by: RouteTool; on: (platform: NodeJS.Platform) => boolean; args: (ip: string) => string[]; read: (text: string) => Hop[] | null }[] = [
  { by: 'mtr', on: (platform) => platform !== 'win32', args: (ip) => ['--json', '-n', '-c', '10', '-i', '0.5', '-m', String(MOST_HOPS), ip], read: hopsInMtr },
  { by: 'tracert', on: (platform) => platform === 'win32', args: (ip) => ['-d', '-h', String(MOST_HOPS), '-w', '1000', ip], read: hopsInTrace },
  { by: 'traceroute', on: (platform) => platform !== 'win32', args: (ip) => ['-n', '-q', '3', '-w', '1', '-m', String(MOST_HOPS), ip], read: hopsInTrace },
  { by: 'tracepath', on: (platform) => platform === 'linux', args: (ip) => ['-n', '-m', String(MOST_HOPS), ip], read: hopsInTrace },
]

/** The way to an IP address, by the first program of the system that shows it; null = there is none. */
export async function findRoute(ip: string, { platform, runTool }: SystemParts, signal: AbortSignal): Promise<FoundRoute | null> {
  let silent: FoundRoute | null = null
  for (const { by, on, args, read } of TOOLS) {
    if (!on(platform)) continue
    const { found, stdout } = await runTool(by, args(ip), TOOL_MS, signal)
    const hops = found ? read(stdout) : null
    if (hops && hops.length > 0) return { by, hops }
    if (found) silent ??= { by, hops: [] }
  }
  return silent
}
