import { closePair, type DecodedPair, StingerPicture } from '../../pictures/stinger-picture.ts'
import type { StingerPlay } from '../program-director.ts'
import type { Clip } from './clip.ts'

export type MakeVideoDecoder = (init: VideoDecoderInit) => Pick<VideoDecoder, 'configure' | 'decode' | 'flush' | 'close' | 'state'>

/** Decoded this far ahead: a decoder has few buffers, and pictures are large. */
const AHEAD = 6

/**
 * Plays a clip once, from its beginning, along the program's clock: colour and opacity are two streams with a decoder each.
 * A picture that is decoded too late is skipped; without decoders the scenes change with nothing in front.
 */
export class ClipPlay implements StingerPlay {
  readonly #colourDecoder: ReturnType<MakeVideoDecoder>
  readonly #alphaDecoder: ReturnType<MakeVideoDecoder> | null
  readonly #colours: VideoFrame[] = []
  readonly #alphas: VideoFrame[] = []
  #picture: StingerPicture | null = null
  /** The next packet to decode. */
  #next = 0
  #taken = 0
  #closed = false

  constructor(
    private readonly clip: Clip,
    makeDecoder: MakeVideoDecoder = (init) => new VideoDecoder(init),
  ) {
    this.#colourDecoder = this.#decoder(makeDecoder, this.#colours)
    this.#alphaDecoder = clip.packets[0]?.alpha ? this.#decoder(makeDecoder, this.#alphas) : null
    this.#feed()
  }

  get picture(): StingerPicture | null {
    return this.#picture
  }

  seek(elapsedMs: number): void {
    while (!this.#closed && this.#colours[0] && this.#colours[0].timestamp / 1000 <= elapsedMs && (!this.#alphaDecoder || this.#alphas.length > 0)) this.#show(this.#takePair())
    this.#feed()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const decoder of [this.#colourDecoder, this.#alphaDecoder]) if (decoder && decoder.state !== 'closed') decoder.close()
    for (const frame of [...this.#colours.splice(0), ...this.#alphas.splice(0)]) frame.close()
    this.#picture?.close()
    this.#picture = null
  }

  #decoder(make: MakeVideoDecoder, into: VideoFrame[]): ReturnType<MakeVideoDecoder> {
    const output = (frame: VideoFrame): void => void (this.#closed ? frame.close() : into.push(frame))
    const decoder = make({ output, error: () => this.close() })
    decoder.configure(this.clip.config)
    return decoder
  }

  #takePair(): DecodedPair {
    this.#taken++
    return { colour: this.#colours.shift() as VideoFrame, alpha: this.#alphas.shift() ?? null }
  }

  #show(pair: DecodedPair): void {
    if (pair.colour.format !== 'I420' && pair.colour.format !== 'I420A') return closePair(pair)
    if (this.#picture) this.#picture.replace(pair)
    else this.#picture = new StingerPicture(pair)
  }

  #feed(): void {
    const { packets } = this.clip
    while (!this.#closed && this.#next < packets.length && this.#next - this.#taken < AHEAD) {
      const packet = packets[this.#next++]
      if (!packet) return
      this.#colourDecoder.decode(packet.colour)
      if (packet.alpha) this.#alphaDecoder?.decode(packet.alpha)
      if (this.#next === packets.length) for (const decoder of [this.#colourDecoder, this.#alphaDecoder]) decoder?.flush().catch(() => {})
    }
  }
}
