import { StudioError } from '@shared/domain/errors.ts'
import type { Packet } from '@shared/domain/packet.ts'
import type { Transcoder } from '../codec-stage.ts'

/** Looking for FFmpeg takes a moment; more than this means that something is wrong. */
const MAX_WAITING_PACKETS = 900

/** A transcoder whose program is still being looked for: frames wait until it is known where it is. */
export class WaitingTranscoder implements Transcoder {
  #inner: Transcoder | null = null
  #closed = false
  readonly #waiting: Packet[] = []
  readonly #ready: Promise<void>

  /** `open` starts the real one; `onFailure` is told `ffmpeg-missing` when there is none. */
  constructor(path: Promise<string | null>, open: (path: string) => Transcoder, private readonly onFailure: (failure: StudioError) => void) {
    this.#ready = path.then((found) => {
      if (this.#closed) return
      if (found === null) return this.#fail(new StudioError('ffmpeg-missing', 'the page can only encode VP8'))
      this.#inner = open(found)
      for (const packet of this.#waiting.splice(0)) this.#inner.push(packet)
    })
  }

  push(packet: Packet): void {
    if (this.#inner) this.#inner.push(packet)
    else if (this.#waiting.length < MAX_WAITING_PACKETS) this.#waiting.push(packet)
    else this.#fail(new StudioError('encoder-failed', 'FFmpeg was not found in time'))
  }

  async finish(): Promise<void> {
    await this.#ready
    await this.#inner?.finish()
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#waiting.length = 0
    await this.#inner?.close()
  }

  #fail(failure: StudioError): void {
    if (this.#closed) return
    this.#closed = true
    this.#waiting.length = 0
    this.onFailure(failure)
  }
}
