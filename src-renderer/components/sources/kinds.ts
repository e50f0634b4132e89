import type { SourceCondition, SourceKind } from '@shared/domain/source.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { IconName } from '../ui/icons.ts'

export const KIND_ICONS: Readonly<Record<SourceKind, IconName>> = {
  camera: 'camera', microphone: 'microphone', screen: 'screen', image: 'image', colour: 'colour', text: 'text', 'test-pattern': 'bars',
  slideshow: 'image', countdown: 'clock', annotation: 'edit', scene: 'window', 'web-page': 'window',
}

/** The sentence and advice shown for a condition that is not well; null when there is nothing to do. */
export const CONDITION_REASONS: Readonly<Record<SourceCondition, Reason | null>> = {
  starting: null, active: null, ended: 'source-ended', missing: 'device-gone', denied: 'permission-denied', busy: 'device-busy', failed: 'unexpected', held: null,
}

/** The same for a form: kinds that say in their own words what is missing have none. */
export const reasonFor = (kind: SourceKind, condition: SourceCondition): Reason | null =>
  SAY_THEMSELVES.has(kind) && (condition === 'missing' || condition === 'denied') ? null : CONDITION_REASONS[condition]

const SAY_THEMSELVES: ReadonlySet<SourceKind> = new Set(['text', 'slideshow', 'web-page'])

/** What the system's file chooser offers for pictures. */
export const IMAGE_FILES = 'image/png,image/jpeg,image/webp,image/gif,image/avif'
