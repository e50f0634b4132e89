import { ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useDestinationsStore } from '../stores/destinations-store.ts'
import { useEngineStore } from '../stores/engine-store.ts'
import { useShowStore } from '../stores/show-store.ts'

/** What a screen reader says by itself: live or not, how each destination fares, and what happens to the sources. */
export function useAnnouncements() {
  const { t } = useI18n()
  const broadcast = useBroadcastStore()
  const destinations = useDestinationsStore()
  const engine = useEngineStore()
  const shows = useShowStore()
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

  watch(
    () => engine.sources.map(({ sourceId, condition }) => [sourceId, condition] as const),
    (now, before) => {
      const known = new Map(before)
      // What has just been added is expected to start; only what changes afterwards is news.
      const said = now
        .filter(([id, condition]) => known.has(id) && known.get(id) !== condition && condition !== 'starting' && known.get(id) !== 'starting')
        .map(([id, condition]) => t('announce.state', { name: sourceName(id), state: t(`sources.conditions.${condition}`) }))
      if (said.length > 0) text.value = said.join(' ')
    },
  )

  const sourceName = (id: string): string => shows.show?.sources.find((each) => each.id === id)?.name ?? ''

  function nameOf(id: string): string {
    const found = destinations.list.find((each) => each.id === id)
    return found?.kind === 'rehearsal' ? t('destinations.rehearsal') : (found?.name ?? '')
  }

  return text
}
