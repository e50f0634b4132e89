import { ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useDestinationsStore } from '../stores/destinations-store.ts'

/** What a screen reader says by itself: live or not, and how each destination fares. */
export function useAnnouncements() {
  const { t } = useI18n()
  const broadcast = useBroadcastStore()
  const destinations = useDestinationsStore()
  const text = ref('')

  watch(() => broadcast.status.live, (live) => (text.value = live ? t('announce.live') : t('announce.ended')))
  watch(
    () => broadcast.status.outputs.map(({ destinationId, state }) => [destinationId, state] as const),
    (now, before) => {
      const known = new Map(before)
      const said = now
        .filter(([id, state]) => known.get(id) !== state && state !== 'idle' && state !== 'disconnecting')
        .map(([id, state]) => t('announce.state', { name: nameOf(id), state: t(`destinations.states.${state}`) }))
      if (said.length > 0) text.value = said.join(' ')
    },
  )

  function nameOf(id: string): string {
    const found = destinations.list.find((each) => each.id === id)
    return found?.kind === 'rehearsal' ? t('destinations.rehearsal') : (found?.name ?? '')
  }

  return text
}
