import type { Transition, TransitionKind } from '@shared/domain/transition.ts'

export const MAX_CHOSEN_MS = 5000
const DEFAULT_MS = 300

/** What each kind needs besides its duration, with usual values for what is missing; what another kind needed is kept for coming back. */
export function ofKind(kind: TransitionKind, before: Transition): Transition {
  const next: Transition = { ...before, kind }
  if (kind === 'slide' || kind === 'wipe') next.direction ??= 'left'
  if (kind === 'fade-to-colour') next.colour ??= '#000000'
  if (kind === 'stinger') next.cutAtMs ??= 500
  if (!(next.durationMs >= 50)) next.durationMs = DEFAULT_MS
  return next
}

/** Whether a duration is for the user to choose: a cut has none, a stinger has its video's. */
export const lasts = (kind: TransitionKind): boolean => kind !== 'cut' && kind !== 'stinger'
