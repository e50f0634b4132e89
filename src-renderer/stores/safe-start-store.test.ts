import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { createApp } from 'vue'
import type { UncleanEnd } from '@shared/contracts/safe-start.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { useNoticesStore } from './notices-store.ts'
import { useSafeStartStore } from './safe-start-store.ts'

const END: UncleanEnd = { version: '1', startedAtMs: 1, liveSinceMs: null, recordingSinceMs: null, destinations: [] }

function rig() {
  const bridge = new FakeBridge()
  const app = createApp({ render: () => null })
  give(app, { bridge, engine: new FakeEngine(), clock: new FakePageClock() })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
  return { bridge, store: useSafeStartStore() }
}

it.each<[string, Partial<UncleanEnd>, boolean, string[]]>([
  ['was live', { destinations: [{ id: 'a', name: 'A' }] }, false, ['go-on', 'safe', 'open']],
  ['was recording', { recordingSinceMs: 2 }, false, ['go-on', 'safe', 'open']],
  ['did nothing', {}, false, ['open', 'safe']],
  ['died at its start again', { recordingSinceMs: 2 }, true, ['safe', 'go-on', 'open']],
])('after a studio that %s, the best choice is the first', (_case, end, suggestSafe, choices) => {
  const { bridge, store } = rig()
  bridge.safety.state.set({ safe: suggestSafe, suggestSafe, uncleanEnd: { ...END, ...end } })
  expect(store.choices).toEqual(choices)
})

it('a show that cannot go on says why', async () => {
  const { bridge, store } = rig()
  bridge.failNext = new StudioError('no-destination')
  await store.answer('go-on')
  expect(useNoticesStore().all).toMatchObject([{ reason: 'no-destination' }])
})
