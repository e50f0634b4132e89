import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { Source, SourceOf } from '@shared/domain/source.ts'
import { listDevices, unlockDevices } from '../devices.ts'
import { startCamera } from './camera.ts'
import { fakeContext, FakeStream, FakeTrack } from './fake-context.ts'
import { mediaFailure } from './media-failure.ts'
import { startMicrophone } from './microphone.ts'
import { startScreen } from './screen.ts'
import { SourceManager } from './source-manager.ts'

const CAMERA: SourceOf<'camera'> = { id: 'cam', name: 'Cam', kind: 'camera', deviceId: 'id-1', deviceLabel: 'Cam One', width: 1280, height: 720, frameRate: 30 }
const SCREEN: SourceOf<'screen'> = { id: 'scr', name: 'Screen', kind: 'screen', withAudio: true, frameRate: 30 }
const MICROPHONE: SourceOf<'microphone'> = {
  id: 'mic', name: 'Mic', kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: false, noiseSuppression: true, autoGainControl: false,
}
const failing = (name: string) => async (): Promise<FakeStream> => {
  throw new DOMException('as the test wants', name)
}

describe('a camera', () => {
  it('opens the saved device with the size and rate asked for', async () => {
    const { context, state, log, settle } = fakeContext()
    startCamera(CAMERA, context)
    await settle()
    expect(state.asked[0]).toEqual({ video: { deviceId: { exact: 'id-1' }, width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } })
    expect(log).toEqual(['cam starting', 'feed cam', 'cam active "Cam One"'])
  })

  it('finds a device whose id has changed by its label', async () => {
    const { context, state, settle } = fakeContext()
    state.listed = [{ kind: 'videoinput', deviceId: 'new', label: 'Cam One' }]
    startCamera(CAMERA, context)
    await settle()
    expect(state.asked[0]).toMatchObject({ video: { deviceId: { exact: 'new' } } })
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('shows %s as %s and puts a placeholder up', async (name, condition) => {
    const { context, state, log, settle } = fakeContext()
    state.answer = failing(name)
    startCamera(CAMERA, context)
    await settle()
    expect(log.slice(1)).toEqual(['away cam', `cam ${condition}`])
  })

  it('tries a device that another program holds again by itself, until it is stopped', async () => {
    const { context, state, log, clock, settle } = fakeContext()
    state.answer = failing('NotReadableError')
    const runner = startCamera(CAMERA, context)
    await settle()
    await clock.advance(4900)
    expect(state.asked).toHaveLength(1)
    await clock.advance(200)
    expect(state.asked).toHaveLength(2)
    state.answer = async () => new FakeStream([new FakeTrack('video', 'Cam One')])
    await clock.advance(5000)
    expect(log.at(-1)).toBe('cam active "Cam One"')
    await clock.advance(20_000)
    expect(state.asked).toHaveLength(3)
    runner.stop()

    state.answer = failing('NotReadableError')
    const other = startCamera(CAMERA, context)
    await settle()
    other.stop()
    await clock.advance(20_000)
    expect(state.asked).toHaveLength(4)
  })

  it('comes back by itself when its device does, and not before', async () => {
    const { context, state, log, settle } = fakeContext()
    const track = new FakeTrack('video', 'Cam One')
    state.answer = async () => new FakeStream([track])
    const runner = startCamera(CAMERA, context)
    await settle()
    track.end()
    expect(log.slice(-2)).toEqual(['away cam', 'cam ended'])
    expect(track.stopped).toBe(true)
    state.listed = [{ kind: 'videoinput', deviceId: 'other', label: 'Another' }]
    runner.onDevices()
    await settle()
    expect(state.asked).toHaveLength(1)
    state.listed.push({ kind: 'videoinput', deviceId: 'id-9', label: 'Cam One' })
    runner.onDevices()
    await settle()
    expect(state.asked).toHaveLength(2)
    expect(log.slice(-2)).toEqual(['feed cam', 'cam active "Cam One"'])
  })

  it('opens anew for another size, but not for another name', async () => {
    const { context, state, settle } = fakeContext()
    const first = new FakeTrack('video', 'Cam One')
    state.answer = async () => new FakeStream([first])
    const runner = startCamera(CAMERA, context)
    await settle()
    expect(runner.update({ ...CAMERA, name: 'Renamed' })).toBe(true)
    await settle()
    expect(state.asked).toHaveLength(1)
    runner.update({ ...CAMERA, width: 640, height: 480 })
    await settle()
    expect([state.asked.length, first.stopped]).toEqual([2, true])
  })

  it('lets go of a device that was granted only after the source had gone', async () => {
    const { context, state, log, settle } = fakeContext()
    const track = new FakeTrack('video', 'Cam One')
    let grant: (stream: FakeStream) => void = () => {}
    state.answer = () => new Promise((resolve) => (grant = resolve))
    const runner = startCamera(CAMERA, context)
    await settle()
    runner.stop()
    grant(new FakeStream([track]))
    await settle()
    expect(track.stopped).toBe(true)
    expect(log).not.toContain('feed cam')
  })
})

describe('a microphone', () => {
  it('goes to the mixer', async () => {
    const { context, state, log, settle } = fakeContext()
    state.answer = async () => new FakeStream([new FakeTrack('audio', 'Mic One')])
    const runner = startMicrophone(MICROPHONE, context)
    await settle()
    expect(state.asked[0]).toEqual({ audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: false } })
    expect(log).toEqual(['mic starting', 'sound mic stream', 'mic active "Mic One"'])
    runner.stop()
    expect(log.at(-1)).toBe('silence mic')
  })
})

describe('a screen', () => {
  it('brings picture and sound', async () => {
    const { context, state, log, settle } = fakeContext()
    state.answer = async () => new FakeStream([new FakeTrack('video', 'screen:1'), new FakeTrack('audio', 'System')])
    startScreen(SCREEN, context)
    await settle()
    expect(log).toEqual(['scr starting', 'feed scr', 'sound scr stream', 'scr active "screen:1"'])
  })

  it('waits to be chosen where the browser wants a gesture, and is there once chosen', async () => {
    const { context, state, log, settle } = fakeContext()
    state.answer = failing('InvalidStateError')
    const runner = startScreen(SCREEN, context)
    await settle()
    expect(log.at(-1)).toBe('scr ended')
    state.answer = async () => new FakeStream([new FakeTrack('video', 'screen:1')])
    await runner.choose()
    expect(log.at(-1)).toBe('scr active "screen:1"')
  })

  it('does not wait for ever for a picker that nobody answers, and stops what comes too late', async () => {
    const { context, state, log, clock, settle } = fakeContext()
    let grant: (stream: FakeStream) => void = () => {}
    state.answer = () => new Promise((resolve) => (grant = resolve))
    startScreen(SCREEN, context)
    await clock.advance(8000)
    expect(log.at(-1)).toBe('scr ended')
    const late = new FakeTrack('video', 'late')
    grant(new FakeStream([late]))
    await settle()
    expect(late.stopped).toBe(true)
    expect(clock.timers).toBe(0)
  })

  it('says that it was refused, to the caller too', async () => {
    const { context, state, log, settle } = fakeContext()
    state.answer = failing('NotAllowedError')
    const runner = startScreen(SCREEN, context)
    await settle()
    await expect(runner.choose()).rejects.toMatchObject({ reason: 'permission-denied' })
    expect(log.at(-1)).toBe('scr denied')
  })

  it('keeps what it shows when another choice is called off', async () => {
    const { context, state, log, settle } = fakeContext()
    const track = new FakeTrack('video', 'screen:1')
    state.answer = async () => new FakeStream([track])
    const runner = startScreen(SCREEN, context)
    await settle()
    state.answer = failing('NotAllowedError')
    await expect(runner.choose()).rejects.toBeInstanceOf(StudioError)
    expect(track.stopped).toBe(false)
    expect(log.at(-1)).toBe('scr active "screen:1"')
  })

  it('shows that sharing was stopped', async () => {
    const { context, state, log, settle } = fakeContext()
    const track = new FakeTrack('video', 'screen:1')
    state.answer = async () => new FakeStream([track])
    startScreen(SCREEN, context)
    await settle()
    track.end()
    expect(log.slice(-3)).toEqual(['away scr', 'silence scr', 'scr ended'])
  })
})

describe('the source manager', () => {
  function rig() {
    const fake = fakeContext()
    const { tell: _, ...parts } = fake.context
    let changes = 0
    const manager = new SourceManager(parts, () => void changes++)
    return { ...fake, manager, changes: () => changes }
  }
  const PATTERN: Source = { id: 'pat', name: 'Pattern', kind: 'test-pattern' }

  it('starts, keeps and stops sources as the show says', async () => {
    const { manager, log, state, settle } = rig()
    manager.setSources([CAMERA, PATTERN])
    await settle()
    manager.setSources([{ ...CAMERA }, { ...PATTERN, name: 'Other' }])
    await settle()
    expect(state.asked).toHaveLength(1)
    expect(manager.nameOf('pat')).toBe('Other')
    manager.setSources([PATTERN])
    expect(log.slice(-2)).toEqual(['away cam', 'remove cam'])
    expect(manager.statuses().map((each) => each.sourceId)).toEqual(['pat'])
  })

  it('starts anew what has changed its kind', async () => {
    const { manager, log, settle } = rig()
    manager.setSources([PATTERN])
    manager.setSources([{ ...CAMERA, id: 'pat' }])
    await settle()
    expect(log.slice(-2)).toEqual(['remove pat', 'feed pat'])
    expect(manager.statuses()[0]).toMatchObject({ sourceId: 'pat', condition: 'active', label: 'Cam One' })
  })

  it('shows sizes and rates of what is active only', async () => {
    const { manager, state, settle } = rig()
    state.answer = failing('NotFoundError')
    manager.setSources([CAMERA, PATTERN])
    await settle()
    manager.setSeen({ cam: { width: 640, height: 360, frameRate: null }, pat: { width: 1280, height: 720, frameRate: null } }, new Map())
    expect(manager.statuses()).toMatchObject([{ condition: 'missing', width: 0 }, { condition: 'active', width: 1280, height: 720 }])
  })

  it('lets plugging settle before it tries devices again', async () => {
    const { manager, state, clock, settle } = rig()
    state.answer = failing('NotReadableError')
    manager.setSources([CAMERA])
    await settle()
    for (let index = 0; index < 5; index++) {
      manager.devicesChanged()
      await clock.advance(100)
    }
    expect(state.asked).toHaveLength(1)
    await clock.advance(300)
    expect(state.asked).toHaveLength(2)
  })

  it('holds devices, screens and web pages back in a safe start, and starts them once it is over', async () => {
    const { manager, state, log, clock, settle } = rig()
    manager.hold(true)
    const PAGE: SourceOf<'web-page'> = { id: 'web', name: 'Page', kind: 'web-page', address: 'https://example.org', width: 640, height: 360, frameRate: 30, css: '' }
    manager.setSources([CAMERA, MICROPHONE, SCREEN, PAGE, PATTERN])
    manager.devicesChanged()
    await manager.restart('cam')
    await clock.advance(10_000)
    expect(manager.statuses().map(({ condition }) => condition)).toEqual(['held', 'held', 'held', 'held', 'active'])
    expect([state.asked, clock.timers]).toEqual([[], 0])
    expect(log).toContain('away cam')
    manager.hold(false)
    await settle()
    expect(state.asked).toHaveLength(3)
    expect(manager.statuses()[0]).toMatchObject({ condition: 'active' })
    manager.hold(true)
    expect(manager.statuses()[0]).toMatchObject({ condition: 'held', standIn: false })
  })

  it('knows which sources are screens', async () => {
    const { manager } = rig()
    manager.setSources([PATTERN])
    await expect(manager.chooseScreen('pat')).rejects.toMatchObject({ reason: 'input-invalid' })
    await expect(manager.chooseScreen('none')).rejects.toMatchObject({ reason: 'not-found' })
  })
})

describe('devices', () => {
  it('are listed with ids only', async () => {
    const { context, state } = fakeContext()
    state.listed.push({ kind: 'audioinput', deviceId: '', label: '' }, { kind: 'audioinput', deviceId: 'm', label: 'Mic' })
    expect(await listDevices(context.devices)).toEqual({ cameras: [{ deviceId: 'id-1', label: 'Cam One' }], microphones: [{ deviceId: 'm', label: 'Mic' }], speakers: [] })
  })

  it('are unlocked with what there is', async () => {
    const { context, state } = fakeContext()
    const track = new FakeTrack('audio', 'Mic')
    state.answer = async () => {
      if ('video' in (state.asked.at(-1) as object)) throw new DOMException('', 'NotFoundError')
      return new FakeStream([track])
    }
    await unlockDevices(context.devices)
    expect(track.stopped).toBe(true)
    state.answer = failing('NotAllowedError')
    await expect(unlockDevices(context.devices)).rejects.toMatchObject({ reason: 'permission-denied' })
  })

  it('give evidence with the failure’s name', () => {
    expect(mediaFailure(new DOMException('in use', 'NotReadableError'))).toEqual({ condition: 'busy', reason: 'device-busy', evidence: 'NotReadableError: in use' })
    expect(mediaFailure('odd')).toMatchObject({ condition: 'failed', evidence: 'odd' })
  })
})
