import { z } from 'zod'

/** So much of a drawing is kept with the show: some 100 kB at the most. What is older than that is only seen until the next start. */
export const MAX_KEPT_STROKES = 1000
export const MAX_KEPT_NUMBERS = 20_000

/** A line of a drawing, in pixels of its picture. */
export const keptStroke = z.object({
  tool: z.enum(['pen', 'highlighter', 'arrow', 'rectangle', 'ellipse']),
  /** `#rrggbb` */
  colour: z.string().regex(/^#[0-9a-f]{6}$/i),
  widthPx: z.number().positive().max(1000),
  /** x and y in turn. */
  points: z.array(z.number().min(-20_000).max(20_000)).min(2).max(MAX_KEPT_NUMBERS),
})
export type KeptStroke = z.infer<typeof keptStroke>
