import { computed, inject, provide } from 'vue'
import type { ComputedRef, InjectionKey } from 'vue'
import type { StudioAction } from './action.ts'
import { ACTION_LISTS } from './action-lists.ts'

export type Actions = ComputedRef<readonly StudioAction[]>
const key: InjectionKey<Actions> = Symbol('actions')

/** Gathers everything that can be done; called once, by the window's outermost view. */
export function provideActions(): Actions {
  const lists = ACTION_LISTS.map((each) => each())
  const actions = computed(() => lists.flatMap((each) => each()))
  provide(key, actions)
  return actions
}

/** The one list of everything that can be done. */
export function useActions(): Actions {
  const actions = inject(key)
  if (!actions) throw new Error('actions were not given to the page')
  return actions
}
