import type { Show } from '@shared/domain/show.ts'

/** The scene whose contents differ between two states of a show; null when it is none or several, or when it is only in one of them. */
export function changedScene(before: Show, after: Show): string | null {
  const old = new Map(before.scenes.map((scene) => [scene.id, scene]))
  const changed = after.scenes.filter((scene) => old.has(scene.id) && old.get(scene.id) !== scene)
  return changed.length === 1 ? (changed[0]?.id ?? null) : null
}
