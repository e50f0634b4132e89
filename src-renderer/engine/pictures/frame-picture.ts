import { isProgramColour, toProgramColour } from '../compositor/convert-colour.ts'
import { allocatePlanes, planeLayout, type Planes, planesFromRgb, splitChroma } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

/** The newest frame of a camera or a screen. Holds exactly one frame, so that the capturer's few buffers stay free. */
export class FramePicture implements Picture {
  readonly opaque = true
  #frame: VideoFrame
  #version = 1
  #planes: Planes | null = null
  #planesVersion = 0
  #raw = new Uint8Array(0)

  constructor(frame: VideoFrame) {
    this.#frame = frame
  }

  get width(): number {
    return this.#frame.visibleRect?.width ?? 0
  }

  get height(): number {
    return this.#frame.visibleRect?.height ?? 0
  }

  get readable(): boolean {
    return READABLE.has(this.#frame.format)
  }

  get version(): number {
    return this.#version
  }

  /** Takes over the frame and closes the one before. */
  replace(frame: VideoFrame): void {
    this.#frame.close()
    this.#frame = frame
    this.#version++
  }

  drawable(): VideoFrame {
    return this.#frame
  }

  async planes(): Promise<Planes> {
    if (this.#planesVersion === this.#version && this.#planes) return this.#planes
    const frame = this.#frame
    const version = this.#version
    const rect = frame.visibleRect
    if (!rect) throw new Error('the frame is closed')
    if (!this.#planes || this.#planes.width !== rect.width || this.#planes.height !== rect.height) {
      this.#planes = allocatePlanes(rect.width, rect.height)
    }
    await this.#read(frame, this.#planes)
    if (!isProgramColour(frame.colorSpace.matrix, frame.colorSpace.fullRange) && isYuv(frame.format)) {
      toProgramColour(this.#planes, frame.colorSpace.matrix, frame.colorSpace.fullRange === true)
    }
    this.#planesVersion = version
    return this.#planes
  }

  close(): void {
    this.#frame.close()
    this.#planes = null
  }

  async #read(frame: VideoFrame, planes: Planes): Promise<void> {
    const { format } = frame
    if (format === 'I420') {
      await frame.copyTo(planes.data, { layout: planeLayout(planes) })
    } else if (format === 'NV12') {
      const raw = this.#rawOf(planes.width * planes.height + 2 * planes.chromaWidth * planes.chromaHeight)
      const lumaBytes = planes.width * planes.height
      await frame.copyTo(raw, { layout: [{ offset: 0, stride: planes.width }, { offset: lumaBytes, stride: planes.chromaWidth * 2 }] })
      planes.y.set(raw.subarray(0, lumaBytes))
      splitChroma(raw.subarray(lumaBytes), planes.u, planes.v)
    } else if (format === 'RGBA' || format === 'RGBX' || format === 'BGRA' || format === 'BGRX') {
      const raw = this.#rawOf(planes.width * planes.height * 4)
      await frame.copyTo(raw, { layout: [{ offset: 0, stride: planes.width * 4 }] })
      planesFromRgb(raw, planes, format.startsWith('RGB') ? 'rgba' : 'bgra')
    } else {
      throw new Error(`frames of format ${format ?? 'opaque'} cannot be read as planes`)
    }
  }

  #rawOf(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#raw.length < bytes) this.#raw = new Uint8Array(bytes)
    return this.#raw.subarray(0, bytes)
  }
}

const READABLE: ReadonlySet<VideoPixelFormat | null> = new Set<VideoPixelFormat>(['I420', 'NV12', 'RGBA', 'RGBX', 'BGRA', 'BGRX'])
const isYuv = (format: VideoPixelFormat | null): boolean => format === 'I420' || format === 'NV12'
