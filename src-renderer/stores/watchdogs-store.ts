import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { WatchEvent } from '@shared/domain/watchdogs.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

/** What the watchdogs tell of the show: what lasts now, and its whole history. */
export const useWatchdogsStore = defineStore('watchdogs', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const active = shallowRef<readonly WatchEvent[]>([])
  const history = shallowRef<readonly WatchEvent[]>([])
  /** Newest first: what has just happened is looked for. */
  const newestFirst = computed(() => history.value.toReversed())

  bridge.watchdogs.watch('active', (next) => {
    active.value = next
  })
  bridge.watchdogs.watch('history', (next) => {
    history.value = next
  })

  const ignore = (eventId: string) => notices.guard(() => bridge.watchdogs.ignore({ eventId }))

  return { active, newestFirst, ignore }
})
