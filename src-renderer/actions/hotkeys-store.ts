import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { GlobalKeysState } from '@shared/contracts/hotkeys.ts'
import { MAX_COMBINATIONS, NO_HOTKEY_CHANGES } from '@shared/domain/hotkeys.ts'
import { useBridge } from '../base/given.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'
import type { StudioAction } from './action.ts'
import { combinationText } from './combination.ts'

type Keyed = Pick<StudioAction, 'id' | 'defaultKeys'>

/** Chromium knows what the keyboard's layout types; other browsers do not say. */
interface KeyboardOf {
  keyboard?: { getLayoutMap?(): Promise<Iterable<[string, string]>> }
}

/** Which keys each action has: its usual ones, unless the user has set others. */
export const useHotkeysStore = defineStore('hotkeys', () => {
  const bridge = useBridge()
  const preferences = usePreferencesStore()
  const labels = shallowRef<ReadonlyMap<string, string>>(new Map())
  const globalState = ref<GlobalKeysState>({ host: 'window-only', working: [], refused: [] })
  /** A combination is being recorded: keys do nothing meanwhile. */
  const recording = ref(false)

  bridge.hotkeys.watch('state', (next) => (globalState.value = next))
  const { keyboard } = (typeof navigator === 'undefined' ? {} : navigator) as KeyboardOf
  // Refused e.g. in a frame: the places' usual names are shown then.
  void keyboard?.getLayoutMap?.().then((map) => (labels.value = new Map(map)), () => {})

  const set = computed(() => preferences.current.hotkeys)
  const keysOf = ({ id, defaultKeys }: Keyed): readonly string[] => set.value.keys[id] ?? defaultKeys ?? []
  const isChanged = ({ id }: Keyed): boolean => set.value.keys[id] !== undefined
  const isGlobal = ({ id }: Keyed): boolean => set.value.global.includes(id)

  const change = (keys: Record<string, string[]>, global = set.value.global): Promise<void> => preferences.change({ hotkeys: { keys, global } })

  /** The usual keys are not kept, so that they follow a newer studio's. */
  async function setKeys(action: Keyed, keys: readonly string[]): Promise<void> {
    const { [action.id]: _before, ...rest } = set.value.keys
    const next = [...new Set(keys)].slice(0, MAX_COMBINATIONS)
    const usual = action.defaultKeys ?? []
    const same = next.length === usual.length && next.every((each, index) => each === usual[index])
    await change(same ? rest : { ...rest, [action.id]: next })
  }

  const setGlobal = ({ id }: Keyed, wanted: boolean): Promise<void> =>
    change(set.value.keys, [...set.value.global.filter((each) => each !== id), ...(wanted ? [id] : [])])

  const text = (combination: string): string => combinationText(combination, labels.value)
  /** The first of its keys as it is written, or nothing. */
  const shown = (action: Keyed): string => {
    const [first] = keysOf(action)
    return first === undefined ? '' : text(first)
  }

  return {
    labels, globalState, recording, keysOf, isChanged, isGlobal, setKeys, setGlobal, text, shown,
    reset: (action: Keyed) => setKeys(action, action.defaultKeys ?? []),
    resetAll: () => preferences.change({ hotkeys: NO_HOTKEY_CHANGES }),
  }
})
