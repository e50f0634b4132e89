import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { SystemCheckParts } from './system-parts.ts'

/** What the studio asks of FFmpeg: coding where the window cannot, SRT, and mending, joining and copying recordings. */
const NEEDED = {
  encoders: ['libx264', 'aac'],
  protocols: ['file', 'pipe', 'srt'],
  muxers: ['mp4', 'matroska', 'flv', 'mpegts', 'hls'],
} as const
type Able = Record<keyof typeof NEEDED, readonly string[]>
const LIMIT_MS = 5000

/** Which FFmpeg there is, and what it can do of what is needed. */
export const environmentFfmpeg = ({ ffmpeg, runTool }: Pick<SystemCheckParts, 'ffmpeg' | 'runTool'>) =>
  diagnostic({
    name: 'environment.ffmpeg',
    group: 'environment',
    uses: 'nothing',
    timeoutMs: 20_000,
    async perform({ signal }) {
      const found = await ffmpeg()
      if (!found) return { status: 'warn', code: 'missing', actions: ['again'] }
      const listOf = async (what: keyof Able) => (await runTool(found.path, ['-hide_banner', `-${what}`], LIMIT_MS, signal)).stdout
      const [encoders, protocols, muxers] = await Promise.all([listOf('encoders'), listOf('protocols'), listOf('muxers')])
      return judgeFfmpeg(found.version, { encoders: namesBehindFlags(encoders), protocols: outputProtocols(protocols), muxers: namesBehindFlags(muxers) })
    },
  })

export function judgeFfmpeg(version: string, able: Able): FindingOf<'environment.ffmpeg'> {
  const kinds = Object.keys(NEEDED) as (keyof Able)[]
  const missing = kinds.flatMap((kind) => NEEDED[kind].filter((name) => !able[kind].includes(name)))
  const has = Object.fromEntries(kinds.map((kind) => [kind, NEEDED[kind].filter((name) => able[kind].includes(name))]))
  const data = { version, ...has, missing }
  if (missing.length === 0) return { status: 'pass', code: 'complete', params: { version }, data }
  return { status: 'warn', code: 'parts-missing', params: { version, missing: missing.join(', ') }, actions: ['again'], data }
}

/** Names in what `ffmpeg -encoders` or `-muxers` lists: ` V....D libx264   libx264 H.264 …`, several with commas between. */
export const namesBehindFlags = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^ [A-Z. ]+? ([a-z0-9_,]+) {2,}/.exec(line)?.[1]?.split(',') ?? [])

/** Names below `Output:` in what `ffmpeg -protocols` lists. */
export const outputProtocols = (text: string): string[] =>
  (text.split(/^Output:$/m)[1] ?? '').split('\n').map((line) => line.trim()).filter((name) => /^[a-z0-9]+$/.test(name))
