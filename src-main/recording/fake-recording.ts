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
  // As the bus does it: a program begins with its first key frame.
  const beginsUs = packets.find(({ kind }) => kind === 'video')?.timestampUs ?? 0
  return { headers, packets: packets.filter(({ timestampUs }) => timestampUs >= beginsUs).map((packet) => ({ ...packet, timestampUs: packet.timestampUs - beginsUs, durationUs: packet.kind === 'video' ? 33_333 : 21_333 })) }
}

export const toMux = ({ kind, key, timestampUs, data }: Packet): MuxPacket => ({ kind, key, timeUs: timestampUs, durationUs: kind === 'video' ? 33_333 : 21_333, data })

export interface Probed {
  video: number
  audio: number
  durationS: number
  /** Times rise within each stream. */
  monotonic: boolean
  chapters: string[]
  tags: Record<string, string>
}

interface Answer {
  streams?: { index: number; codec_type: string }[]
  packets?: { stream_index: number; dts: number }[]
  chapters?: { tags?: { title?: string } }[]
  format: { duration: string; tags?: Record<string, string> }
}

/** What FFmpeg finds in the file, packet by packet. */
export function probe(path: string): Probed {
  const args = ['-v', 'quiet', '-of', 'json', '-show_entries', 'packet=stream_index,dts:stream=index,codec_type:format=duration:format_tags:chapter_tags', path]
  const { streams = [], packets = [], chapters = [], format } = JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8', maxBuffer: 1 << 28 })) as Answer
  const count = (type: string) => {
    const stream = streams.find(({ codec_type }) => codec_type === type)
    return packets.filter(({ stream_index }) => stream_index === stream?.index).length
  }
  const last = new Map<number, number>()
  const monotonic = packets.every(({ stream_index, dts }) => {
    const rises = dts > (last.get(stream_index) ?? Number.NEGATIVE_INFINITY)
    last.set(stream_index, dts)
    return rises
  })
  const titles = chapters.map(({ tags }) => tags?.title ?? '')
  return { video: count('video'), audio: count('audio'), durationS: Number(format.duration), monotonic, chapters: titles, tags: format.tags ?? {} }
}

export interface SoundStream {
  nb_read_packets: string
  start_time: string
  disposition: { default: number }
  tags?: { title?: string; handler_name?: string }
}

/** The sound tracks that FFmpeg finds in the file, in its order. */
export function soundStreams(path: string): SoundStream[] {
  const args = ['-v', 'error', '-select_streams', 'a', '-count_packets', '-show_entries', 'stream=nb_read_packets,start_time:stream_disposition=default:stream_tags', '-of', 'json', path]
  return (JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8' })) as { streams: SoundStream[] }).streams
}

export const soundNames = (path: string): (string | undefined)[] => soundStreams(path).map(({ tags }) => tags?.title ?? tags?.handler_name)

/** What FFmpeg complains about while it decodes the whole file; empty = nothing. */
export function complaints(path: string): string {
  const said = execFileSync('sh', ['-c', 'exec ffmpeg -v warning -i "$1" -f null - 2>&1', 'sh', path], { encoding: 'utf8' })
  // ADTS has no duration; FFmpeg says that it estimates one.
  return said.split('\n').filter((line) => line !== '' && !line.includes('Estimating duration')).join('\n')
}
