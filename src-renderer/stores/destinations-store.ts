import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { TokenSource } from '@shared/domain/addresses/token-source.ts'
import type { Destination, DestinationView } from '@shared/domain/destination.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

/** Where the program goes. Main keeps the list; keys never come here but for a moment by `revealKey`. */
export const useDestinationsStore = defineStore('destinations', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const list = ref<DestinationView[]>([])
  const enabled = computed(() => list.value.filter((each) => each.enabled))

  bridge.destinations.watch('list', (next) => {
    list.value = next
  })

  /** Rejects with a StudioError, so that the form can mark its field. A secret undefined = unchanged. */
  const save = (destination: Destination, secrets: { key?: string | undefined; passphrase?: string | undefined; query?: string | undefined; tokenSource?: TokenSource | null | undefined } = {}) => bridge.destinations.save({ destination, ...secrets })
  const remove = (destinationId: string) => notices.guard(() => bridge.destinations.remove({ destinationId }))
  const setEnabled = (destinationId: string, on: boolean) => notices.guard(() => bridge.destinations.setEnabled({ destinationId, enabled: on }))
  const reorder = (destinationIds: string[]) => notices.guard(() => bridge.destinations.reorder({ destinationIds }))
  const reveal = (destinationId: string) => notices.guard(() => bridge.destinations.revealKey({ destinationId }))
  const revealKey = async (destinationId: string) => (await reveal(destinationId))?.key

  return { list, enabled, save, remove, setEnabled, reorder, reveal, revealKey }
})
