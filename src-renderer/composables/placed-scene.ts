import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { laidOut } from '@shared/domain/layouts/laid-out.ts'
import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import { useShowStore } from '../stores/show-store.ts'

export interface PlacedScene {
  /** The edited scene with every item where it is seen: its layout has placed what takes part in it. */
  scene: ComputedRef<Scene | null>
  /** Back to front. */
  selected: ComputedRef<readonly SceneItem[]>
}

export function usePlacedScene(): PlacedScene {
  const shows = useShowStore()
  const scene = computed((): Scene | null => {
    if (!shows.scene?.layout || !shows.show) return shows.scene
    const own = new Set(shows.scene.items.map((each) => each.id))
    const { items, ...rest } = laidOut(shows.scene, shows.show.sources, shows.show.encoding)
    // What the layout itself adds cannot be edited.
    return { ...rest, items: items.filter((each) => own.has(each.id)) }
  })
  const selected = computed(() => scene.value?.items.filter((each) => shows.selection.includes(each.id)) ?? [])
  return { scene, selected }
}
