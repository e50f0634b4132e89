import { MAX_WATERMARKS, type Watermark } from '@shared/domain/layout.ts'
import type { ShowEdit } from './show-edits.ts'

/** Adds one in front of the others; nothing when there are as many as there may be. */
export const addWatermark = (mark: Watermark): ShowEdit => (show) => {
  const before = show.watermarks ?? []
  return before.length >= MAX_WATERMARKS ? show : { ...show, watermarks: [...before, limited(mark)] }
}

export const changeWatermark = (id: string, patch: Partial<Omit<Watermark, 'id'>>): ShowEdit => (show) => {
  const before = show.watermarks ?? []
  const index = before.findIndex((each) => each.id === id)
  const mark = before[index]
  if (!mark) return show
  const after = limited({ ...mark, ...patch })
  return JSON.stringify(after) === JSON.stringify(mark) ? show : { ...show, watermarks: before.with(index, after) }
}

export const removeWatermark = (id: string): ShowEdit => (show) => {
  const after = (show.watermarks ?? []).filter((each) => each.id !== id)
  if (after.length === (show.watermarks ?? []).length) return show
  const { watermarks: _before, ...rest } = show
  return after.length > 0 ? { ...rest, watermarks: after } : rest
}

/** As high as an eighth of the canvas, in its own shape, at the top right with a little room around. */
export function newWatermark(id: string, assetId: string, picture: { width: number; height: number }, canvas: { width: number; height: number }): Watermark {
  const scale = Math.min(canvas.height / 8 / picture.height, canvas.width / 3 / picture.width)
  const [width, height] = [Math.max(1, Math.round(picture.width * scale)), Math.max(1, Math.round(picture.height * scale))]
  const margin = Math.round(canvas.height / 40)
  return { id, assetId, top: margin, left: Math.max(0, canvas.width - width - margin), width, height }
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

function limited(mark: Watermark): Watermark {
  return {
    ...mark,
    left: clamp(mark.left, -20_000, 20_000), top: clamp(mark.top, -20_000, 20_000), width: clamp(mark.width, 1, 20_000), height: clamp(mark.height, 1, 20_000),
    ...(mark.opacity !== undefined && { opacity: clamp(mark.opacity, 0, 1) }),
  }
}
