import { describe, expect, it } from 'vitest'
import type { SourceOf } from '@shared/domain/source.ts'
import { DeviceUse, realDevice } from './device-use.ts'
import { fakeContext, FakeStream, FakeTrack } from './fake-context.ts'
import { SourceManager } from './source-manager.ts'

const camera = (id: string, deviceId: string, more: Partial<SourceOf<'camera'>> = {}): SourceOf<'camera'> => ({
  id, name: id, kind: 'camera', deviceId, deviceLabel: deviceId && `Cam ${deviceId}`, width: 1280, height: 720, frameRate: 30, ...more,
})

class CameraTrack extends FakeTrack {
  constructor(private readonly id: string) {
    super('video', `Cam ${id}`)
  }
  getSettings = (): MediaTrackSettings => ({ deviceId: this.id })
}

/** Cameras that can be pulled out and put in again, in the browser's order: the first is the system's default. */
function rig(plugged: string[]) {
  const fake = fakeContext()
  const { clock, state } = fake
  const { tell: _, deviceUse: __, ...parts } = fake.context
  const open = new Map<string, FakeTrack[]>()
  const held = new Set<string>()
  const list = () => (state.listed = plugged.map((id) => ({ kind: 'videoinput', deviceId: id, label: `Cam ${id}` })))
  list()
  state.answer = async () => {
    const { video } = state.asked.at(-1) as { video: { deviceId?: { exact: string } } }
    const id = video.deviceId?.exact ?? plugged[0]
    if (!id || !plugged.includes(id)) throw new DOMException('', 'NotFoundError')
    if (held.has(id)) throw new DOMException('', 'NotReadableError')
    const track = new CameraTrack(id)
    open.set(id, [...(open.get(id) ?? []), track])
    return new FakeStream([track])
  }
  const end = (id: string) => open.get(id)?.filter(({ stopped }) => !stopped).forEach((track) => track.end())
  const manager = new SourceManager(parts, () => {})
  return {
    manager, clock, held, asked: () => state.asked.length, openTracks: (id: string) => (open.get(id) ?? []).filter(({ stopped }) => !stopped).length,
    end,
    async pull(id: string) {
      plugged = plugged.filter((each) => each !== id)
      list()
      end(id)
      manager.devicesChanged()
      await clock.advance(400)
    },
    async plug(id: string) {
      plugged = [...plugged, id]
      list()
      manager.devicesChanged()
      await clock.advance(400)
    },
    see: (id = 'a') => {
      const { condition, label, standIn } = manager.statuses().find(({ sourceId }) => sourceId === id)!
      return condition === 'active' ? `${label}${standIn ? ' stands in' : ''}` : condition
    },
  }
}

