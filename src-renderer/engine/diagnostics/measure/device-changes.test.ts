import { describe, expect, it } from 'vitest'
import { FakeEngineClock } from '../../fake-clock.ts'
import { diagnosticClock } from '../diagnostic-clock.ts'
import { deviceChanges, type ListedDevice } from './device-changes.ts'
import { FakeMedia } from './fake-media.ts'
import { watchDevices } from './watch-devices.ts'

const camera = (deviceId: string, label = `Camera ${deviceId}`, groupId = `group-${deviceId}`): ListedDevice => ({ kind: 'videoinput', deviceId, label, groupId })
const told = (before: ListedDevice[], after: ListedDevice[]) => deviceChanges(before, after).map(({ change, device }) => `${change} ${device.label}`)

describe('deviceChanges', () => {
  it('names what came and what went', () => {
    expect(told([camera('a'), camera('b')], [camera('b'), camera('c')])).toEqual(['went Camera a', 'came Camera c'])
    expect(told([camera('a')], [camera('a')])).toEqual([])
  })
  it('knows a device again that has a new id', () => {
    expect(told([camera('a', 'Cam', 'usb')], [camera('z', 'Cam', 'usb')])).toEqual([])
  })
  it('tells two of the same make apart', () => {
    expect(told([camera('a', 'Cam', 'usb'), camera('b', 'Cam', 'usb')], [camera('z', 'Cam', 'usb')])).toEqual(['went Cam'])
  })
  it('is not misled by another kind, by what only stands for a device, or by lists without names', () => {
    expect(told([camera('a', 'X', 'g')], [{ kind: 'audioinput', deviceId: 'a', label: 'X', groupId: 'g' }])).toEqual(['went X', 'came X'])
    expect(told([], [camera('default'), camera('communications'), camera('', '')])).toEqual([])
  })
})

describe('watchDevices', () => {
  function watched(...listed: ListedDevice[]) {
    const clock = new FakeEngineClock()
    const media = new FakeMedia(listed)
    const news: string[] = []
    const stop = watchDevices(media, diagnosticClock(clock), (changes) => news.push(...changes.map(({ change, device }) => `${clock.monotonicMs()} ${change} ${device.label}`)))
    return { clock, media, news, stop }
  }

  it('tells a plug once, though it makes several events', async () => {
    const { clock, media, news, stop } = watched(camera('a'))
    await clock.advance(0)
    media.put(camera('b'))
    await clock.advance(100)
    media.put()
    await clock.advance(1000)
    expect(news).toEqual(['400 came Camera b'])
    stop()
  })
  it('tells within a second, though events never end', async () => {
    const { clock, media, news, stop } = watched(camera('a'))
    await clock.advance(0)
    media.take('a')
    for (let times = 0; times < 20; times++) {
      await clock.advance(100)
      media.put()
    }
    expect(news).toHaveLength(1)
    expect(Number(news[0]!.split(' ')[0])).toBeLessThanOrEqual(1000)
    stop()
  })
  it('says nothing any more once it was stopped, and leaves nothing behind', async () => {
    const { clock, media, news, stop } = watched(camera('a'))
    await clock.advance(0)
    media.take('a')
    stop()
    await clock.advance(2000)
    expect(news).toEqual([])
    expect(clock.timers).toBe(0)
    expect(media.listeners).toBe(0)
  })
})
