import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useClock } from '../base/given.ts'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useDestinationsStore } from '../stores/destinations-store.ts'
import { usePreflightStore } from '../stores/preflight-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { useWindowStore } from '../stores/window-store.ts'

/** Ending a show that has been on for longer than this is asked about once. */
const ASK_AFTER_MS = 10_000

/** Going live and ending, whichever button or key it is for. */
export function useLiveCommand() {
  const { t } = useI18n()
  const clock = useClock()
  const broadcast = useBroadcastStore()
  const destinations = useDestinationsStore()
  const preflight = usePreflightStore()
  const shows = useShowStore()
  const dialogs = useWindowStore()
  const live = computed(() => broadcast.status.live)
  /** Why *Go live* is not possible now; also the advice for making it possible. */
  const why = computed(() => {
    if (live.value) return broadcast.status.programFailure ? t(`reasons.${broadcast.status.programFailure.reason}.says`) : null
    if (destinations.enabled.length === 0) return t('live.needsDestination')
    if (shows.show?.sources.length === 0) return t('live.needsSource')
    return null
  })
  const possible = computed(() => !broadcast.busy && !broadcast.status.ending && (live.value || (why.value === null && !preflight.checking)))

  /** Goes live, after a look whether all is well, or ends: a long show after a question. */
  async function press(): Promise<void> {
    if (!possible.value) return
    if (!live.value) return preflight.goLive()
    const sinceMs = broadcast.status.liveSinceMs
    if (sinceMs !== null && clock.now() - sinceMs > ASK_AFTER_MS) dialogs.dialog = 'end'
    else await broadcast.end()
  }

  async function end(): Promise<void> {
    dialogs.close()
    await broadcast.end()
  }

  return { live, why, possible, press, end }
}
