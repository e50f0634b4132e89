import { onScopeDispose, watch } from 'vue'
import { isEnabled } from '../actions/action.ts'
import type { Actions } from '../actions/actions.ts'
import { useHotkeysStore } from '../actions/hotkeys-store.ts'
import { useBridge } from '../base/given.ts'

/** Asks main for the keys that are to work while another window is in front, and runs what they stand for. */
export function useGlobalKeys(actions: Actions): void {
  const bridge = useBridge()
  const hotkeys = useHotkeysStore()
  const wanted = () => actions.value.filter((each) => each.run && hotkeys.isGlobal(each))
  /** What was pressed before this page came is not for it. */
  let seen: number | null = null

  watch(
    () => wanted().flatMap((each) => hotkeys.keysOf(each)).join(' '),
    (keys) => void bridge.hotkeys.setGlobal({ combinations: keys === '' ? [] : keys.split(' ') }).catch(() => {}),
    { immediate: true },
  )
  const stop = bridge.hotkeys.watch('pressed', ({ combination, count }) => {
    const isNew = seen !== null && count > seen
    seen = count
    if (!isNew) return
    const action = wanted().find((each) => hotkeys.keysOf(each).includes(combination) && isEnabled(each))
    action?.run?.()
  })
  onScopeDispose(stop)
}
