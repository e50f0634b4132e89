import { describe, expect, it } from 'vitest'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { WatchEvent } from '@shared/domain/watchdogs.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { allWatchdogs } from './all-watchdogs.ts'
import { WatchKeeper } from './watch-keeper.ts'
import type { WatchedSource, WatchFacts } from './watchdog.ts'

const CAMERA = { id: 'cam', name: 'Camera', kind: 'camera', deviceId: '', deviceLabel: '', width: 1280, height: 720, frameRate: 30 } as const
const MICROPHONE = { id: 'mic', name: 'Microphone', kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: false, noiseSuppression: false, autoGainControl: false } as const
const status = (change: Partial<SourceStatus> = {}): SourceStatus => ({ sourceId: 'x', condition: 'active', width: 1280, height: 720, frameRate: 30, hasAudio: false, label: 'A device', evidence: '', ...change })
const picture = (change: Partial<NonNullable<NonNullable<SourceStatus['vitals']>['picture']>>) => ({ vitals: { picture: { stillForMs: 0, blackForMs: 0, luma: 100, ...change } } })
const sound = (change: Partial<NonNullable<NonNullable<SourceStatus['vitals']>['sound']>>) => ({ vitals: { sound: { peakDbfs: -20, silentForMs: 0, clippingForMs: 0, ...change } } })
const camera = (change: Partial<SourceStatus>): WatchedSource => ({ source: CAMERA, status: status(change), heard: false })
const microphone = (change: Partial<SourceStatus>, heard = true): WatchedSource => ({ source: MICROPHONE, status: status(change), heard })

function rig() {
  const clock = new FakeClock()
  const told: WatchEvent[] = []
  const done: string[] = []
  const given = { on: true, facts: { sources: [], bottlenecks: [], minutesLeft: null, battery: null, network: null, clockJumpMs: 0 } as WatchFacts }
  let ids = 0
  const keeper = new WatchKeeper({
    watchdogs: allWatchdogs(), clock, log: silentLogger, newId: () => `e${++ids}`, isOn: () => given.on, facts: () => given.facts,
    remedies: { restartSource: (id) => done.push(`restart ${id}`), wakeOutputs: () => done.push('wake') },
    onBattery: () => {}, onEvent: (event) => told.push(event),
  })
  const see = async (facts: Partial<WatchFacts>, forMs = 500) => {
    given.facts = { ...given.facts, clockJumpMs: 0, ...facts }
    await clock.advance(forMs)
  }
  return { keeper, clock, told, done, given, see, names: () => keeper.active.value.map(({ watchdog }) => watchdog) }
}

describe('each watchdog', () => {
  it.each<[string, Partial<WatchFacts>, Partial<WatchFacts>]>([
    ['picture-frozen', { sources: [camera(picture({ stillForMs: 3000 }))] }, { sources: [camera(picture({ stillForMs: 2500 }))] }],
    ['capture-dead', { sources: [camera({ ...picture({ stillForMs: 3000 }), frameRate: 0 })] }, { sources: [camera({ frameRate: 0 })] }],
    ['picture-black', { sources: [camera(picture({ blackForMs: 5000 }))] }, { sources: [camera(picture({ blackForMs: 4500 }))] }],
    ['sound-silent', { sources: [microphone(sound({ silentForMs: 5000 }))] }, { sources: [microphone(sound({ silentForMs: 5000 }), false)] }],
    ['sound-clipping', { sources: [microphone(sound({ clippingForMs: 2000, peakDbfs: 0 }))] }, { sources: [microphone(sound({ clippingForMs: 1500, peakDbfs: 0 }))] }],
    ['device-lost', { sources: [microphone({ condition: 'ended' })] }, { sources: [microphone({ condition: 'starting' })] }],
    ['device-swapped', { sources: [camera({ standIn: true, label: 'Other' })] }, { sources: [camera({ label: 'Other' })] }],
    ['encoder-slow', { bottlenecks: [{ stage: 'encode', destinationId: null, seen: 12, wanted: 30, unit: 'fps', severity: 'bad' }] }, { bottlenecks: [{ stage: 'encode', destinationId: null, seen: 28, wanted: 30, unit: 'fps', severity: 'warn' }] }],
    ['disk-low', { minutesLeft: 9.5 }, { minutesLeft: 11 }],
    ['battery-low', { battery: { onBattery: true, percent: 20 } }, { battery: { onBattery: false, percent: 5 } }],
  ])('%s barks when it should, and not when it should not', async (name, bad, good) => {
    const { see, names, told } = rig()
    await see(good)
    expect(names()).toEqual([])
    await see(bad)
    expect(names()).toEqual([name])
    await see(good, 8000)
    expect(names()).toEqual([])
    expect(told.at(-1)).toMatchObject({ watchdog: name, endedAtMs: expect.any(Number) })
  })

  it('tells of a network that has changed and lets the outputs try at once, but not of the first look', async () => {
    const { see, told, done, names } = rig()
    await see({ network: 'eth0 10.0.0.2' })
    expect(told).toEqual([])
    await see({ network: 'wlan0 10.0.9.9' })
    expect(told).toMatchObject([{ watchdog: 'network-changed', params: { network: 'wlan0 10.0.9.9' }, recovery: 'mended' }])
    expect([done, names()]).toEqual([['wake'], []])
  })

  it('tells of a clock that was set, either way', async () => {
    const { see, told } = rig()
    await see({ clockJumpMs: 1500 })
    await see({ clockJumpMs: -3600_000 })
    expect(told).toMatchObject([{ watchdog: 'clock-jump', params: { seconds: -3600 } }])
  })
})

