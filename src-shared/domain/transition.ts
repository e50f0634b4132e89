import { z } from 'zod'

export const TRANSITION_KINDS = ['cut', 'fade', 'slide', 'wipe', 'fade-to-colour', 'stinger'] as const
export type TransitionKind = (typeof TRANSITION_KINDS)[number]

/** How one scene follows another. */
export const transition = z.object({
  kind: z.enum(TRANSITION_KINDS),
  /** Ignored by `cut`; a stinger lasts as long as its video. */
  durationMs: z.int().min(50).max(20_000),
  /** Where the new picture comes from (slide), or the edge from which it is uncovered (wipe). */
  direction: z.enum(['left', 'right', 'up', 'down']).optional(),
  /** Of `fade-to-colour`. */
  colour: z.string().regex(/^#[0-9a-f]{6}$/i).optional(),
  /** Of `stinger`: a video, best with alpha. */
  assetId: z.string().max(200).optional(),
  /** Of `stinger`: when the scenes change behind the video. */
  cutAtMs: z.int().min(0).max(20_000).optional(),
})
export type Transition = z.infer<typeof transition>

export const CUT: Transition = { kind: 'cut', durationMs: 300 }
export const DEFAULT_TRANSITION: Transition = { kind: 'fade', durationMs: 300 }
