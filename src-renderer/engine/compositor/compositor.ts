import type { DrawCommand, Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import type { Planes } from './planes.ts'

/** The time stamp of a composed frame, µs on the program's timeline. */
export interface Stamp {
  timestampUs: number
  durationUs: number
}

/** Draws lists, and gives what it drew last as a frame or as it is. */
export interface Compositor {
  readonly name: CompositorName
  /** The list has only what is visible and has a picture. Rejects when nothing can be drawn (any more), e.g. because a GPU is lost. */
  draw(list: readonly DrawCommand[], background: string, pictures: ReadonlyMap<string, Picture>): Promise<void>
  /** What was drawn last; the caller closes it. */
  frame(stamp: Stamp): VideoFrame
  /** The same, to be read until the next drawing: planes, or a canvas where those are not how it draws. */
  readonly surface: Planes | OffscreenCanvas
  close(): void
}

export type CompositorName = '2d' | 'webgl' | 'planes'

export type MakeCompositor = (canvas: Size) => Compositor
