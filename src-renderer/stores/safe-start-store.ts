import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { SafeStartState } from '@shared/contracts/safe-start.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

export type StartAnswer = 'go-on' | 'safe' | 'open'

/** What the studio before this one left behind, and whether this one starts safely. */
export const useSafeStartStore = defineStore('safe-start', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const state = ref<SafeStartState>({ safe: false, suggestSafe: false, uncleanEnd: null })
  bridge.safeStart.watch('state', (next) => {
    state.value = next
  })

  /** The best first. */
  const choices = computed((): StartAnswer[] => {
    const end = state.value.uncleanEnd
    const canGoOn = end !== null && (end.destinations.length > 0 || end.recordingSinceMs !== null)
    const others: StartAnswer[] = canGoOn ? ['go-on', 'open'] : ['open']
    return state.value.suggestSafe ? ['safe', ...others] : [others[0]!, 'safe', ...others.slice(1)]
  })

  const answer = (how: StartAnswer) => notices.guard(() => bridge.safeStart.answer({ how }))
  const startSources = () => notices.guard(() => bridge.safeStart.startSources({}))

  return { state, choices, answer, startSources }
})
