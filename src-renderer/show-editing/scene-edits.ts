import type { Scene } from '@shared/domain/scene.ts'
import { sceneOf } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Transition } from '@shared/domain/transition.ts'
import { removeSource } from './show-edits.ts'
import type { ShowEdit } from './show-edits.ts'

/** As many scenes as a show may hold. */
export const MAX_SCENES = 200
export const DEFAULT_BACKGROUND = '#000000'

/** Adds an empty scene behind the one named `afterId`, or at the end. */
export const addScene = (id: string, name: string, afterId?: string): ShowEdit => (show) =>
  insert(show, { id, name, background: DEFAULT_BACKGROUND, items: [] }, afterId)

/**
 * A copy right behind the original: its items get new ids and show the very same sources, its groups, layout and transition are kept.
 * `newId` gives a fresh id each time.
 */
export const duplicateScene = (sceneId: string, name: string, id: string, newId: () => string): ShowEdit => (show) => {
  const original = show.scenes.find((each) => each.id === sceneId)
  if (!original) return show
  return insert(show, { ...original, id, name, items: original.items.map((item) => ({ ...item, id: newId() })) }, sceneId)
}

function insert(show: Show, scene: Scene, afterId: string | undefined): Show {
  if (show.scenes.length >= MAX_SCENES || show.scenes.some((each) => each.id === scene.id)) return show
  const at = show.scenes.findIndex((each) => each.id === afterId)
  return { ...show, scenes: show.scenes.toSpliced(at < 0 ? show.scenes.length : at + 1, 0, scene) }
}

/**
 * Removes a scene, its places inside other scenes, and the sources that were nowhere else; sources that are only heard belong to no
 * scene and stay. The last scene stays. When it was on air, the next one (or else the one before) takes its place.
 */
export const removeScene = (sceneId: string): ShowEdit => (show) => {
  const at = show.scenes.findIndex((each) => each.id === sceneId)
  const scene = show.scenes[at]
  if (!scene || show.scenes.length === 1) return show
  const scenes = show.scenes.toSpliced(at, 1)
  const elsewhere = new Set(scenes.flatMap((each) => each.items.map((item) => item.sourceId)))
  const going = show.sources.filter((each) => (each.kind === 'scene' && each.sceneId === sceneId) || (!elsewhere.has(each.id) && scene.items.some((item) => item.sourceId === each.id)))
  const currentSceneId = show.currentSceneId === sceneId ? (scenes[at] ?? scenes[at - 1] ?? scene).id : show.currentSceneId
  return going.reduce((next, { id }) => removeSource(id)(next), { ...show, scenes, currentSceneId })
}

/** The other scenes in which a scene is shown directly, for asking before it is removed. */
export function shownIn(show: Show, sceneId: string): Scene[] {
  const sources = new Set(show.sources.flatMap((each) => (each.kind === 'scene' && each.sceneId === sceneId ? [each.id] : [])))
  return show.scenes.filter((each) => each.id !== sceneId && each.items.some((item) => sources.has(item.sourceId)))
}

export const renameScene = (sceneId: string, name: string): ShowEdit => changeScene(sceneId, (scene) => (scene.name === name ? scene : { ...scene, name }))

export const setBackground = (sceneId: string, background: string): ShowEdit =>
  changeScene(sceneId, (scene) => (scene.background === background ? scene : { ...scene, background }))

/** How this scene is come to; undefined = as the show says. */
export const setSceneTransition = (sceneId: string, transition: Transition | undefined): ShowEdit =>
  changeScene(sceneId, ({ transition: _before, ...scene }) => (transition ? { ...scene, transition } : scene))

/** How scenes follow each other unless one says otherwise. */
export const setShowTransition = (transition: Transition): ShowEdit => (show) => ({ ...show, transition })

function changeScene(sceneId: string, change: (scene: Scene) => Scene): ShowEdit {
  return (show) => {
    const before = show.scenes.find((each) => each.id === sceneId)
    const after = before && change(before)
    return !after || after === before ? show : { ...show, scenes: show.scenes.map((each) => (each === before ? after : each)) }
  }
}

/** Moves a scene to a place of the list; past either end means to the end. */
export const moveSceneTo = (sceneId: string, index: number): ShowEdit => (show) => {
  const from = show.scenes.findIndex((each) => each.id === sceneId)
  const scene = show.scenes[from]
  const to = Math.max(0, Math.min(show.scenes.length - 1, index))
  return !scene || from === to ? show : { ...show, scenes: show.scenes.toSpliced(from, 1).toSpliced(to, 0, scene) }
}

/**
 * Puts a scene on air. It is what happens in the show, not composing: to be passed to the store's `pass`, which makes no undo step of
 * it, and neither undo nor redo changes what is on air.
 */
export const switchScene = (sceneId: string): ShowEdit => (show) =>
  show.currentSceneId === sceneId || !show.scenes.some((each) => each.id === sceneId) ? show : { ...show, currentSceneId: sceneId }

/** The state that an undo or redo leads to, with the scene on air as it is now, as long as that still exists there. */
export const keepOnAir = (to: Show, from: Show): Show => switchScene(from.currentSceneId)(to)

/** The scene a number of places from this one; there is none past the ends. */
export function neighbour(show: Show, sceneId: string, step: number): Scene | undefined {
  return show.scenes[show.scenes.findIndex((each) => each.id === sceneOf(show, sceneId).id) + step]
}
