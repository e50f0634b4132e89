import { isProgramColour, toProgramColour } from '../compositor/convert-colour.ts'
import { allocatePlanes, planeLayout, type Planes } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

/** One decoded picture of a video, with its opacity as the luma of a second one where it has any. */
export interface DecodedPair {
  colour: VideoFrame
  alpha: VideoFrame | null
}

/** What a video with alpha shows at the moment. Reads its frames when refreshed, and holds them until the next ones. */
export class StingerPicture implements Picture {
  readonly readable = true
  #version = 1
  #read = 0
  #planes: Planes
  #alpha: Planes | null = null
  #drawable: { frame: VideoFrame; version: number } | null = null

  constructor(private pair: DecodedPair) {
    this.#planes = allocatePlanes(this.width, this.height, pair.alpha !== null)
  }

  get width(): number {
    return this.pair.colour.visibleRect?.width ?? 0
  }

  get height(): number {
    return this.pair.colour.visibleRect?.height ?? 0
  }

  get opaque(): boolean {
    return this.pair.alpha === null
  }

  get version(): number {
    return this.#version
  }

  /** Takes the frames over and closes those before. */
  replace(pair: DecodedPair): void {
    closePair(this.pair)
    this.pair = pair
    this.#version++
  }

  async refresh(): Promise<void> {
    if (this.#read === this.#version) return
    this.#read = this.#version
    // Frames that cannot be read any more leave what was seen last: a picture in front must not cost the program a frame.
    await this.#readFrames().catch(() => {})
  }

  async #readFrames(): Promise<void> {
    const { colour, alpha } = this.pair
    const fits = this.#planes.width === this.width && this.#planes.height === this.height && (this.#planes.alpha !== null) === (alpha !== null)
    if (!fits) this.#planes = allocatePlanes(this.width, this.height, alpha !== null)
    const planes = this.#planes
    await colour.copyTo(planes.data, { layout: planeLayout(planes) })
    if (!isProgramColour(colour.colorSpace.matrix, colour.colorSpace.fullRange)) toProgramColour(planes, colour.colorSpace.matrix, colour.colorSpace.fullRange === true)
    if (!alpha || !planes.alpha) return
    if (this.#alpha?.width !== planes.width || this.#alpha.height !== planes.height) this.#alpha = allocatePlanes(planes.width, planes.height)
    await alpha.copyTo(this.#alpha.data, { layout: planeLayout(this.#alpha) })
    // The opacity is the luma as it stands, 0 to 255 (WebM, BlockAdditional of id 1).
    planes.alpha.set(this.#alpha.y)
  }

  async planes(): Promise<Planes> {
    return this.#planes
  }

  drawable(): VideoFrame {
    const { data, alpha, width, height } = this.#planes
    if (!alpha) return this.pair.colour
    if (this.#drawable?.version === this.#version) return this.#drawable.frame
    this.#drawable?.frame.close()
    const joined = new Uint8Array(data.length + alpha.length)
    joined.set(data)
    joined.set(alpha, data.length)
    const frame = new VideoFrame(joined, { format: 'I420A', codedWidth: width, codedHeight: height, timestamp: 0, colorSpace: { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', fullRange: false } })
    this.#drawable = { frame, version: this.#version }
    return frame
  }

  close(): void {
    closePair(this.pair)
    this.#drawable?.frame.close()
    this.#drawable = null
  }
}

export function closePair({ colour, alpha }: DecodedPair): void {
  colour.close()
  alpha?.close()
}
