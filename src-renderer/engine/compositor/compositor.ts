import type { DrawCommand, Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'

/** The time stamp of a composed frame, µs on the program's timeline. */
export interface Stamp {
  timestampUs: number
  durationUs: number
}

/** Turns a draw list into one frame. The list has only what is visible and has a picture. */
export interface Compositor {
  readonly name: CompositorName
  /** The caller closes the frame. Rejects when nothing can be drawn (any more), e.g. because a GPU is lost. */
  compose(list: readonly DrawCommand[], background: string, pictures: ReadonlyMap<string, Picture>, stamp: Stamp): Promise<VideoFrame>
  close(): void
}

export type CompositorName = '2d' | 'webgl' | 'planes'

export type MakeCompositor = (canvas: Size) => Compositor
