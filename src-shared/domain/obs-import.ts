import { z } from 'zod'
import { show } from './show.ts'

/** Why something of an OBS scene collection is not in the show, or not as it was; each has a text. */
export const OBS_REASONS = [
  'source-kind', 'filter-kind', 'file-missing', 'file-unusable', 'transition-kind', 'blend', 'item-transition', 'hotkeys', 'circle', 'too-many', 'nothing-to-show',
  'choose-again', 'sound-of-screen', 'size-unknown', 'bounds', 'group-turned',
] as const
export type ObsReason = (typeof OBS_REASONS)[number]

export const leftOut = z.object({
  /** The name that it has in OBS. */
  what: z.string(),
  why: z.enum(OBS_REASONS),
  /** What OBS calls its kind, the file, the mode: evidence, in no language. */
  detail: z.string(),
})
export type LeftOut = z.infer<typeof leftOut>

export const obsImport = z.object({ show, leftOut: z.array(leftOut) })
