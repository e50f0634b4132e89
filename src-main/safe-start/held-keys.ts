import type { hotkeys } from '@shared/contracts/hotkeys.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { Watchable } from '../rpc/topic.ts'

/** Global keys that are given back to the system during a safe start, and taken once it is over. */
export function heldKeys(keys: { set(combinations: readonly string[]): void }, state: Watchable<{ safe: boolean }>): { handlers: Handlers<typeof hotkeys>; close(): void } {
  let wanted: readonly string[] = []
  const follow = (): void => keys.set(state.value.safe ? [] : wanted)
  return {
    handlers: {
      setGlobal({ combinations }) {
        wanted = combinations
        follow()
      },
    },
    close: state.watch(follow),
  }
}
