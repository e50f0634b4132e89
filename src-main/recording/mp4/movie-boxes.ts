import type { AudioHeader, VideoHeader } from '@shared/domain/packet.ts'
import { box, fullBox, u16, u32, u64, u8 } from './boxes.ts'

/** Boxes that describe a movie and its tracks (ISO/IEC 14496-12 §8), the same while it runs and when it has ended. */

/** Ticks per second of the movie itself and of pictures. */
export const VIDEO_TIMESCALE = 90_000
/** Seconds from 1904, when times begin here, to 1970. */
const EPOCH_1904_S = 2_082_844_800
const MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
const UNDETERMINED_LANGUAGE = 0x55c4

export interface TrackShape {
  id: number
  /** 0 x 0 for sound. */
  width: number
  height: number
  timescale: number
  /** `vide` or `soun`. */
  handler: string
  /** The whole `stsd` box: how the samples are coded. */
  description: Buffer
  name: string
  /** Sounds of which one is heard at a time are of one group; 0 = of none. */
  group: number
  /** Seen or heard unless somebody chooses another of its group. */
  enabled: boolean
}

export interface MovieTimes {
  createdAtMs: number
  /** In the movie's ticks. */
  duration: number
}

export const fileType = (): Buffer => box('ftyp', Buffer.from('isom'), u32(0x200), Buffer.from('isomiso6iso2avc1mp41'))

/** Creation, modification, what `between` says, and the duration: 64 bits wide only where 32 are not enough. */
function times(type: string, flags: number, { createdAtMs, duration }: MovieTimes, between: readonly number[], ...rest: readonly Uint8Array[]): Buffer {
  const created = Math.floor(createdAtMs / 1000) + EPOCH_1904_S
  const wide = Math.max(created, duration) > 0xffffffff
  const number = wide ? u64 : u32
  return fullBox(type, wide ? 1 : 0, flags, number(created, created), u32(...between), number(duration), ...rest)
}

export const movieHeader = (movie: MovieTimes, nextTrackId: number): Buffer =>
  times('mvhd', 0, movie, [VIDEO_TIMESCALE], u32(0x10000), u16(0x100, 0), u32(0, 0), MATRIX, Buffer.alloc(24), u32(nextTrackId))

/** Flags: enabled, in the movie, in the preview. */
export const trackHeader = (track: TrackShape, movie: MovieTimes): Buffer =>
  times('tkhd', track.enabled ? 7 : 6, movie, [track.id, 0], u32(0, 0), u16(0, track.group, track.handler === 'soun' ? 0x100 : 0, 0), MATRIX, u32(track.width * 0x10000, track.height * 0x10000))

/** `samples` are the boxes of the sample table beside its description. `ticks` is the duration in the track's own. */
export function trackMedia(track: TrackShape, createdAtMs: number, ticks: number, samples: readonly Buffer[]): Buffer {
  const header = times('mdhd', 0, { createdAtMs, duration: ticks }, [track.timescale], u16(UNDETERMINED_LANGUAGE, 0))
  const sound = track.handler === 'soun'
  const handler = fullBox('hdlr', 0, 0, u32(0), Buffer.from(track.handler), u32(0, 0, 0), Buffer.from(`${track.name}\0`))
  const kind = sound ? fullBox('smhd', 0, 0, u16(0, 0)) : fullBox('vmhd', 0, 1, u16(0, 0, 0, 0))
  const here = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)))
  return box('mdia', header, handler, box('minf', kind, here, box('stbl', track.description, ...samples)))
}

/** ISO/IEC 14496-15 §5.4.2. */
export function videoTrack(id: number, { width, height, avcC }: VideoHeader): TrackShape {
  const entry = box(
    'avc1', Buffer.alloc(6), u16(1), Buffer.alloc(16), u16(width, height), u32(0x480000, 0x480000, 0), u16(1), Buffer.alloc(32), u16(24, 0xffff), box('avcC', avcC),
  )
  return { id, width, height, timescale: VIDEO_TIMESCALE, handler: 'vide', description: fullBox('stsd', 0, 0, u32(1), entry), name: 'Picture', group: 0, enabled: true }
}

/** ISO/IEC 14496-14 §5.6, with the descriptors of ISO/IEC 14496-1 §7.2.6. */
export function audioTrack(id: number, { sampleRate, channels, bitrateKbps, asc }: AudioHeader): TrackShape {
  const bitrate = bitrateKbps * 1000
  const decoder = descriptor(4, u8(0x40, 0x15, 0, 0, 0), u32(bitrate, bitrate), descriptor(5, asc))
  const stream = descriptor(3, u16(id), u8(0), decoder, descriptor(6, u8(2)))
  const entry = box(
    'mp4a', Buffer.alloc(6), u16(1), u32(0, 0), u16(channels, 16, 0, 0), u32((sampleRate > 0xffff ? 0 : sampleRate) * 0x10000), fullBox('esds', 0, 0, stream),
  )
  return { id, width: 0, height: 0, timescale: sampleRate, handler: 'soun', description: fullBox('stsd', 0, 0, u32(1), entry), name: 'Sound', group: 0, enabled: true }
}

function descriptor(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const bytes = content.reduce((sum, part) => sum + part.byteLength, 0)
  return Buffer.concat([u8(tag, 0x80, 0x80, 0x80, bytes), ...content])
}
