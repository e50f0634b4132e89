import { element, filler, idBytes, unsigned, wideSize } from './ebml.ts'
import type { Chapter, Patch } from './file-muxer.ts'
import { AUDIO_TRACK, chapterElement, durationElement, MKV, VIDEO_TRACK } from './mkv-elements.ts'

/** Where the index of the parts goes once they are known; four entries take 84 bytes. */
export const SEEK_HEAD_BYTES = 100

/** Where in the file the parts stand that become known only at its end. Bytes from its beginning. */
export interface MkvPlaces {
  /** Of the 8 bytes that say how large the segment is. */
  segmentSizeAt: number
  infoAt: number
  /** Of the filler in which the duration goes. */
  durationAt: number
  tracksAt: number
  hasPicture: boolean
}

/** What makes an ordinary Matroska file of one that was only appended to: its duration, chapters, places to begin and the index of all these. */
export class MkvIndex {
  readonly #cues: Buffer[] = []
  readonly #segmentAt: number

  constructor(private readonly places: MkvPlaces) {
    this.#segmentAt = places.segmentSizeAt + 8
  }

  /** A cluster at byte `at` is a place to begin. */
  addCue(at: number, atMs: number): void {
    const track = this.places.hasPicture ? VIDEO_TRACK : AUDIO_TRACK
    const position = element(MKV.CueTrackPositions, unsigned(MKV.CueTrack, track), unsigned(MKV.CueClusterPosition, at - this.#segmentAt))
    this.#cues.push(element(MKV.CuePoint, unsigned(MKV.CueTime, atMs), position))
  }

  /** What goes behind the last cluster, which ends at byte `endsAt`, and over what was written before. */
  end(endsAt: number, endMs: number, chapters: readonly Chapter[]): { tail: Uint8Array[]; patches: Patch[] } {
    const parts = [{ id: MKV.Info as number, at: this.places.infoAt }, { id: MKV.Tracks as number, at: this.places.tracksAt }]
    const tail: Buffer[] = []
    let at = endsAt
    const append = (id: number, whole: Buffer): void => {
      parts.push({ id, at })
      tail.push(whole)
      at += whole.length
    }
    if (chapters.length > 0) append(MKV.Chapters, chapterElement(chapters, endMs))
    if (this.#cues.length > 0) append(MKV.Cues, element(MKV.Cues, ...this.#cues))
    const seekHead = element(MKV.SeekHead, ...parts.map((part) => element(MKV.Seek, element(MKV.SeekId, idBytes(part.id)), unsigned(MKV.SeekPosition, part.at - this.#segmentAt, 6))))
    return {
      tail,
      patches: [
        { at: this.places.segmentSizeAt, bytes: wideSize(at - this.#segmentAt) },
        { at: this.#segmentAt, bytes: Buffer.concat([seekHead, filler(SEEK_HEAD_BYTES - seekHead.length)]) },
        { at: this.places.durationAt, bytes: durationElement(endMs) },
      ],
    }
  }
}
