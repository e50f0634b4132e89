import { DEFAULT_TRANSITION, type Transition } from '@shared/domain/transition.ts'
import type { ObsCollection, ObsSource } from './obs-collection.ts'
import { isVideo, type SourceContext } from './obs-source.ts'
import { clamp, colourOf, numberIn, textIn } from './obs-values.ts'

const DIRECTIONS = ['left', 'right', 'up', 'down'] as const
type Context = Pick<SourceContext, 'assetOf' | 'note'>

/**
 * The transition of this name. Those that have nothing to set (*Cut* and *Fade*) are not in the list, and are called in
 * the user's language: one that is not there is a fade unless it is called a cut.
 */
export function transitionOf(name: string, durationMs: number, { transitions }: Pick<ObsCollection, 'transitions'>, { assetOf, note }: Context): Transition {
  const duration = { durationMs: clamp(Math.round(durationMs), 50, 20_000) }
  const found = transitions.find((each) => each.name === name)
  const direction = DIRECTIONS.find((each) => each === textIn(found?.settings ?? {}, 'direction')) ?? 'left'
  if (!found) return { kind: /^(cut|schnitt|corte|coupure|coupe|硬切|剪切|切り替え|컷)$/i.test(name) ? 'cut' : 'fade', ...duration }
  switch (found.id) {
    case 'cut_transition':
      return { kind: 'cut', ...duration }
    case 'fade_transition':
      return { kind: 'fade', ...duration }
    case 'fade_to_color_transition':
      return { kind: 'fade-to-colour', ...duration, colour: colourOf(found.settings['color'], 0xff000000, 100) }
    case 'slide_transition':
    case 'swipe_transition':
      if (found.id === 'swipe_transition') note(found.name, 'transition-kind', found.id)
      return { kind: 'slide', ...duration, direction }
    case 'wipe_transition':
      // OBS wipes by a picture of brightnesses; ours has an edge that is straight.
      if (!textIn(found.settings, 'luma_image', 'linear-h.png').startsWith('linear-h')) note(found.name, 'transition-kind', textIn(found.settings, 'luma_image'))
      return { kind: 'wipe', ...duration, direction: 'left' }
    case 'obs_stinger_transition': {
      const path = textIn(found.settings, 'path')
      const asset = assetOf(path)
      const fades: Transition = { ...DEFAULT_TRANSITION, ...duration }
      if (typeof asset === 'string' || !isVideo(asset.assetId)) {
        note(found.name, typeof asset === 'string' ? asset : 'file-unusable', path)
        return fades
      }
      // The point is in milliseconds, or in pictures of a video whose rate is not in the file.
      const isTime = numberIn(found.settings, 'tp_type', 0, 0, 1) === 0
      if (!isTime) note(found.name, 'transition-kind', 'tp_type 1')
      return { kind: 'stinger', ...duration, assetId: asset.assetId, ...(isTime ? { cutAtMs: Math.round(numberIn(found.settings, 'transition_point', 0, 0, 20_000)) } : {}) }
    }
    default:
      note(found.name, 'transition-kind', found.id)
      return { ...DEFAULT_TRANSITION, ...duration }
  }
}

/** How one scene is come to, where it says so itself. */
export function sceneTransition(scene: ObsSource, collection: ObsCollection, context: Context): Transition | undefined {
  const name = textIn(scene.private_settings, 'transition')
  return name === '' ? undefined : transitionOf(name, numberIn(scene.private_settings, 'transition_duration', 300, 50, 20_000), collection, context)
}

/** The videos of a collection's stingers. */
export const stingerFiles = ({ transitions }: ObsCollection): string[] =>
  transitions.flatMap(({ id, settings }) => (id === 'obs_stinger_transition' && textIn(settings, 'path') !== '' ? [textIn(settings, 'path')] : []))