describe('WatchKeeper', () => {
  it('starts a dead source again at once, then now and then, then says that it is of no use', async () => {
    const { see, done, told } = rig()
    const dead = { sources: [camera(picture({ stillForMs: 9000 }))] }
    await see(dead)
    expect(done).toEqual(['restart cam'])
    await see(dead, 60_000)
    expect(done).toHaveLength(3)
    expect(told.at(-1)).toMatchObject({ recovery: 'failed', endedAtMs: null })
  })

  it('takes a source that freezes again after every restart for one that is broken, and lets it be', async () => {
    const { see, done, told } = rig()
    for (let round = 0; round < 20; round++) {
      await see({ sources: [camera(picture({ stillForMs: 3500 }))] })
      // A capture that was started again has not stood still for long enough yet.
      await see({ sources: [camera(picture({ stillForMs: 1000 }))] }, 3000)
    }
    expect(done).toHaveLength(3)
    expect(new Set(told.map(({ id }) => id)).size).toBe(1)
    expect(told.at(-1)).toMatchObject({ watchdog: 'picture-frozen', recovery: 'failed', endedAtMs: null })
  })

  it('says what became of it', async () => {
    const { see, told } = rig()
    await see({ sources: [camera(picture({ stillForMs: 3000 })), microphone(sound({ clippingForMs: 3000, peakDbfs: 0 }))] })
    await see({ sources: [] }, 8000)
    // The clipping is over at once; the camera has to look well for a while, and counts as mended since it did.
    expect(told.at(-1)!.endedAtMs! - told.at(-1)!.beganAtMs).toBe(500)
    expect(told.slice(-2).map(({ watchdog, recovery }) => [watchdog, recovery])).toEqual([['sound-clipping', 'by-itself'], ['picture-frozen', 'mended']])
  })

  it('leaves alone what is meant to be so, until it is over', async () => {
    const { keeper, see, done, names } = rig()
    const still = { sources: [camera(picture({ stillForMs: 3000 }))] }
    await see(still)
    keeper.handlers.ignore({ eventId: keeper.active.value[0]!.id })
    expect(names()).toEqual([])
    await see(still, 60_000)
    expect(done).toHaveLength(1)
    await see({ sources: [] }, 8000)
    await see(still)
    expect(names()).toEqual(['picture-frozen'])
    expect(() => keeper.handlers.ignore({ eventId: 'none' })).toThrow()
  })

  it('keeps each event once in the history of the show, and begins anew with the next show', async () => {
    const { keeper, given, see } = rig()
    await see({ minutesLeft: 5 })
    await see({ minutesLeft: 50 })
    expect(keeper.history.value).toMatchObject([{ watchdog: 'disk-low', endedAtMs: expect.any(Number) }])
    given.on = false
    await see({ minutesLeft: 5 })
    expect(keeper.history.value).toHaveLength(1)
    given.on = true
    await see({ minutesLeft: 50 })
    expect(keeper.history.value).toEqual([])
  })

  it('asks nobody while no show is on, and ends what lasts when it ends', async () => {
    const { given, see, told, clock, keeper } = rig()
    await see({ minutesLeft: 5 })
    given.on = false
    await see({ minutesLeft: 5 })
    expect(told.at(-1)?.endedAtMs).not.toBeNull()
    keeper.close()
    expect(clock.pending).toBe(0)
  })
})
