import { describe, expect, it } from 'vitest'
import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { CHECKS_EN } from '@shared/texts/checks/checks.en.ts'
import { DEVICES_EN } from '@shared/texts/checks/devices.en.ts'
import { findingText } from '@shared/texts/checks/finding-text.ts'
import { FakeEngineClock } from '../../fake-clock.ts'
import { diagnosticClock } from '../diagnostic-clock.ts'
import { CheckAids } from '../measure/check-aids.ts'
import type { ListedDevice } from '../measure/device-changes.ts'
import { FakeMedia } from '../measure/fake-media.ts'
import { frameTiming } from '../measure/frame-timing.ts'
import { judgeScreen } from '../measure/judge-screen.ts'
import { pageChecks } from '../page-checks.ts'
import { type CameraMode, judgeModes, wishesFor } from './camera-modes.ts'
import type { DeviceCheckParts, ShowDevice } from './device-kinds.ts'
import { judgePresence } from './present.ts'
import { shareCode } from './screen-capture.ts'

const device = (kind: MediaDeviceKind, deviceId: string, label = deviceId, groupId = ''): ListedDevice => ({ kind, deviceId, label, groupId })
const mic = (deviceId: string, label?: string, groupId?: string) => device('audioinput', deviceId, label, groupId)

function rig(listed: ListedDevice[], failure: unknown = null) {
  const media = new FakeMedia(listed)
  if (failure) media.failures.push(failure)
  const clock = new FakeEngineClock()
  const parts = { media: media as unknown as DeviceCheckParts['media'], permissions: { query: async () => ({ state: 'granted' as const }) }, aids: new CheckAids() }
  const given: Performing = { log: { info() {}, warn() {} }, clock: diagnosticClock(clock), signal: new AbortController().signal, options: {}, progress() {} }
  const run = (name: string, options: Performing['options'] = {}) => pageChecks(parts).find((each): each is RunnableCheck => each.name === name)!.perform({ ...given, options })
  return { run, media }
}

