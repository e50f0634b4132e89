import { centreOf, cornersOf, normalDeg, rotate } from './box.ts'
import type { Box, Point } from './box.ts'

/** Smaller than this, an item can no longer be grabbed. Canvas pixels. */
export const MIN_ITEM_PIXELS = 8

/** A box by its turned top left corner, as graphics libraries give it. */
export interface CornerBox {
  corner: Point
  width: number
  height: number
  rotationDeg: number
}

export function toCornerBox(box: Box): CornerBox {
  return { corner: cornersOf(box)[0], width: box.width, height: box.height, rotationDeg: box.rotationDeg }
}

export function fromCornerBox({ corner, width, height, rotationDeg }: CornerBox): Box {
  const centre = rotate({ x: corner.x + width / 2, y: corner.y + height / 2 }, corner, rotationDeg)
  return { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rotationDeg: normalDeg(rotationDeg) }
}

/** Another size with the turned top left corner staying where it is seen. */
export function resizeFromCorner(box: Box, size: { width?: number; height?: number }): Box {
  return fromCornerBox({
    ...toCornerBox(box),
    width: Math.max(MIN_ITEM_PIXELS, size.width ?? box.width),
    height: Math.max(MIN_ITEM_PIXELS, size.height ?? box.height),
  })
}

/** The largest box of this shape within the canvas, centred and upright; the whole canvas when the shape is unknown. */
export function fitCanvas(canvas: { width: number; height: number }, shape: { width: number; height: number } | null): Box {
  const scale = shape ? Math.min(canvas.width / shape.width, canvas.height / shape.height) : 0
  const [width, height] = shape ? [shape.width * scale, shape.height * scale] : [canvas.width, canvas.height]
  return { x: (canvas.width - width) / 2, y: (canvas.height - height) / 2, width, height, rotationDeg: 0 }
}

/** Keeps a layout when the canvas changes: scaled as a whole to fit the new one, centred in it. */
export function rescale(box: Box, from: { width: number; height: number }, to: { width: number; height: number }): Box {
  const scale = Math.min(to.width / from.width, to.height / from.height)
  const fills = box.rotationDeg === 0 && box.x === 0 && box.y === 0 && box.width === from.width && box.height === from.height
  if (fills) return { ...box, width: to.width, height: to.height }
  const centre = centreOf(box)
  const [width, height] = [Math.max(1, box.width * scale), Math.max(1, box.height * scale)]
  return {
    ...box,
    x: to.width / 2 + (centre.x - from.width / 2) * scale - width / 2,
    y: to.height / 2 + (centre.y - from.height / 2) * scale - height / 2,
    width,
    height,
  }
}
