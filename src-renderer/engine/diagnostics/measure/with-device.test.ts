import { describe, expect, it } from 'vitest'
import type { LiveFigures, Performing } from '@shared/diagnostics/diagnostic.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeEngineClock } from '../../fake-clock.ts'
import { diagnosticClock } from '../diagnostic-clock.ts'
import type { ListedDevice } from './device-changes.ts'
import { FakeMedia } from './fake-media.ts'
import { RETURN_WITHIN_MS, withDevice } from './with-device.ts'

const CAMERA: ListedDevice = { kind: 'videoinput', deviceId: 'cam', label: 'Desk Cam', groupId: 'usb-1' }

/** A measurement of two seconds with the only camera there is. */
function measured({ deviceId = '', listed = [CAMERA], failure = null as unknown, silent = false } = {}) {
  const clock = new FakeEngineClock()
  const media = new FakeMedia(listed)
  media.silent = silent
  if (failure) media.failures.push(failure)
  const ending = new AbortController()
  const live: LiveFigures[] = []
  const given: Performing = { log: { info() {}, warn() {} }, clock: diagnosticClock(clock), signal: ending.signal, options: {}, progress: (_fraction, figures) => figures && live.push(figures) }
  let runs = 0
  const done = withDevice(media as unknown as MediaDevices, { kind: 'videoinput', deviceId }, given, async (_track, signal) => {
    runs++
    await given.clock.sleep(2000, signal)
    return { status: 'pass' as const, code: 'good', data: { run: runs } }
  })
  done.catch(() => {})
  return { clock, media, ending, live, done, runs: () => runs, allStopped: () => media.opened.every(({ stopped }) => stopped) }
}

describe('withDevice', () => {
  it('measures and lets the device go', async () => {
    const { clock, done, media, allStopped } = measured()
    await clock.advance(2000)
    expect(await done).toEqual({ status: 'pass', code: 'good', data: { run: 1 } })
    expect(media.opened).toHaveLength(1)
    expect(allStopped()).toBe(true)
  })

  it('tells at once that the device was pulled out, and goes on by itself when it is back under a new id', async () => {
    const { clock, media, live, done, allStopped } = measured({ deviceId: 'cam' })
    await clock.advance(1000)
    media.take('cam')
    await clock.advance(0)
    expect(live).toEqual([{ unplugged: 'Desk Cam' }])
    await clock.advance(5000)
    media.put({ ...CAMERA, deviceId: 'cam-again' })
    await clock.advance(1000)
    expect(live.at(-1)).toEqual({ unplugged: false })
    await clock.advance(2000)
    expect(await done).toEqual({ status: 'pass', code: 'good', data: { run: 2, unplugged: 1 } })
    expect(allStopped()).toBe(true)
    expect(clock.timers).toBe(0)
    expect(media.listeners).toBe(0)
  })

  it('ends with a clear finding when it does not come back', async () => {
    const { clock, media, done } = measured()
    await clock.advance(500)
    media.take('cam')
    await clock.advance(RETURN_WITHIN_MS + 1000)
    expect(await done).toMatchObject({ status: 'fail', code: 'unplugged', params: { name: 'Desk Cam' } })
    expect(clock.timers).toBe(0)
  })

  it('does not take another device for it', async () => {
    const { clock, media, done, runs } = measured()
    await clock.advance(500)
    media.take('cam')
    await clock.advance(500)
    media.put({ kind: 'videoinput', deviceId: 'other', label: 'Lid Cam', groupId: 'usb-2' })
    await clock.advance(RETURN_WITHIN_MS + 1000)
    expect(await done).toMatchObject({ code: 'unplugged' })
    expect(runs()).toBe(1)
  })

  it('gives a loose plug up', async () => {
    const { clock, media, done } = measured()
    for (let times = 0; times < 7; times++) {
      await clock.advance(500)
      media.take('cam')
      await clock.advance(500)
      media.put(CAMERA)
      await clock.advance(1000)
    }
    expect(await done).toMatchObject({ code: 'unplugged', data: { unplugged: 6 } })
  })

  it.each([
    [new DOMException('Permission denied', 'NotAllowedError'), 'denied'],
    [new DOMException('Permission denied by system', 'NotAllowedError'), 'denied-by-system'],
    [new DOMException('Could not start video source', 'NotReadableError'), 'busy'],
    [new DOMException('Timeout starting video source', 'AbortError'), 'busy'],
  ])('finds why it cannot be opened: %s', async (thrown, code) => {
    expect(await measured({ failure: thrown }).done).toMatchObject({ status: 'fail', code, evidence: expect.stringContaining(thrown.name) })
  })

  it('tells a missing device from a chosen one that is missing', async () => {
    expect(await measured({ listed: [] }).done).toMatchObject({ code: 'missing' })
    expect(await measured({ deviceId: 'gone' }).done).toMatchObject({ code: 'chosen-missing', actions: ['choose-device', 'again'] })
  })

  it('does not wait for ever for a device that never answers', async () => {
    const { clock, done } = measured({ silent: true })
    await clock.advance(40_000)
    expect(await done).toMatchObject({ code: 'busy' })
  })

  it('ends at once when it is called off, also while it waits', async () => {
    const running = measured()
    await running.clock.advance(500)
    running.ending.abort(new StudioError('stopped'))
    await expect(running.done).rejects.toMatchObject({ reason: 'stopped' })
    expect(running.allStopped()).toBe(true)

    const waiting = measured()
    await waiting.clock.advance(500)
    waiting.media.take('cam')
    await waiting.clock.advance(1000)
    waiting.ending.abort(new StudioError('stopped'))
    await expect(waiting.done).rejects.toMatchObject({ reason: 'stopped' })
    expect(waiting.media.listeners).toBe(0)
    await waiting.clock.advance(0)
    expect(waiting.clock.timers).toBe(0)
  })
})
