import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { useClock } from '../base/given.ts'
import { whenSettled } from '../base/settle.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'
import { areaOf, moved, movedTo, PANEL_IDS, readArrangement, shownIn, USUAL_ARRANGEMENT, withShown } from './panel-arrangement.ts'
import type { Arrangement, PanelArea, PanelId } from './panel-arrangement.ts'

const TITLES: Readonly<Record<PanelId, string>> = {
  scenes: 'scenes.title', sources: 'sources.title', mixer: 'mixer.title', properties: 'transform.panel', destinations: 'destinations.title',
}
/** A change of less than this (percent) is rounding. */
const SAME = 0.2

/** Each display has panels of its own: what fits one does not fit another. */
const displayKey = (): string => `panels@${screen.width}x${screen.height}@${Math.round(devicePixelRatio * 100) / 100}`

interface Kept extends Arrangement {
  sizes: Record<string, number[]>
}

/** Where the panels are and how large (percent of their group), kept with the preferences for each display. */
export const usePanels = defineStore('panels', () => {
  const preferences = usePreferencesStore()
  const display = ref(displayKey())
  /** Rises when the panels are to be laid out anew. */
  const generation = ref(0)
  const changedSizes: Record<string, number[]> = {}
  const saveSoon = whenSettled(useClock(), 800, 5000, () => void keep({}))
  addEventListener('resize', followDisplay)

  const kept = computed(() => preferences.current.layout[display.value])
  const arrangement = computed(() => readArrangement(kept.value))
  const keptSizes = computed((): Record<string, unknown> => {
    const sizes = typeof kept.value === 'object' && kept.value !== null && 'sizes' in kept.value ? kept.value['sizes'] : null
    return typeof sizes === 'object' && sizes !== null ? (sizes as Record<string, unknown>) : {}
  })

  function followDisplay(): void {
    const next = displayKey()
    if (next === display.value) return
    saveSoon.flush()
    display.value = next
    generation.value++
  }

  function keep(change: Partial<Arrangement>): Promise<void> {
    const { bottom, side, hidden } = { ...arrangement.value, ...change }
    const sizes = { ...keptSizes.value, ...changedSizes } as Kept['sizes']
    return preferences.change({ layout: { ...preferences.current.layout, [display.value]: { bottom: [...bottom], side: [...side], hidden: [...hidden], sizes } } })
  }

  function sizesOf(group: string, usual: readonly number[]): readonly number[] {
    const sizes = changedSizes[group] ?? keptSizes.value[group]
    const good = Array.isArray(sizes) && sizes.length === usual.length && sizes.every((each) => typeof each === 'number' && each > 0 && each < 100)
    return good ? (sizes as number[]) : usual
  }

  /** Called with every layout, the first one included; only a change is kept. */
  function keepSizes(group: string, next: readonly number[], usual: readonly number[]): void {
    if (next.length !== usual.length) return
    const before = sizesOf(group, usual)
    if (next.every((each, index) => Math.abs(each - (before[index] ?? 0)) < SAME)) return
    changedSizes[group] = next.map((each) => Math.round(each * 10) / 10)
    saveSoon.touch()
  }

  function reset(): void {
    saveSoon.cancel()
    for (const group of Object.keys(changedSizes)) delete changedSizes[group]
    const { [display.value]: _gone, ...layout } = preferences.current.layout
    void preferences.change({ layout })
    generation.value++
  }

  return {
    ids: PANEL_IDS, arrangement, generation, sizesOf, keepSizes, reset,
    isUsual: computed(() => JSON.stringify(arrangement.value) === JSON.stringify(USUAL_ARRANGEMENT)),
    titleKeyOf: (id: PanelId): string => TITLES[id],
    isShown: (id: PanelId): boolean => !arrangement.value.hidden.includes(id),
    areaOf: (id: PanelId): PanelArea => areaOf(arrangement.value, id),
    shownIn: (area: PanelArea): PanelId[] => shownIn(arrangement.value, area),
    show: (id: PanelId, shown: boolean) => keep(withShown(arrangement.value, id, shown)),
    move: (id: PanelId, step: 1 | -1) => keep(moved(arrangement.value, id, step)),
    moveTo: (id: PanelId, area: PanelArea) => keep(movedTo(arrangement.value, id, area)),
  }
})
