import { execFileSync } from 'node:child_process'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { realProgram } from '../outputs/rtmp/flv-sample.ts'
import type { MuxPacket } from './muxers/file-muxer.ts'

/** Real coded frames for tests, in the order of their times. */
export interface Sample {
  headers: ProgramHeaders
  packets: Packet[]
}

/** `seconds` at 30 frames/s with a key frame each second, and sound. */
export function sampleProgram(seconds: number): Sample {
  const items = realProgram(seconds)
  const headers = items.find((item) => item.type === 'headers')?.headers
  if (!headers) throw new Error('there are no headers in the sample')
  const packets = items.flatMap((item) => (item.type === 'packet' ? [item.packet] : [])).toSorted((a, b) => a.timestampUs - b.timestampUs)
  return { headers, packets }
}

export const toMux = ({ kind, key, timestampUs, data }: Packet): MuxPacket => ({ kind, key, timeUs: timestampUs, durationUs: kind === 'video' ? 33_333 : 21_333, data })

export interface Probed {
  video: number
  audio: number
  durationS: number
  /** What FFmpeg complained about while it decoded everything. */
  complaints: string
  monotonic: boolean
  chapters: string[]
  format: Record<string, string>
}

/** Decodes the whole file with FFmpeg and counts what came out of it. */
export function probe(path: string): Probed {
  const json = (args: string[]) => JSON.parse(execFileSync('ffprobe', ['-v', 'quiet', '-of', 'json', ...args, path], { encoding: 'utf8', maxBuffer: 1 << 28 })) as Record<string, never>
  const { streams = [], format, chapters = [] } = json(['-show_streams', '-show_format', '-show_chapters', '-count_packets']) as unknown as { streams: Record<string, string>[]; format: { duration: string; tags?: Record<string, string> }; chapters: { tags?: { title?: string } }[] }
  const { packets } = json(['-show_entries', 'packet=stream_index,dts,pts']) as unknown as { packets: { stream_index: number; dts: number; pts: number }[] }
  const count = (type: string) => Number(streams.find((stream) => stream['codec_type'] === type)?.['nb_read_packets'] ?? 0)
  const last = new Map<number, number>()
  const monotonic = packets.every(({ stream_index, dts }) => {
    const rises = dts > (last.get(stream_index) ?? Number.NEGATIVE_INFINITY)
    last.set(stream_index, dts)
    return rises
  })
  return {
    video: count('video'), audio: count('audio'), durationS: Number(format.duration), monotonic, format: format.tags ?? {},
    chapters: chapters.map(({ tags }) => tags?.title ?? ''),
    complaints: decode(path),
  }
}

function decode(path: string): string {
  const said = execFileSync('sh', ['-c', 'exec ffmpeg -v warning -i "$1" -f null - 2>&1', 'sh', path], { encoding: 'utf8' })
  // ADTS has no duration; FFmpeg says that it estimates one.
  return said.split('\n').filter((line) => line !== '' && !line.includes('Estimating duration')).join('\n')
}
