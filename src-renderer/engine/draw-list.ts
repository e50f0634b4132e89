import type { Scene, SceneItem } from '@shared/domain/scene.ts'

export interface Size {
  width: number
  height: number
}

export interface Rect extends Size {
  x: number
  y: number
}

/** One picture to draw: the part `from` of the source (source pixels) onto the box `to` (canvas pixels, before rotation about its centre). */
export interface DrawCommand {
  itemId: string
  sourceId: string
  from: Rect
  to: Rect
  rotationDeg: number
  /** 0 to 1; never 0 in a list. */
  opacity: number
  /** Mirrored within the box, before rotation. */
  flipX?: boolean | undefined
  flipY?: boolean | undefined
}

/** A source's size in pixels; null while it has no picture. */
export type SizeOf = (sourceId: string) => Size | null

/**
 * What is drawn, back to front. Pure: layouts, crops and fits need no GPU to be tested, and preview and
 * program use the same list. `_atMs` is the show's time for what moves by itself (nothing yet).
 */
export function drawList(scene: Scene, sizeOf: SizeOf, _atMs: number): DrawCommand[] {
  const list: DrawCommand[] = []
  for (const item of scene.items) {
    if (!item.visible || item.opacity <= 0) continue
    const size = sizeOf(item.sourceId)
    if (!size || size.width < 1 || size.height < 1) continue
    const placed = place(item, size)
    if (placed) {
      list.push({
        itemId: item.id, sourceId: item.sourceId, from: placed.from, to: placed.to, rotationDeg: item.rotationDeg % 360,
        opacity: Math.min(1, item.opacity), flipX: item.flipX, flipY: item.flipY,
      })
    }
  }
  return list
}

/** Where a source of this size goes in the item's box; null when the crop leaves nothing of it. */
export function place(item: SceneItem, size: Size): { from: Rect; to: Rect } | null {
  const { crop } = item
  const from: Rect = {
    x: size.width * crop.left,
    y: size.height * crop.top,
    width: size.width * (1 - crop.left - crop.right),
    height: size.height * (1 - crop.top - crop.bottom),
  }
  // Less than a pixel cannot be drawn; crops from both sides may also meet or cross.
  if (from.width < 1 || from.height < 1) return null
  const box: Rect = { x: item.x, y: item.y, width: item.width, height: item.height }
  if (item.fit === 'stretch') return { from, to: box }
  const scaleX = box.width / from.width
  const scaleY = box.height / from.height
  if (item.fit === 'fit') {
    const scale = Math.min(scaleX, scaleY)
    return { from, to: centred(box, from.width * scale, from.height * scale) }
  }
  const scale = Math.max(scaleX, scaleY)
  return { from: centred(from, box.width / scale, box.height / scale), to: box }
}

/** The same scene on a canvas of another size: scaled evenly and centred, and so are the regions of its layout. */
export function fitScene(scene: Scene, designed: Size, canvas: Size): Scene {
  if (designed.width === canvas.width && designed.height === canvas.height) return scene
  const scale = Math.min(canvas.width / designed.width, canvas.height / designed.height)
  const offsetX = (canvas.width - designed.width * scale) / 2
  const offsetY = (canvas.height - designed.height * scale) / 2
  const fitted = <B extends Rect>(box: B): B => ({
    ...box, x: box.x * scale + offsetX, y: box.y * scale + offsetY, width: box.width * scale, height: box.height * scale,
  })
  const { layout } = scene
  return {
    ...scene,
    items: scene.items.map(fitted),
    ...(layout?.template === 'custom' && { layout: { ...layout, regions: layout.regions.map(fitted) } }),
  }
}

/** True when nothing of what lies behind the command inside the box can be seen. */
export function covers(command: DrawCommand, opaque: boolean, box: Rect): boolean {
  if (!opaque || command.opacity < 1 || command.rotationDeg !== 0) return false
  const { to } = command
  return to.x <= box.x && to.y <= box.y && to.x + to.width >= box.x + box.width && to.y + to.height >= box.y + box.height
}

/** The part of a box that lies on the canvas, or null. */
export function onCanvas(box: Rect, canvas: Size): Rect | null {
  const x = Math.max(0, box.x)
  const y = Math.max(0, box.y)
  const width = Math.min(canvas.width, box.x + box.width) - x
  const height = Math.min(canvas.height, box.y + box.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : null
}

/**
 * Leaves out what cannot be seen: commands off the canvas and those wholly behind one opaque command in front of them.
 * Rotated ones are judged by their circumscribed square.
 */
export function visibleOnly(list: readonly DrawCommand[], isOpaque: (sourceId: string) => boolean, canvas: Size): DrawCommand[] {
  const kept: DrawCommand[] = []
  const covering: DrawCommand[] = []
  for (let index = list.length - 1; index >= 0; index--) {
    const command = list[index]
    if (!command) continue
    const seen = onCanvas(bounds(command), canvas)
    if (!seen || covering.some((front) => covers(front, true, seen))) continue
    kept.push(command)
    if (isOpaque(command.sourceId)) covering.push(command)
  }
  return kept.reverse()
}

function bounds(command: DrawCommand): Rect {
  if (command.rotationDeg === 0) return command.to
  const side = Math.hypot(command.to.width, command.to.height)
  return centred(command.to, side, side)
}

function centred(inside: Rect, width: number, height: number): Rect {
  return { x: inside.x + (inside.width - width) / 2, y: inside.y + (inside.height - height) / 2, width, height }
}
