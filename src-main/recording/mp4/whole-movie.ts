import type { Chapter } from '../muxers/file-muxer.ts'
import { box, fullBox, u32, u64, u8 } from './boxes.ts'
import { movieHeader, trackHeader, trackMedia, VIDEO_TIMESCALE } from './movie-boxes.ts'
import type { Fragments, ReadTrack } from './read-fragments.ts'

export interface MovieOptions {
  chapters: readonly Chapter[]
  /** Where the byte at this place of the fragmented file is in the whole one. */
  moved(at: number): number
  /** Offsets of 64 bits. */
  wide: boolean
}

/** The list of chapters counts them in one byte. */
const MAX_CHAPTERS = 255

/** The description of a whole file (ISO/IEC 14496-12 §8.2). */
export function movieBox({ createdAtMs, tracks }: Fragments, options: MovieOptions): Buffer {
  const heard = tracks.filter(({ table }) => table.samples > 0)
  const duration = Math.max(...heard.map((track) => delay(track) + movieTicks(track)))
  const traks = heard.map((track) => {
    const { shape, table } = track
    const own = { createdAtMs, duration: delay(track) + movieTicks(track) }
    const late = delay(track) > 0 ? [box('edts', editList(delay(track), movieTicks(track)))] : []
    return box('trak', trackHeader(shape, own), ...late, trackMedia(shape, createdAtMs, table.ticks, table.boxes(options.moved, options.wide)))
  })
  const chapters = options.chapters.length > 0 ? [box('udta', chapterList(options.chapters))] : []
  const nextTrackId = Math.max(...heard.map(({ shape }) => shape.id)) + 1
  return box('moov', movieHeader({ createdAtMs, duration }, nextTrackId), ...traks, ...chapters)
}

const movieTicks = ({ shape, table }: ReadTrack): number => Math.round((table.ticks * VIDEO_TIMESCALE) / shape.timescale)
/** How much later than the movie this track begins, in the movie's ticks. */
const delay = ({ shape, table }: ReadTrack): number => Math.round(((table.firstAt ?? 0) * VIDEO_TIMESCALE) / shape.timescale)

/** §8.6.6: nothing for a while, then the track from its beginning. */
const editList = (emptyTicks: number, ticks: number): Buffer => {
  const wide = Math.max(emptyTicks, ticks) > 0xffffffff
  const number = wide ? u64 : u32
  const nothing = wide ? Buffer.alloc(8, 0xff) : u32(0xffffffff)
  return fullBox('elst', wide ? 1 : 0, 0, u32(2), number(emptyTicks), nothing, u32(0x10000), number(ticks), number(0), u32(0x10000))
}

/** Nero's list of chapters, which players and FFmpeg read: times in 100 ns. */
function chapterList(chapters: readonly Chapter[]): Buffer {
  const listed = chapters.slice(0, MAX_CHAPTERS)
  const entries = listed.map(({ atMs, name }) => {
    const title = cut(name, 255)
    return Buffer.concat([u64(Math.round(atMs * 10_000)), u8(title.length), title])
  })
  return fullBox('chpl', 1, 0, u32(0), u8(listed.length), ...entries)
}

/** As many whole characters as fit. */
function cut(text: string, maxBytes: number): Buffer {
  let fits = ''
  for (const character of text) {
    if (Buffer.byteLength(fits + character) > maxBytes) break
    fits += character
  }
  return Buffer.from(fits)
}
