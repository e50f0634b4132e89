import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { BroadcastFigures, BroadcastStatus, SinglesStatus } from '@shared/contracts/broadcast.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

/** 4 minutes at 2 per second. */
export const TRACE_SAMPLES = 480

/** What the chart of one destination shows; one entry per sample. */
export interface Trace {
  atMs: number[]
  bitrateKbps: number[]
  queueMs: number[]
}

const UNTIL_TOLD: BroadcastStatus = { live: false, liveSinceMs: null, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs: [] }

/** Live or not, how each output fares, and the figures. */
export const useBroadcastStore = defineStore('broadcast', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const status = ref<BroadcastStatus>(UNTIL_TOLD)
  const singles = ref<SinglesStatus>({})
  const known = ref(false)
  const figures = ref<BroadcastFigures | null>(null)
  const traces = ref<Record<string, Trace>>({})
  const busy = ref(false)

  const statusOf = computed(() => new Map<string, OutputStatus>(status.value.outputs.map((each) => [each.destinationId, each])))
  const framesDropped = computed(() => {
    const dropped = Object.values(figures.value?.outputs ?? {}).reduce((sum, each) => sum + each.totalFramesDropped, 0)
    return dropped + (figures.value?.program?.framesDropped ?? 0)
  })

  bridge.broadcast.watch('status', (next) => {
    status.value = next
    known.value = true
  })
  bridge.broadcast.watch('singles', (next) => {
    singles.value = next
  })
  bridge.broadcast.watch('figures', (next) => {
    figures.value = next
    for (const [id, each] of Object.entries(next.outputs)) sample(id, next.atMs, each.bitrateKbps, each.queueMs)
  })

  function sample(id: string, atMs: number, bitrateKbps: number, queueMs: number): void {
    const before = traces.value[id] ?? { atMs: [], bitrateKbps: [], queueMs: [] }
    const add = (values: number[], value: number) => [...values.slice(1 - TRACE_SAMPLES), value]
    traces.value[id] = { atMs: add(before.atMs, atMs), bitrateKbps: add(before.bitrateKbps, bitrateKbps), queueMs: add(before.queueMs, queueMs) }
  }

  async function once(act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    await notices.guard(act)
    busy.value = false
  }

  const goLive = () => once(() => bridge.broadcast.goLive({}))
  const end = () => once(() => bridge.broadcast.end({}))
  const retryNow = (destinationId: string) => notices.guard(() => bridge.broadcast.retryNow({ destinationId }))
  /** While live only the rate can change; main refuses the rest. */
  const setEncoding = (encoding: Encoding) =>
    notices.guard(() => (status.value.live ? bridge.broadcast.setVideoKbps({ videoKbps: encoding.videoKbps }) : bridge.broadcast.setEncoding(encoding)))

  return { status, singles, known, figures, traces, busy, statusOf, framesDropped, goLive, end, retryNow, setEncoding }
})
