import { type Rect, rectangle, type Size } from './rectangle.ts'

export const FLOATING_PICTURES = 25

/** Thousandths of the canvas, the same for both directions; `perRow` small ones with gaps and margins make up the whole. */
const UP_TO_17 = { small: 235, gap: 12, perRow: 4 }
const UP_TO_25 = { small: 188, gap: 10, perRow: 5 }

/** The first over the whole canvas, the others above it from the bottom left to the right, then the next row upward; for at most 25 of `count`. */
export function floating(canvas: Size, count: number): Rect[] {
  const shown = Math.min(count, FLOATING_PICTURES)
  const { small, gap, perRow } = shown <= 17 ? UP_TO_17 : UP_TO_25
  return Array.from({ length: shown }, (_, index) => {
    if (index === 0) return rectangle(canvas, 1, 1, { left: 0, top: 0, right: 1, bottom: 1 })
    const left = gap + ((index - 1) % perRow) * (small + gap)
    const bottom = 1000 - gap - Math.floor((index - 1) / perRow) * (small + gap)
    return rectangle(canvas, 1000, 1000, { left, top: bottom - small, right: left + small, bottom })
  })
}
