import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { CodecQuestions, EnvironmentParts } from './environment-parts.ts'

/** Who does it. Of sound there is only whether. */
export type CodedBy = 'hardware' | 'software' | 'yes' | 'no'
export interface CodecTable {
  encode: Record<string, CodedBy>
  decode: Record<string, CodedBy>
}

/** Each at a profile and level that carries 1080p at 30 frames a second (RFC 6381 names). */
const VIDEO = { 'H.264': 'avc1.640028', 'H.265': 'hvc1.1.6.L120.90', VP8: 'vp8', VP9: 'vp09.00.40.08', AV1: 'av01.0.08M.08' } as const
const AUDIO = { AAC: 'mp4a.40.2', Opus: 'opus' } as const
const PICTURE = { width: 1920, height: 1080 } as const
const SOUND = { sampleRate: 48_000, numberOfChannels: 2 } as const

/** Which codecs the window codes and decodes, and who does the work. */
export const environmentCodecs = ({ codecs }: Pick<EnvironmentParts, 'codecs'>) =>
  diagnostic({ name: 'environment.codecs', group: 'environment', uses: 'nothing', timeoutMs: 20_000, perform: async () => judgeCodecs(await askCodecs(codecs)) })

export function judgeCodecs(table: CodecTable): FindingOf<'environment.codecs'> {
  const encodes = Object.keys(table.encode).filter((name) => table.encode[name] !== 'no')
  const params = { encodes: encodes.join(', ') || '–' }
  const data = { encode: { ...table.encode }, decode: { ...table.decode } }
  if (!encodes.some((name) => name in VIDEO)) return { status: 'fail', code: 'none', data }
  const h264 = table.encode['H.264']
  if (h264 === undefined || h264 === 'no') return { status: 'warn', code: 'no-h264', params, data }
  return { status: 'pass', code: h264 === 'hardware' ? 'hardware' : 'software', params, data }
}

export async function askCodecs(ask: CodecQuestions): Promise<CodecTable> {
  const by = async (supported: (hardwareAcceleration: HardwareAcceleration) => Promise<boolean>): Promise<CodedBy> =>
    (await yes(supported('prefer-hardware'))) ? 'hardware' : (await yes(supported('prefer-software'))) || (await yes(supported('no-preference'))) ? 'software' : 'no'
  const video = (ofOne: (codec: string) => Promise<CodedBy>) => each(VIDEO, ofOne)
  const audio = (ofOne: (codec: string) => Promise<boolean>) => each(AUDIO, async (codec): Promise<CodedBy> => ((await yes(ofOne(codec))) ? 'yes' : 'no'))
  const [encode, encodeSound, decode, decodeSound] = await Promise.all([
    video((codec) => by((hardwareAcceleration) => ask.videoEncode({ ...PICTURE, codec, hardwareAcceleration, framerate: 30, bitrate: 6_000_000, latencyMode: 'realtime' }))),
    audio((codec) => ask.audioEncode({ ...SOUND, codec, bitrate: 128_000 })),
    video((codec) => by((hardwareAcceleration) => ask.videoDecode({ codec, codedWidth: PICTURE.width, codedHeight: PICTURE.height, hardwareAcceleration }))),
    audio((codec) => ask.audioDecode({ ...SOUND, codec })),
  ])
  return { encode: { ...encode, ...encodeSound }, decode: { ...decode, ...decodeSound } }
}

/** A browser that does not know a codec's name may throw instead of saying no. */
const yes = (asked: Promise<boolean>): Promise<boolean> => asked.catch(() => false)

const each = async (codecs: Readonly<Record<string, string>>, ofOne: (codec: string) => Promise<CodedBy>): Promise<Record<string, CodedBy>> =>
  Object.fromEntries(await Promise.all(Object.entries(codecs).map(async ([name, codec]) => [name, await ofOne(codec)] as const)))
