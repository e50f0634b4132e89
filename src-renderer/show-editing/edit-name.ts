import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import type { Show } from '@shared/domain/show.ts'

/** What an edit did, as the user would call it; each has a text. */
export type EditName =
  | 'addSource' | 'removeSource' | 'changeSource' | 'addItem' | 'removeItem' | 'move' | 'resize' | 'turn' | 'crop' | 'flip' | 'opacity' | 'fit' | 'visibility' | 'lock' | 'order'
  | 'group' | 'layout' | 'scene' | 'sound' | 'transition' | 'canvas' | 'rename' | 'change'

/**
 * Names the difference between two states of a show. Edits share all that they do not touch, so that this compares references and
 * looks closely only at what differs; a gesture of many steps is named by its two ends.
 */
export function nameOfEdit(before: Show, after: Show): EditName {
  if (before.sources.length < after.sources.length) return 'addSource'
  if (before.sources.length > after.sources.length) return 'removeSource'
  if (before.encoding !== after.encoding || before.second !== after.second) return 'canvas'
  if (before.scenes !== after.scenes) return nameOfScenes(before.scenes, after.scenes)
  if (before.sources !== after.sources) return 'changeSource'
  if (before.currentSceneId !== after.currentSceneId) return 'scene'
  if (before.strips !== after.strips || before.mixedSourceIds !== after.mixedSourceIds) return 'sound'
  if (before.transition !== after.transition || before.layoutAnimationMs !== after.layoutAnimationMs) return 'transition'
  return before.name === after.name ? 'change' : 'rename'
}

function nameOfScenes(before: readonly Scene[], after: readonly Scene[]): EditName {
  if (before.length !== after.length) return 'scene'
  const changed = after.flatMap((scene, index) => {
    const old = before[index]
    return old && old !== scene ? [{ old, scene }] : []
  })
  const [only] = changed
  if (!only || changed.length > 1 || only.old.id !== only.scene.id) return 'scene'
  const { old, scene } = only
  if (old.items.length !== scene.items.length) return old.items.length < scene.items.length ? 'addItem' : 'removeItem'
  if (old.items === scene.items) return nameOfScene(old, scene)
  const were = new Map(old.items.map((each) => [each.id, each]))
  const names = new Set(scene.items.flatMap((item) => nameOfItem(were.get(item.id), item) ?? []))
  const first = WEIGHTS.find((each) => names.has(each))
  return first ?? 'order'
}

function nameOfScene(old: Scene, scene: Scene): EditName {
  if (old.layout !== scene.layout) return 'layout'
  if (old.groups !== scene.groups) return 'group'
  return old.transition === scene.transition ? 'scene' : 'transition'
}

/** An edit that does several of these is called by the first. */
const WEIGHTS: readonly EditName[] = ['group', 'crop', 'flip', 'turn', 'resize', 'move', 'fit', 'visibility', 'lock', 'opacity', 'layout', 'change']

function nameOfItem(old: SceneItem | undefined, item: SceneItem): EditName | null {
  if (old === item) return null
  if (!old) return 'change'
  if (old.groupId !== item.groupId) return 'group'
  if (old.crop !== item.crop) return 'crop'
  if (!old.flipX !== !item.flipX || !old.flipY !== !item.flipY) return 'flip'
  if (old.rotationDeg !== item.rotationDeg) return 'turn'
  if (old.width !== item.width || old.height !== item.height) return 'resize'
  if (old.x !== item.x || old.y !== item.y) return 'move'
  if (old.fit !== item.fit) return 'fit'
  if (old.visible !== item.visible) return 'visibility'
  if (old.locked !== item.locked) return 'lock'
  if (old.opacity !== item.opacity) return 'opacity'
  return old.placedBy === item.placedBy ? 'change' : 'layout'
}
