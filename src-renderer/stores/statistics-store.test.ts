import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import type { StatisticsSample } from '@shared/domain/statistics.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { sourceOfEachKind } from '../show-editing/sample-show.ts'
import { useStatisticsStore } from './statistics-store.ts'

let bridge: FakeBridge
beforeEach(() => {
  bridge = new FakeBridge({ show: sourceOfEachKind('show-1') })
  const app = createApp({ render: () => null })
  give(app, { bridge, engine: new FakeEngine(), clock: new FakePageClock() })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
})

const at = (second: number): StatisticsSample => ({ atMs: 3_600_000_000 + second * 1000, live: true, program: null, outputs: {} })
const measured = (second: number) => bridge.measured.set({ sample: at(second), bottlenecks: [] })

describe('the seconds that were measured', () => {
  it('are those before the page looked and those since, each once', async () => {
    bridge.samples = [at(1), at(2)]
    bridge.measured.set({ sample: at(2), bottlenecks: [] })
    const store = useStatisticsStore()
    measured(3)
    await expect.poll(() => store.recent).toEqual([at(1), at(2), at(3)])
  })

  it('go on when the computer’s clock is set back', async () => {
    bridge.samples = [at(0)]
    const store = useStatisticsStore()
    await expect.poll(() => store.recent).toEqual([at(0)])
    for (const second of [1, 2, 3, -3600, -3599]) measured(second)
    expect(store.recent).toEqual([at(-3600), at(-3599)])
  })
})
