import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import type { RoomRight } from '@shared/domain/addresses/room-rights.ts'
import { useBridge } from '../base/given.ts'

/** What is known about the destinations' tokens and signed addresses without showing them. */
export const useAddressesStore = defineStore('addresses', () => {
  const bridge = useBridge()
  const facts = ref<DestinationFacts[]>([])
  const factsOf = computed(() => new Map(facts.value.map((each) => [each.destinationId, each])))

  bridge.addresses.watch('facts', (next) => {
    facts.value = next
  })

  /** True when a destination's token does not let this be sent. */
  const lacks = (right: RoomRight, destinationIds: readonly string[]): boolean =>
    facts.value.some(({ destinationId, token }) => destinationIds.includes(destinationId) && token?.rights && !token.rights.includes(right))

  return { facts, factsOf, lacks }
})
