import type { Planes } from '../compositor/planes.ts'

/** What a source shows at the moment: the compositors read it in whichever form is cheapest for them. */
export interface Picture {
  readonly width: number
  readonly height: number
  /** Nothing shines through anywhere. */
  readonly opaque: boolean
  /** Rises with each change of content, so that nothing is scaled or uploaded twice. */
  readonly version: number
  /** Whether `planes` can be asked for: false for frames whose pixels only a GPU or a canvas can read. */
  readonly readable: boolean
  /** Of pictures that move by themselves: to be shown at this time of the program, for so long. */
  setTime?(timestampUs: number, frameUs: number): void
  /** Of pictures that are composed of others: brings it up to date. To be awaited before anything of it is read. */
  refresh?(): Promise<void>
  /** For canvas and GPU. */
  drawable(): VideoFrame | ImageBitmap | OffscreenCanvas
  /** As planes in the program's colour. Rejects when the pixels cannot be read by the CPU. Valid until the next change. */
  planes(): Promise<Planes>
  close(): void
}
