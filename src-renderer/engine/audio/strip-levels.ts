import type { Show } from '@shared/domain/show.ts'
import { canHaveSound } from '@shared/domain/source.ts'
import { DEFAULT_STRIP, type Strip } from '@shared/domain/strip.ts'

/** Whether a strip sounds, in the program as in single streams and side chains; `held`: its key or button is down. */
export function heard({ muted, pushTo = 'off' }: Pick<Strip, 'muted' | 'pushTo'>, held: boolean): boolean {
  if (muted) return false
  return pushTo === 'off' || (pushTo === 'talk') === held
}

/**
 * Whether the desk hears a strip. While any is solo, those alone are heard, whether they are monitored, muted or not: it
 * is how one listens to a microphone before opening it.
 */
export function deskHears(strip: Strip, { anySolo, sounds }: { anySolo: boolean; sounds: boolean }): boolean {
  if (anySolo) return strip.solo ?? false
  return sounds && (strip.monitor ?? 'off') !== 'off'
}

/** Left and right factor by equal power, 1 and 1 at the centre: the sum of their squares is always 2. */
export function panFactors(pan: number): readonly [number, number] {
  const angle = ((Math.min(1, Math.max(-1, pan)) + 1) * Math.PI) / 4
  return [Math.SQRT2 * Math.cos(angle), Math.SQRT2 * Math.sin(angle)]
}

/**
 * By how much every sound and the picture are held back so that the sound with the most negative offset comes early enough, ms.
 */
export function holdBackMs(show: Pick<Show, 'sources' | 'strips'>): number {
  const offsets = show.sources.filter(canHaveSound).map((each) => stripOf(show, each.id).syncOffsetMs ?? 0)
  return Math.max(0, -Math.min(0, ...offsets))
}

export const stripOf = (show: Pick<Show, 'strips'>, sourceId: string): Strip => show.strips[sourceId] ?? DEFAULT_STRIP
export const anySolo = (show: Pick<Show, 'sources' | 'strips'>): boolean => show.sources.some((each) => stripOf(show, each.id).solo)
export const anyMonitored = (show: Pick<Show, 'sources' | 'strips'>): boolean =>
  show.sources.some(({ id }) => stripOf(show, id).solo || (stripOf(show, id).monitor ?? 'off') !== 'off')
