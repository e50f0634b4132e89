import { onScopeDispose } from 'vue'
import { useClock } from '../base/given.ts'
import { whenSettled } from '../base/settle.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'

/** Panel sizes in percent, kept with the preferences; `usual` holds for whatever was never changed. */
export function useLayout<K extends string>(usual: Readonly<Record<K, readonly number[]>>) {
  const preferences = usePreferencesStore()
  const changed: Record<string, number[]> = {}
  const saveSoon = whenSettled(useClock(), 800, 5000, () => void preferences.change({ layout: { ...preferences.current.layout, ...changed } }))
  onScopeDispose(() => saveSoon.cancel())

  function sizes(group: K): readonly number[] {
    const kept = preferences.current.layout[group]
    const good = Array.isArray(kept) && kept.length === usual[group].length && kept.every((each) => typeof each === 'number' && each > 0 && each < 100)
    return good ? (kept as number[]) : usual[group]
  }

  return {
    size: (group: K, index: number): number => sizes(group)[index] ?? 50,
    /** Called with every layout, the first one included; only a change is kept. */
    keep(group: K, next: number[]): void {
      const rounded = next.map((each) => Math.round(each * 10) / 10)
      if (rounded.every((each, index) => Math.abs(each - (sizes(group)[index] ?? 0)) < 0.2)) return
      changed[group] = rounded
      saveSoon.touch()
    },
  }
}
