import { z } from 'zod'

/** How the window looks, beside its theme. */
export const appearance = z.object({
  /** `system`: as the system asks (`prefers-contrast`). */
  contrast: z.enum(['system', 'usual', 'more']),
  density: z.enum(['comfortable', 'compact']),
  /** Size of all texts and of what holds them, percent of the usual one. */
  textPercent: z.int().min(100).max(200),
  /** `system`: as the system asks (`prefers-reduced-motion`). */
  motion: z.enum(['system', 'reduced']),
})
export type Appearance = z.infer<typeof appearance>

export const DEFAULT_APPEARANCE: Appearance = { contrast: 'system', density: 'comfortable', textPercent: 100, motion: 'system' }
