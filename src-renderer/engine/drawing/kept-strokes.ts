import { type KeptStroke, MAX_KEPT_NUMBERS, MAX_KEPT_STROKES } from '@shared/domain/kept-stroke.ts'
import type { Stroke } from './stroke.ts'

const within = (value: number): number => Math.max(-20_000, Math.min(20_000, Math.round(value)))

/** Whole pixels, and none twice in a row: nobody sees the difference, and it is a third of the text. */
function shortened(points: readonly number[]): number[] {
  const kept: number[] = []
  for (let at = 0; at + 1 < points.length; at += 2) {
    const [x, y] = [within(points[at] as number), within(points[at + 1] as number)]
    if (kept.at(-2) !== x || kept.at(-1) !== y) kept.push(x, y)
  }
  return kept
}

/** What of a drawing is kept with the show: the newest lines, as many as there is room for. */
export function toKeep(strokes: readonly Stroke[]): KeptStroke[] {
  const kept: KeptStroke[] = []
  let numbers = 0
  for (const { tool, colour, widthPx, points } of strokes.toReversed()) {
    if (tool === 'laser') continue
    const short = shortened(points)
    numbers += short.length
    if (numbers > MAX_KEPT_NUMBERS || kept.length === MAX_KEPT_STROKES) break
    if (short.length > 0) kept.push({ tool, colour, widthPx: Math.min(1000, Math.round(widthPx * 10) / 10), points: short })
  }
  return kept.reverse()
}

/** As they are drawn again. */
export const fromKept = (kept: readonly KeptStroke[] = []): Stroke[] => kept.map((stroke, index) => ({ ...stroke, points: [...stroke.points], id: index + 1 }))
