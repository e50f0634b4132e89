import type { SoundFormat } from '../sound-format.ts'
import { BATCH_FRAMES } from '../tap-protocol.ts'
import type { AacCandidate, AacEncoder } from './aac-candidate.ts'

interface Inside {
  /** Of each frame whose packet has not come yet. */
  labels: (number | null)[]
  asc: Uint8Array | null
  onPacket: (label: number, data: Uint8Array) => void
  onError: (failure: Error) => void
}

/**
 * An encoder whose packets know which frame they came with. One frame in is one packet out, some frames later:
 * only the count tells which, because encoders keep no time of their own worth trusting.
 */
export class AacStream {
  readonly #encoder: AacEncoder
  readonly #inside: Inside

  private constructor(encoder: AacEncoder, inside: Inside, readonly channels: SoundFormat['channels']) {
    this.#encoder = encoder
    this.#inside = inside
  }

  static async open(candidate: AacCandidate, format: SoundFormat): Promise<AacStream> {
    const inside: Inside = { labels: [], asc: null, onPacket: () => {}, onError: () => {} }
    const encoder = await candidate.open(format, {
      onPacket(data, asc) {
        if (asc) inside.asc = asc
        const label = inside.labels.shift()
        if (label !== undefined && label !== null) inside.onPacket(label, data)
      },
      onError: (failure) => inside.onError(failure),
    })
    return new AacStream(encoder, inside, format.channels)
  }

  /** The AudioSpecificConfig, once the first packet came. */
  get asc(): Uint8Array | null {
    return this.#inside.asc
  }

  set onPacket(handler: (label: number, data: Uint8Array) => void) {
    this.#inside.onPacket = handler
  }

  set onError(handler: (failure: Error) => void) {
    this.#inside.onError = handler
  }

  /** Frames that are still inside, each of 21.3 ms. */
  get pending(): number {
    return this.#inside.labels.length
  }

  /** Takes stereo. The packet that begins to sound with this frame is handed out with `label`; null: it is not handed out. */
  encode(planar: Float32Array<ArrayBuffer>, label: number | null): void {
    if (planar.length !== BATCH_FRAMES * 2) throw new Error(`an AAC frame has ${BATCH_FRAMES} samples`)
    this.#inside.labels.push(label)
    this.#encoder.encode(this.channels === 1 ? toMono(planar) : planar)
  }

  /** What is inside now will not be handed out. */
  forget(): void {
    this.#inside.labels.fill(null)
  }

  close(): void {
    this.onPacket = () => {}
    this.onError = () => {}
    this.#encoder.close()
  }
}

/** The mean of left and right, as loud as a voice that is the same on both. */
function toMono(planar: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const mono = new Float32Array(BATCH_FRAMES)
  for (let i = 0; i < BATCH_FRAMES; i++) mono[i] = (planar[i]! + planar[BATCH_FRAMES + i]!) / 2
  return mono
}
