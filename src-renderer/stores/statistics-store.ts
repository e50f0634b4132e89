import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Bottleneck, PastShow, StatisticsSample } from '@shared/domain/statistics.ts'
import { useBridge } from '../base/given.ts'
import { saveText } from '../composables/save-text.ts'
import { useNoticesStore } from './notices-store.ts'

/** Ten minutes at one a second, as main keeps them. */
export const RECENT_SAMPLES = 600

/** What each second measured, and the shows of the past. Made when the statistics are first looked at. */
export const useStatisticsStore = defineStore('statistics', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const recent = shallowRef<readonly StatisticsSample[]>([])
  const bottlenecks = ref<readonly Bottleneck[]>([])
  const past = ref<readonly PastShow[]>([])

  bridge.statistics.watch('now', (next) => {
    if (!next) return
    bottlenecks.value = next.bottlenecks
    // A clock that was set back makes the seconds before it worthless: a chart has no place for them.
    const before = recent.value.filter(({ atMs }) => atMs < next.sample.atMs)
    recent.value = [...before.slice(1 - RECENT_SAMPLES), next.sample]
  })
  bridge.statistics.watch('past', (next) => {
    past.value = next
  })
  /** What was measured before the page looked. */
  void notices.guard(async () => {
    const known = await bridge.statistics.recent({})
    const last = known.at(-1)?.atMs ?? 0
    recent.value = [...known, ...recent.value.filter(({ atMs }) => atMs > last)].slice(-RECENT_SAMPLES)
  })

  /** Undefined when it failed; the user is told. */
  async function samplesOf(showId: string): Promise<readonly StatisticsSample[] | undefined> {
    let samples: readonly StatisticsSample[] | undefined
    await notices.guard(async () => void (samples = await bridge.statistics.samples({ showId })))
    return samples
  }

  const exportShow = (showId: string, format: 'json' | 'csv') =>
    notices.guard(async () => {
      const pieces: string[] = []
      let fileName = ''
      for (let from: number | null = 0; from !== null; ) {
        const piece: { fileName: string; text: string; next: number | null } = await bridge.statistics.export({ showId, format, from })
        pieces.push(piece.text)
        fileName = piece.fileName
        from = piece.next
      }
      saveText(fileName, pieces.join(''), format === 'csv' ? 'text/csv' : 'application/json')
    })
  const remove = (showId: string) => notices.guard(() => bridge.statistics.remove({ showId }))

  return { recent, bottlenecks, past, samplesOf, exportShow, remove }
})