describe('the page’s checks of devices', () => {
  it('are those that have texts', () => {
    const names = pageChecks({ media: new FakeMedia([]) as unknown as DeviceCheckParts['media'], permissions: { query: () => Promise.reject(new TypeError('')) }, aids: new CheckAids() }).map(({ name }) => name)
    const texts = Object.keys(CHECKS_EN)
    expect(names).toEqual(expect.arrayContaining(texts.filter((name) => name in DEVICES_EN)))
    expect(names.filter((name) => !texts.includes(name))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('camera.permission', () => {
  it('opens the camera for a moment', async () => {
    const { run, media } = rig([device('videoinput', 'cam')])
    expect(await run('camera.permission')).toMatchObject({ status: 'pass', code: 'granted', data: { state: 'granted' } })
    expect(media.opened.map(({ stopped }) => stopped)).toEqual([true])
  })
  it.each([
    ['NotAllowedError', 'Permission denied', 'fail', 'denied', ['open-privacy-settings', 'again']],
    ['NotReadableError', 'Could not start video source', 'warn', 'busy', ['again']],
    ['NotFoundError', 'Requested device not found', 'fail', 'missing', ['again']],
  ])('%s: what keeps it, and the way out', async (name, message, status, code, actions) => {
    const found = await rig([device('videoinput', 'cam')], new DOMException(message, name)).run('camera.permission')
    expect(found).toMatchObject({ status, code, actions, evidence: `${name}: ${message}` })
    expect(findingText('camera.permission', found, 'en').advice).not.toBe('')
  })
  it('asks for the microphone by its own kind', async () => {
    expect(await rig([device('videoinput', 'cam')]).run('microphone.permission')).toMatchObject({ code: 'missing' })
    expect(await rig([mic('a')]).run('microphone.permission', { microphoneId: 'b' })).toMatchObject({ code: 'chosen-missing' })
  })
})

describe('judgePresence', () => {
  const show = (deviceId: string, label = deviceId): ShowDevice => ({ kind: 'audioinput', sourceId: 'source-1', deviceId, label })
  const desk = [mic('default', 'Default - Desk', 'g1'), mic('desk', 'Desk', 'g1'), mic('head', 'Head', 'g2')]
  it('counts and names what is there, without what only stands for it', () => {
    expect(judgePresence(desk, '', [])).toMatchObject({ status: 'pass', code: 'found', params: { count: 2, names: 'Desk, Head' } })
    expect(judgePresence([mic('default', 'Default')], '', [])).toMatchObject({ status: 'pass', params: { count: 1 } })
  })
  it('says when there is none, or none that may be named', () => {
    expect(judgePresence([], '', [])).toMatchObject({ status: 'fail', code: 'none' })
    expect(judgePresence([mic('', '')], '', [])).toMatchObject({ status: 'warn', code: 'unnamed' })
  })
  it('misses what was chosen, and what the show uses', () => {
    expect(judgePresence(desk, 'gone', [])).toMatchObject({ status: 'fail', code: 'chosen-missing' })
    expect(judgePresence(desk, '', [show('gone', 'Booth')])).toMatchObject({ status: 'fail', code: 'show-missing', params: { wanted: 'Booth' }, about: 'source-1', actions: ['go-to-source', 'again'] })
    expect(judgePresence(desk, 'desk', [show('new-id', 'Desk'), show('', '')])).toMatchObject({ status: 'pass' })
  })
  it('warns when the system’s default is another one', () => {
    expect(judgePresence(desk, 'head', [])).toMatchObject({ status: 'warn', code: 'other-default', params: { wanted: 'Head', default: 'Desk' } })
    expect(judgePresence(desk, '', [show('head', 'Head')])).toMatchObject({ status: 'warn', code: 'other-default' })
    expect(judgePresence(desk, 'desk', [])).toMatchObject({ status: 'pass', code: 'found' })
    expect(judgePresence(desk.slice(1), 'head', [])).toMatchObject({ status: 'pass' })
  })
})

describe('camera.modes', () => {
  const mode = (width: number, height: number, claimedFps: number, realFps: number): CameraMode => ({ width, height, claimedFps, realFps, jitterMs: 1 })
  it('asks for nothing that the camera cannot have, the largest first', () => {
    const wishes = wishesFor({ width: { max: 1280 }, height: { max: 720 }, frameRate: { max: 30 } })
    expect(wishes[0]).toEqual({ width: 1280, height: 720, frameRate: 30 })
    expect(wishes.every(({ width, height, frameRate }) => width <= 1280 && height <= 720 && frameRate === 30)).toBe(true)
    expect(new Set(wishes.map((each) => JSON.stringify(each))).size).toBe(wishes.length)
    expect(wishesFor({ width: { max: 1552 }, height: { max: 1552 }, frameRate: { max: 60 } }).slice(0, 2)).toEqual([{ width: 1552, height: 1552, frameRate: 60 }, { width: 1552, height: 1552, frameRate: 30 }])
    expect(wishesFor({ width: { max: 640 }, height: { max: 480 }, frameRate: { max: 15 } })[0]).toEqual({ width: 640, height: 480, frameRate: 15 })
  })
  it('lists what holds its rate, and warns of what does not', () => {
    expect(judgeModes([mode(1920, 1080, 30, 29.9), mode(640, 480, 30, 30)], true)).toMatchObject({ status: 'pass', code: 'listed', params: { count: 2, best: '1920 × 1080, 30 fps' }, data: { modes: [{ width: 1920, realFps: 29.9 }, { width: 640 }], complete: true } })
    expect(judgeModes([mode(1920, 1080, 30, 12), mode(640, 480, 30, 30)], true)).toMatchObject({ status: 'warn', code: 'slow-modes', params: { slow: 1, best: '640 × 480, 30 fps' } })
    expect(judgeModes([mode(1920, 1080, 30, 0)], false)).toMatchObject({ status: 'fail', code: 'none' })
  })
})

describe('screen.capture', () => {
  const seen = { width: 1920, height: 1080, timing: frameTiming([0, 33, 66, 99]), brightest: 200 }
  it('finds a black picture, and none at all; a still screen is no fault', () => {
    expect(judgeScreen(seen)).toMatchObject({ status: 'pass', code: 'good' })
    expect(judgeScreen({ ...seen, timing: frameTiming([0, 2000]) })).toMatchObject({ status: 'pass' })
    expect(judgeScreen({ ...seen, brightest: 3 })).toMatchObject({ status: 'fail', code: 'black' })
    expect(judgeScreen({ ...seen, timing: frameTiming([]) })).toMatchObject({ status: 'warn', code: 'no-frames' })
  })
  it.each([
    ['NotAllowedError', 'Permission denied by system', 'denied-by-system'],
    ['NotAllowedError', 'Permission denied', 'not-chosen'],
    ['NotAllowedError', 'Access to the feature "display-capture" is disallowed by permissions policy.', 'denied'],
    ['InvalidStateError', 'Failed to execute: requires transient activation', 'needs-gesture'],
    ['NotReadableError', 'Could not start video source', 'busy'],
  ])('%s (%s) is %s', (name, message, code) => {
    expect(shareCode({ name, message })).toBe(code)
  })
  it('is skipped in words where nobody has clicked', async () => {
    expect(await rig([]).run('screen.capture')).toMatchObject({ status: 'skipped', code: 'needs-gesture' })
  })
})

describe('devices.sync', () => {
  it('is skipped in words where nothing can flash', async () => {
    expect(await rig([]).run('devices.sync')).toEqual({ status: 'skipped', code: 'no-screen' })
  })
  it('takes the screen back from whoever offered it last', () => {
    const aids = new CheckAids()
    const [first, second] = [() => {}, () => {}]
    const withdrawFirst = aids.offerFlashScreen(first)
    const withdrawSecond = aids.offerFlashScreen(second)
    withdrawFirst()
    expect(aids.flashScreen).toBe(second)
    withdrawSecond()
    expect(aids.flashScreen).toBeNull()
  })
})
