import type { SourceCondition, SourceKind } from '@shared/domain/source.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { IconName } from '../ui/icons.ts'

export const KIND_ICONS: Readonly<Record<SourceKind, IconName>> = {
  camera: 'camera', microphone: 'microphone', screen: 'screen', image: 'image', colour: 'colour', text: 'text', 'test-pattern': 'bars',
  slideshow: 'image', countdown: 'clock', annotation: 'edit', scene: 'window', 'web-page': 'window',
}

/** The sentence and advice shown for a condition that is not well; null when there is nothing to do. */
export const CONDITION_REASONS: Readonly<Record<SourceCondition, Reason | null>> = {
  starting: null, active: null, ended: 'source-ended', missing: 'device-gone', denied: 'permission-denied', busy: 'device-busy', failed: 'unexpected',
}
