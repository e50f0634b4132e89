import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { sceneOf } from '@shared/domain/show.ts'
import { DEFAULT_TRANSITION } from '@shared/domain/transition.ts'
import type { Transition } from '@shared/domain/transition.ts'
import { useEngine } from '../base/given.ts'
import { setSceneTransition, switchScene } from '../show-editing/scene-edits.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'
import { STUDIO_MODE, useShowStore } from '../stores/show-store.ts'

/**
 * Which scene is on air and which one is prepared. In studio mode a scene is prepared in the preview and taken on air by a transition;
 * without it, the scene that is edited is the one on air.
 */
export function useSceneSwitching() {
  const { t } = useI18n()
  const shows = useShowStore()
  const engine = useEngine()
  const preferences = usePreferencesStore()
  const scenes = computed(() => shows.show?.scenes ?? [])
  const onAirId = computed(() => (shows.show ? sceneOf(shows.show).id : ''))
  const studioMode = computed(() => shows.previewSceneId !== null)
  /** The scene that is prepared: the one on air when the other one was removed. */
  const previewId = computed(() => (studioMode.value ? (shows.scene?.id ?? null) : null))

  const nameOf = (sceneId: string): string => {
    const index = scenes.value.findIndex((each) => each.id === sceneId)
    return scenes.value[index]?.name || t('scenes.unnamed', { n: index + 1 })
  }

  /** How a scene will be come to. */
  const transitionTo = (sceneId: string): Transition => scenes.value.find((each) => each.id === sceneId)?.transition ?? shows.show?.transition ?? DEFAULT_TRANSITION

  /** Puts a scene on air. `once`: with this transition, whatever the scene and the show say. */
  function takeOnAir(sceneId: string, once?: Transition): void {
    const { show, previewSceneId } = shows
    if (!show || show.currentSceneId === sceneId) return
    // The engine takes the transition when it hears of the new scene; what it hears next is the show as it is kept.
    if (once) engine.setShow(setSceneTransition(sceneId, once)(switchScene(sceneId)(show)), { previewSceneId })
    shows.pass(switchScene(sceneId))
  }

  /** A click on a scene: into the preview in studio mode, else on air. */
  function choose(sceneId: string): void {
    if (studioMode.value) shows.previewSceneId = sceneId
    else takeOnAir(sceneId)
  }

  /** What is prepared goes on air, and what was on air is prepared next. */
  function transition(once?: Transition): void {
    const [next, before] = [previewId.value, onAirId.value]
    if (next === null || next === before) return
    takeOnAir(next, once)
    shows.previewSceneId = before
  }

  /** A scene goes on air at once, prepared or not. */
  function take(sceneId: string): void {
    if (!studioMode.value) return takeOnAir(sceneId)
    shows.previewSceneId = sceneId
    transition()
  }

  /** Begins with what is on air; leaving it leaves on air what is on air. Kept for the next start, unless it is only for now. */
  function setStudioMode(on: boolean, { onlyNow = false } = {}): void {
    shows.previewSceneId = on ? onAirId.value : null
    if (!onlyNow) void preferences.change({ layout: { ...preferences.current.layout, [STUDIO_MODE]: on } })
  }

  return { scenes, onAirId, previewId, studioMode, nameOf, transitionTo, choose, transition, take, setStudioMode }
}
