import { AAC_FRAME_SAMPLES } from '../muxers/aac.ts'
import { type FileMuxer, GATHER_US, type MuxOptions, type MuxPacket } from '../muxers/file-muxer.ts'
import { box, fullBox, u32 } from './boxes.ts'
import { type FragmentSample, fragment } from './fragment.ts'
import { audioTrack, fileType, movieHeader, trackHeader, trackMedia, type TrackShape, videoTrack } from './movie-boxes.ts'

/** Room for the header that turns everything behind it into one `mdat` when there is no room on the disk to copy (finish-mp4.ts). */
export const SPARE_BYTES = 16
/** Times of sound are taken as they are only when they are this far from what its samples add up to, s. */
const SOUND_STEP_S = 0.005

/**
 * MP4 while it is being written: fragments of at most half a second (ISO/IEC 14496-12 §8.8), so that whatever is there plays.
 * `finishMp4` makes an ordinary file of it. A frame is written when the next one says how long it lasts.
 */
export class Mp4Muxer implements FileMuxer {
  readonly #tracks: Track[] = []
  readonly #startedAtMs: number
  #sequence = 0
  #gatheringSinceUs: number | null = null

  constructor({ tracks: { video, audio, audioName, moreAudio = [] }, startedAtMs }: MuxOptions) {
    this.#startedAtMs = startedAtMs
    if (video) this.#tracks.push(new Track('video', 0, videoTrack(1, video)))
    const group = moreAudio.length > 0 ? 1 : 0
    if (audio) this.#tracks.push(new Track('audio', 0, { ...audioTrack(2, audio), ...(audioName && { name: audioName }), group }))
    for (const [n, { name, header }] of moreAudio.entries()) this.#tracks.push(new Track('audio', n + 1, { ...audioTrack(3 + n, header), name, group, enabled: false }))
  }

  begin(): Uint8Array[] {
    const movie = { createdAtMs: this.#startedAtMs, duration: 0 }
    const noSamples = [fullBox('stts', 0, 0, u32(0)), fullBox('stsc', 0, 0, u32(0)), fullBox('stsz', 0, 0, u32(0, 0)), fullBox('stco', 0, 0, u32(0))]
    const tracks = this.#tracks.map(({ shape }) => box('trak', trackHeader(shape, movie), trackMedia(shape, this.#startedAtMs, 0, noSamples)))
    const extends_ = this.#tracks.map(({ shape }) => fullBox('trex', 0, 0, u32(shape.id, 1, 0, 0, 0)))
    return [fileType(), box('free', Buffer.alloc(SPARE_BYTES - 8)), box('moov', movieHeader(movie, Math.max(2, ...this.#tracks.map(({ shape }) => shape.id)) + 1), ...tracks, box('mvex', ...extends_))]
  }

  add(packet: MuxPacket): Uint8Array[] {
    const track = this.#tracks.find(({ kind, sound }) => kind === packet.kind && sound === (packet.sound ?? 0))
    if (!track) return []
    track.take(packet)
    this.#gatheringSinceUs ??= packet.timeUs
    const begins = packet.kind === 'video' && packet.key
    return begins || packet.timeUs - this.#gatheringSinceUs >= GATHER_US ? this.flush() : []
  }

  flush(): Uint8Array[] {
    const ready = this.#tracks.filter(({ samples }) => samples.length > 0)
    this.#gatheringSinceUs = null
    if (ready.length === 0) return []
    const parts = fragment(++this.#sequence, ready.map(({ shape, samples, samplesAt }) => ({ id: shape.id, at: samplesAt, samples, isVideo: shape.handler === 'vide' })))
    for (const track of ready) track.written()
    return parts
  }

  end(): { tail: Uint8Array[]; patches: [] } {
    for (const track of this.#tracks) track.takeLast()
    return { tail: this.flush(), patches: [] }
  }
}

/** Gathers one track's samples, timed in its own ticks. */
class Track {
  samples: FragmentSample[] = []
  /** When the first of `samples` is shown. */
  samplesAt = 0
  #last: { at: number; packet: MuxPacket } | null = null
  #lastTicks = 1

  constructor(
    readonly kind: MuxPacket['kind'],
    readonly sound: number,
    readonly shape: TrackShape,
  ) {}

  take(packet: MuxPacket): void {
    const at = this.#place(packet)
    if (this.#last) this.#push(at - this.#last.at)
    this.#last = { at, packet }
  }

  /** How long the last one lasts can only be guessed. */
  takeLast(): void {
    if (!this.#last) return
    const told = Math.round((this.#last.packet.durationUs * this.shape.timescale) / 1e6)
    this.#push(this.kind === 'audio' ? AAC_FRAME_SAMPLES : told > 0 ? told : this.#lastTicks)
    this.#last = null
  }

  written(): void {
    this.samples = []
  }

  #push(ticks: number): void {
    if (!this.#last) return
    if (this.samples.length === 0) this.samplesAt = this.#last.at
    this.samples.push({ ticks, key: this.#last.packet.key, data: this.#last.packet.data })
    this.#lastTicks = ticks
  }

  /** Sound is as long as its samples; stamps in µs would make it tremble by one. Never goes back. */
  #place({ timeUs }: MuxPacket): number {
    const told = Math.round((timeUs * this.shape.timescale) / 1e6)
    if (!this.#last) return Math.max(0, told)
    const next = this.#last.at + AAC_FRAME_SAMPLES
    if (this.kind === 'audio' && Math.abs(told - next) < SOUND_STEP_S * this.shape.timescale) return next
    return Math.max(told, this.#last.at + 1)
  }
}