describe('a camera that is lost', () => {
  it('is stood in for after 2 s, and taken again within 1 s of its return, without a moment of nothing', async () => {
    const { manager, clock, pull, plug, see, openTracks } = rig(['built-in', 'usb'])
    manager.setSources([camera('a', 'usb')])
    await clock.advance(0)
    await pull('usb')
    await clock.advance(1500)
    expect(see()).toBe('ended')
    await clock.advance(200)
    expect(see()).toBe('Cam built-in stands in')
    await plug('usb')
    expect([see(), openTracks('built-in'), openTracks('usb')]).toEqual(['Cam usb', 0, 1])
    await clock.advance(60_000)
    expect([see(), openTracks('usb')]).toEqual(['Cam usb', 1])
  })

  it('that is back before is never stood in for', async () => {
    const { manager, clock, pull, plug, see, asked } = rig(['built-in', 'usb'])
    manager.setSources([camera('a', 'usb')])
    await clock.advance(0)
    await pull('usb')
    await plug('usb')
    expect(see()).toBe('Cam usb')
    await clock.advance(10_000)
    expect([see(), asked()]).toEqual(['Cam usb', 2])
  })

  it('is opened again when it ended but never left the list', async () => {
    const { manager, clock, see, end } = rig(['built-in', 'usb'])
    manager.setSources([camera('a', 'usb')])
    await clock.advance(0)
    end('usb')
    await clock.advance(1900)
    expect(see()).toBe('ended')
    await clock.advance(200)
    expect(see()).toBe('Cam usb')
  })

  it('stays lost where there is no other, and where the only other one is another source’s, open or not', async () => {
    const alone = rig(['usb'])
    alone.manager.setSources([camera('a', 'usb')])
    await alone.clock.advance(0)
    await alone.pull('usb')
    await alone.clock.advance(10_000)
    expect(alone.see()).toBe('ended')

    const shared = rig(['built-in', 'usb'])
    shared.held.add('built-in')
    shared.manager.setSources([camera('a', 'usb'), camera('b', 'built-in')])
    await shared.clock.advance(0)
    expect(shared.see('b')).toBe('busy')
    await shared.pull('usb')
    shared.held.clear()
    await shared.clock.advance(20_000)
    expect([shared.see('a'), shared.see('b')]).toEqual(['ended', 'Cam built-in'])
  })

  it('takes one that the show has used before rather than the system’s default, and no third one', async () => {
    const { manager, clock, pull, see } = rig(['built-in', 'spare', 'usb', 'never-used'])
    manager.setSources([camera('a', 'spare')])
    await clock.advance(0)
    manager.setSources([camera('a', 'usb')])
    await clock.advance(0)
    await pull('usb')
    await clock.advance(2000)
    expect(see()).toBe('Cam spare stands in')
    await pull('spare')
    await clock.advance(2000)
    expect(see()).toBe('Cam built-in stands in')
    await pull('built-in')
    await clock.advance(2000)
    // What is the system's default now.
    expect(see()).toBe('Cam never-used stands in')
  })

  it('is stood in for by different devices when two are lost at once', async () => {
    const { manager, clock, pull, see } = rig(['built-in', 'usb', 'usb-2'])
    manager.setSources([camera('a', 'usb'), camera('b', 'usb-2')])
    await clock.advance(0)
    await pull('usb')
    await pull('usb-2')
    await clock.advance(5000)
    expect([see('a'), see('b')].sort()).toEqual(['Cam built-in stands in', 'ended'])
  })

  it('keeps what stands in while its own device is back but held by another program', async () => {
    const { manager, clock, pull, plug, see, held } = rig(['built-in', 'usb'])
    manager.setSources([camera('a', 'usb')])
    await clock.advance(0)
    await pull('usb')
    await clock.advance(2000)
    held.add('usb')
    await plug('usb')
    expect(see()).toBe('Cam built-in stands in')
    held.clear()
    await clock.advance(6000)
    expect(see()).toBe('Cam usb')
  })

  it('is stood in for when the system’s default was meant, too', async () => {
    const { manager, clock, pull, plug, see } = rig(['usb', 'built-in'])
    manager.setSources([camera('a', '')])
    await clock.advance(0)
    expect(see()).toBe('Cam usb')
    await pull('usb')
    await clock.advance(2000)
    expect(see()).toBe('Cam built-in stands in')
    await plug('usb')
    expect(see()).toBe('Cam usb')
  })

  it('is not stood in for where that is switched off, nor where it was never there', async () => {
    const { manager, clock, pull, plug, see } = rig(['built-in', 'usb'])
    manager.setSources([camera('a', 'usb', { standIn: false }), camera('b', 'absent')])
    await clock.advance(0)
    await pull('usb')
    await clock.advance(10_000)
    expect([see('a'), see('b')]).toEqual(['ended', 'missing'])
    await plug('usb')
    expect(see('a')).toBe('Cam usb')
  })

  it('goes on standing in through a restart and another size, and ends with the source', async () => {
    const { manager, clock, pull, see, openTracks } = rig(['built-in', 'usb'])
    manager.setSources([camera('a', 'usb')])
    await clock.advance(0)
    await pull('usb')
    await clock.advance(2000)
    await manager.restart('a')
    expect(see()).toBe('Cam built-in stands in')
    manager.setSources([camera('a', 'usb', { width: 640, height: 480 })])
    await clock.advance(100)
    expect([see(), openTracks('built-in')]).toEqual(['Cam built-in stands in', 1])
    manager.setSources([])
    await clock.advance(60_000)
    expect([openTracks('built-in'), clock.timers]).toEqual([0, 0])
  })
})

describe('the default device', () => {
  it('is known by the one that it stands for', () => {
    const listed = [
      { kind: 'audioinput', deviceId: 'default', label: 'Default - Desk microphone', groupId: '' },
      { kind: 'audioinput', deviceId: 'x', label: 'Headset', groupId: 'h' },
      { kind: 'audioinput', deviceId: 'y', label: 'Desk microphone', groupId: 'd' },
    ] as const
    expect(realDevice(listed, 'audioinput', { deviceId: 'default', label: 'Default - Desk microphone' })).toEqual({ deviceId: 'y', label: 'Desk microphone' })
    expect(new DeviceUse().standIns('a', 'audioinput', listed)).toEqual([{ deviceId: 'y', label: 'Desk microphone' }])
  })
})
