import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import { StudioError } from '@shared/domain/errors.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { ALL_WELL } from '../dev/fake-preflight.ts'
import { renameShow } from '../show-editing/show-edits.ts'
import { sourceOfEachKind } from '../show-editing/sample-show.ts'
import { useBroadcastStore } from './broadcast-store.ts'
import { usePreferencesStore } from './preferences-store.ts'
import { NO_ANSWER_AFTER_MS, usePreflightStore } from './preflight-store.ts'
import { useShowStore } from './show-store.ts'

let bridge: FakeBridge
let clock: FakePageClock
const asked = (): string[] => bridge.calls.filter(({ call }) => ['check', 'goLive', 'save'].includes(call)).map(({ call }) => call)

beforeEach(() => {
  bridge = new FakeBridge({ show: sourceOfEachKind('show-1') })
  clock = new FakePageClock()
  const app = createApp({ render: () => null })
  give(app, { bridge, engine: new FakeEngine(), clock })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
})

const muted = { ...ALL_WELL, 'show.sound': { status: 'fail', code: 'all-muted' }, 'show.sources': { status: 'warn', code: 'black' } } as const

describe('going live', () => {
  it('goes on at once where nothing is wrong', async () => {
    const preflight = usePreflightStore()
    await preflight.goLive()
    expect(asked()).toEqual(['check', 'goLive'])
    expect(preflight.open).toBe(false)
    expect(clock.pending).toBe(0)
  })

  it.each(['skipped', 'error', 'pass'] as const)('is not held up by what is %s', async (status) => {
    bridge.ahead.findings = { 'show.encoder': { status, code: 'timed-out' } }
    await usePreflightStore().goLive()
    expect(bridge.status.state.live).toBe(true)
  })

  it('asks where something is wrong, failures first', async () => {
    bridge.ahead.findings = muted
    const preflight = usePreflightStore()
    await preflight.goLive()
    expect(bridge.status.state.live).toBe(false)
    expect(preflight.open).toBe(true)
    expect(preflight.problems.map(({ name }) => name)).toEqual(['show.sound', 'show.sources'])
    expect(preflight.others).toHaveLength(Object.keys(ALL_WELL).length - 2)
    await preflight.goLiveAnyway()
    expect(bridge.status.state.live).toBe(true)
    expect(preflight.open).toBe(false)
  })

  it('does not go live by itself once all is well', async () => {
    bridge.ahead.findings = muted
    const preflight = usePreflightStore()
    await preflight.goLive()
    bridge.ahead.findings = ALL_WELL
    await preflight.check()
    expect(preflight.problems).toEqual([])
    expect([preflight.open, bridge.status.state.live]).toEqual([true, false])
  })

  it('can be had without waiting; what is found then is of no use', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    bridge.ahead.findings = muted
    bridge.ahead.hold = promise
    const preflight = usePreflightStore()
    const going = preflight.goLive()
    await preflight.goLive()
    expect([preflight.checking, asked()]).toEqual([true, ['check']])
    await preflight.goLiveAnyway()
    expect(bridge.status.state.live).toBe(true)
    resolve()
    await going
    expect([preflight.open, preflight.checking, asked()]).toEqual([false, false, ['check', 'goLive']])
  })

  it('does not wait for a studio that does not answer, or cannot', async () => {
    bridge.ahead.hold = new Promise(() => {})
    const preflight = usePreflightStore()
    const going = preflight.goLive()
    clock.advance(NO_ANSWER_AFTER_MS)
    await going
    expect(bridge.status.state.live).toBe(true)
    await useBroadcastStore().end()
    bridge.failNext = new StudioError('unexpected')
    await preflight.goLive()
    expect(bridge.status.state.live).toBe(true)
  })

  it('does not ask when somebody else has gone live meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    bridge.ahead.findings = muted
    bridge.ahead.hold = promise
    const preflight = usePreflightStore()
    const going = preflight.goLive()
    await bridge.broadcast.goLive({})
    resolve()
    await going
    expect(preflight.open).toBe(false)
  })

  it('looks at the show as it is in the window', async () => {
    const shows = useShowStore()
    await shows.load()
    shows.edit(renameShow('now'))
    await usePreflightStore().goLive()
    expect(asked()).toEqual(['save', 'check', 'goLive'])
  })

  it('does not look when that is switched off, which is remembered', async () => {
    bridge.ahead.findings = muted
    const preflight = usePreflightStore()
    preflight.wanted = false
    await preflight.goLive()
    expect(asked()).toEqual(['goLive'])
    expect([usePreferencesStore().current.checkFirst, bridge.preferences.state.checkFirst]).toEqual([false, false])
  })
})

describe('looking without going live', () => {
  it('tells also that all is well', async () => {
    const preflight = usePreflightStore()
    await preflight.check()
    expect([preflight.open, preflight.report?.checks.length, bridge.status.state.live]).toEqual([true, Object.keys(ALL_WELL).length, false])
  })

  it('is forgotten when it is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    bridge.ahead.hold = promise
    const preflight = usePreflightStore()
    const looking = preflight.check()
    preflight.close()
    resolve()
    await looking
    expect([preflight.open, preflight.checking, preflight.report]).toEqual([false, false, null])
  })
})
