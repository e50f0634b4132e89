import { BATCH_FRAMES, POOL_BUFFERS, type TapBatch } from '../tap-protocol.ts'

/** Gathers quanta into batches, in a fixed number of buffers that go to a reader and come back. */
export class TapPool {
  readonly #send: (batch: TapBatch) => void
  readonly #free: ArrayBuffer[] = []
  #made = 0
  #planar: Float32Array | null = null
  #filled = 0
  #startFrame = 0
  #nextFrame = -1

  constructor(send: (batch: TapBatch) => void) {
    this.#send = send
  }

  takeBack(buffer: ArrayBuffer): void {
    if (buffer.byteLength === BATCH_FRAMES * 8 && this.#free.length < POOL_BUFFERS) this.#free.push(buffer)
  }

  /** One quantum that starts at `frame`; both channels have the same length, which divides BATCH_FRAMES. */
  add(frame: number, left: Float32Array | undefined, right: Float32Array | undefined, frames: number): void {
    if (frame !== this.#nextFrame) this.#filled = 0
    this.#nextFrame = frame + frames
    if (this.#filled === 0) {
      this.#planar ??= this.#take()
      this.#startFrame = frame
    }
    if (!this.#planar) {
      // Every buffer is away: this batch is lost, and the frame counter of the next one says so.
      this.#filled = (this.#filled + frames) % BATCH_FRAMES
      return
    }
    if (left && right) {
      this.#planar.set(left, this.#filled)
      this.#planar.set(right, BATCH_FRAMES + this.#filled)
    } else {
      this.#planar.fill(0, this.#filled, this.#filled + frames)
      this.#planar.fill(0, BATCH_FRAMES + this.#filled, BATCH_FRAMES + this.#filled + frames)
    }
    this.#filled += frames
    if (this.#filled < BATCH_FRAMES) return
    const buffer = this.#planar.buffer as ArrayBuffer
    this.#planar = null
    this.#filled = 0
    this.#send({ frame: this.#startFrame, buffer })
  }

  #take(): Float32Array | null {
    const back = this.#free.pop()
    if (back) return new Float32Array(back)
    if (this.#made >= POOL_BUFFERS) return null
    this.#made++
    return new Float32Array(BATCH_FRAMES * 2)
  }
}
