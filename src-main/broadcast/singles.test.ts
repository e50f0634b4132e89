import { describe, expect, it } from 'vitest'
import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import type { Preferences } from '@shared/contracts/studio.ts'
import { type ProgramWish, programWish } from '@shared/contracts/engine.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { OutputFailure } from '@shared/domain/output.ts'
import type { ProgramContent, SideContent } from '@shared/domain/program-content.ts'
import { NO_CROP } from '@shared/domain/scene.ts'
import { SHOW_VERSION, type Show } from '@shared/domain/show.ts'
import type { Source, SourceStatus } from '@shared/domain/source.ts'
import { DEFAULT_SINGLE_QUALITIES } from '@shared/domain/single-presets.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Secret } from '../base/secret.ts'
import type { OutputTarget } from '../outputs/manager.ts'
import { Topic } from '../rpc/topic.ts'
import { Singles } from './singles.ts'

const CAMERA: Source = { id: 'camera', name: 'Camera', kind: 'camera', deviceId: '', deviceLabel: '', width: 640, height: 360, frameRate: 30 }
const SCREEN: Source = { id: 'screen', name: 'Screen', kind: 'screen', withAudio: true, frameRate: 30 }
const MICROPHONE: Source = { id: 'microphone', name: 'Microphone', kind: 'microphone', deviceId: '', deviceLabel: '', echoCancellation: false, noiseSuppression: false, autoGainControl: false }

const showOf = (...sources: Source[]): Show => ({
  version: SHOW_VERSION, id: 'show', name: '', encoding: DEFAULT_ENCODING, sources, currentSceneId: 'scene', strips: {},
  scenes: [{ id: 'scene', name: '', background: '#000000', items: sources.map(({ id }) => ({ id, sourceId: id, x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fill' as const, crop: NO_CROP })) }],
})

const statusOf = (sourceId: string, width: number, height: number, condition: SourceStatus['condition'] = 'active'): SourceStatus =>
  ({ sourceId, condition, width, height, frameRate: 30, hasAudio: false, label: '', evidence: '' })

const target = (id: string, content: ProgramContent, enabled = true): OutputTarget =>
  ({ destination: newDestination({ id, name: id, kind: 'rtmp', address: 'rtmp://a/b', enabled, content }), key: new Secret('k'), passphrase: new Secret('') })

function setUp(...sources: Source[]) {
  const clock = new FakeClock()
  const session = {
    status: new Topic({ live: false, ending: false, outputs: [] } as unknown as BroadcastStatus),
    wish: new Topic<ProgramWish>({ wanted: false, encoding: DEFAULT_ENCODING }),
    sources: new Topic<SourceStatus[]>([]),
  }
  const expected: Partial<Record<SideContent, boolean>> = {}
  const flow = (content: SideContent) => ({ failure: new Topic<OutputFailure | null>(null), figures: { bytes: 0 }, expect: (wanted: boolean) => void (expected[content] = wanted) })
  const flows = { second: flow('second'), main: flow('main'), aux: flow('aux') }
  const targets = new Topic<readonly OutputTarget[]>([target('one', 'main')])
  const now = { show: showOf(...sources), inUse: new Set<ProgramContent>() }
  const retried: string[] = []
  const figures: Record<string, { queueMs: number; bytesSent: number; bytesAcknowledged: null; rttMs: null; lineKbps: number | null }> = {}
  const preferences = new Topic<Pick<Preferences, 'congestion' | 'singles'>>({ congestion: { enabled: true, floorKbps: 500 }, singles: DEFAULT_SINGLE_QUALITIES })
  const singles = new Singles({
    session, targets, flows, clock, preferences, figures: () => figures, logger: silentLogger, show: () => now.show, showChanged: new Topic(0),
    feeds: { get inUse() { return now.inUse }, refresh() {} },
    retry: (id) => void retried.push(id),
  })
  const live = (on: boolean) => session.status.set({ ...session.status.value, live: on })
  return { clock, session, flows, targets, now, retried, singles, expected, live, figures, preferences }
}

describe('the single streams that are wanted', () => {
  it('are none while nothing is live, and none but what destinations get', () => {
    const { singles, session, live, targets, expected } = setUp(CAMERA, SCREEN)
    session.sources.set([statusOf('camera', 1280, 720), statusOf('screen', 1920, 1080)])
    expect(singles.wish.value).toBe(session.wish.value)
    targets.set([target('one', 'mix'), target('two', 'main', false)])
    live(true)
    // The very wish of the mix: nobody is told of anything else.
    expect(singles.wish.value).toBe(session.wish.value)
    targets.set([target('one', 'mix'), target('two', 'aux')])
    expect(singles.wish.value.singles).toEqual({ aux: { sourceId: 'screen', soundIds: ['screen'], encoding: expect.objectContaining({ width: 1920, height: 1080, frameRate: 15, videoKbps: 3000 }) as object } })
    expect(() => programWish.parse(singles.wish.value)).not.toThrow()
    expect(expected).toEqual({ aux: true })
    live(false)
    expect(singles.wish.value.singles).toBeUndefined()
    expect(expected).toEqual({ aux: false })
  })

  it('carry the camera with the microphones, and what the mix asks for besides', () => {
    const { singles, session, live } = setUp(CAMERA, MICROPHONE)
    session.sources.set([statusOf('camera', 640, 360)])
    live(true)
    session.wish.set({ wanted: true, encoding: DEFAULT_ENCODING, reduced: { videoKbps: 500, frameStep: 2 } })
    expect(singles.wish.value).toMatchObject({ wanted: true, reduced: { videoKbps: 500 }, singles: { main: { sourceId: 'camera', soundIds: ['microphone'], encoding: { width: 640, height: 360 } } } })
  })

  it('keep their size while they last, whatever becomes of the source', () => {
    const { singles, session, live } = setUp(CAMERA)
    live(true)
    session.sources.set([statusOf('camera', 1280, 720)])
    const first = singles.wish.value
    session.sources.set([statusOf('camera', 640, 480)])
    session.sources.set([statusOf('camera', 0, 0, 'missing')])
    expect(singles.wish.value).toBe(first)
    live(false)
    session.sources.set([statusOf('camera', 640, 480)])
    live(true)
    expect(singles.wish.value.singles?.main?.encoding).toMatchObject({ width: 640, height: 480 })
  })

  it('are the second canvas as the platforms take it that get it', () => {
    const { singles, live, targets, now } = setUp(CAMERA)
    now.show = { ...now.show, second: { enabled: true, encoding: { ...DEFAULT_ENCODING, keyFrameSeconds: 4 }, layout: { template: 'grid' } } }
    const room = (content: ProgramContent): OutputTarget => ({ ...target('room', content), destination: { ...target('room', content).destination, address: 'rtmp://intl-rtmp.rtc.qq.com/push' } })
    const coded = () => singles.wish.value.singles?.second?.encoding
    targets.set([target('one', 'second'), room('mix')])
    live(true)
    expect(coded()).toMatchObject({ keyFrameSeconds: 4 })
    expect(coded()?.avcProfile).toBeUndefined()
    targets.set([target('one', 'second'), room('second')])
    expect(coded()).toMatchObject({ keyFrameSeconds: 2, avcProfile: 'baseline' })
    targets.set([target('one', 'second')])
    expect(coded()).toMatchObject({ keyFrameSeconds: 2, avcProfile: 'baseline' })
  })

  it('are the second canvas with the sound of the mix, as it was set when it began but for its rate, while there is one', () => {
    const { singles, live, targets, now, flows } = setUp(CAMERA)
    const second = { enabled: true, encoding: { ...DEFAULT_ENCODING, width: 720, height: 1280, videoKbps: 2000 }, layout: { template: 'grid' as const } }
    const change = (patch: Partial<typeof second>) => {
      now.show = { ...now.show, second: { ...second, ...patch } }
      singles.refresh()
    }
    targets.set([target('one', 'second')])
    live(true)
    expect(singles.wish.value.singles).toBeUndefined()
    expect(singles.status.value.second?.failure).toMatchObject({ reason: 'no-picture', evidence: 'the second canvas is switched off' })
    change({})
    expect(singles.wish.value.singles).toEqual({ second: { sourceId: null, soundIds: null, encoding: second.encoding } })
    expect(singles.status.value.second).toMatchObject({ encoding: { width: 720 }, failure: null, congestion: { state: 'full' } })
    expect(() => programWish.parse(singles.wish.value)).not.toThrow()
    change({ encoding: { ...second.encoding, width: 540, height: 960, videoKbps: 1500 } })
    expect(singles.wish.value.singles?.second?.encoding).toEqual({ ...second.encoding, videoKbps: 1500 })
    const before = singles.wish.value
    change({ encoding: { ...second.encoding, videoKbps: 1500 }, layout: { template: 'grid' } })
    expect(singles.wish.value).toBe(before)
    flows.second.failure.set({ reason: 'encoder-failed', evidence: 'x', atMs: 1 })
    expect(singles.status.value.second?.failure?.reason).toBe('encoder-failed')
    change({ enabled: false })
    expect(singles.wish.value.singles).toBeUndefined()
    change({ encoding: { ...second.encoding, width: 540, height: 960 } })
    expect(singles.wish.value.singles?.second?.encoding).toMatchObject({ width: 540, height: 960 })
  })

  it('hold each stream to what its own lines take: a slow line of the second canvas leaves the mix alone', async () => {
    const { clock, singles, session, live, targets, now, figures } = setUp(CAMERA)
    now.show = { ...now.show, second: { enabled: true, encoding: { ...DEFAULT_ENCODING, width: 720, height: 1280, videoKbps: 2000 }, layout: { template: 'grid' } } }
    targets.set([target('one', 'second')])
    live(true)
    session.status.set({ ...session.status.value, outputs: [{ destinationId: 'one', state: 'running' }] as unknown as BroadcastStatus['outputs'] })
    figures['one'] = { queueMs: 3000, bytesSent: 1000, bytesAcknowledged: null, rttMs: null, lineKbps: 900 }
    for (let round = 0; round < 100 && !singles.wish.value.singles?.second?.reduced; round++) await clock.advance(100)
    expect(singles.wish.value.singles?.second?.reduced?.videoKbps).toBeLessThan(2000)
    expect(singles.wish.value.reduced).toBeUndefined()
    expect(singles.encodingOf('second')?.videoKbps).toBe(singles.wish.value.singles?.second?.reduced?.videoKbps)
  })

  it('go on as long as an output still reads them', () => {
    const { singles, session, live, targets, now } = setUp(CAMERA)
    session.sources.set([statusOf('camera', 640, 360)])
    live(true)
    now.inUse.add('main')
    targets.set([target('one', 'mix')])
    expect(singles.wish.value.singles?.main).toBeDefined()
    now.inUse.clear()
    singles.refresh()
    expect(singles.wish.value.singles).toBeUndefined()
  })

  it('are there for a recording without a broadcast', () => {
    const { singles, session } = setUp(CAMERA)
    session.sources.set([statusOf('camera', 640, 360)])
    const release = singles.want(['mix', 'main'])
    expect(singles.wish.value.singles?.main).toBeDefined()
    release()
    expect(singles.wish.value.singles).toBeUndefined()
  })
})

describe('how single streams are coded', () => {
  it('is as the user has set it, from the next time on that they begin', () => {
    const { singles, session, live, preferences } = setUp(CAMERA)
    session.sources.set([statusOf('camera', 1280, 720)])
    live(true)
    preferences.set({ ...preferences.value, singles: { main: '480x270', aux: 'automatic' } })
    expect(singles.wish.value.singles?.main?.encoding).toMatchObject({ width: 1280, height: 720, videoKbps: 1800 })
    live(false)
    live(true)
    expect(singles.wish.value.singles?.main?.encoding).toMatchObject({ width: 480, height: 270, videoKbps: 550 })
  })

  it('follows the line of whoever gets them, each by itself, and is given back with the show', async () => {
    const { singles, session, targets, live, clock, figures, flows } = setUp(CAMERA, SCREEN)
    session.sources.set([statusOf('camera', 1280, 720), statusOf('screen', 1920, 1080)])
    targets.set([target('one', 'main'), target('two', 'aux')])
    const outputs = ['one', 'two'].map((destinationId) => ({ destinationId, state: 'running' })) as unknown as BroadcastStatus['outputs']
    session.status.set({ ...session.status.value, live: true, outputs })
    const figuresOf = (queueMs: number, lineKbps: number | null) => ({ queueMs, lineKbps, bytesSent: 0, bytesAcknowledged: null, rttMs: null })
    const pass = async (ms: number) => {
      for (let left = ms; left > 0; left -= 100) {
        flows.main.figures.bytes += (1900 / 8) * 100
        flows.aux.figures.bytes += (3100 / 8) * 100
        await clock.advance(100)
      }
    }
    Object.assign(figures, { one: figuresOf(0, null), two: figuresOf(0, null) })
    await pass(500)
    expect(singles.wish.value.singles?.main?.reduced).toBeUndefined()
    figures.one = figuresOf(300, 900)
    await pass(500)
    expect(programWish.parse(singles.wish.value).singles?.main).toMatchObject({ encoding: { videoKbps: 1800 }, reduced: { frameStep: 1 } })
    expect(singles.encodingOf('main')?.videoKbps).toBeLessThan(800)
    expect(singles.wish.value.singles?.aux?.reduced).toBeUndefined()
    expect(singles.wish.value.reduced).toBeUndefined()
    expect(singles.status.value).toMatchObject({ main: { congestion: { state: 'reduced', decidedBy: 'one', lineKbps: 900 } }, aux: { congestion: { state: 'full', videoKbps: 3000 } } })
    live(false)
    expect(clock.pending).toBe(0)
    live(true)
    expect(singles.wish.value.singles?.main?.reduced).toBeUndefined()
    singles.close()
    expect(clock.pending).toBe(0)
  })
})

describe('a single stream without a picture', () => {
  it('says so: no such source, or one that is off; but not of one that is just starting', () => {
    const { singles, session, live, now } = setUp(MICROPHONE)
    live(true)
    expect(singles.status.value.main).toMatchObject({ encoding: null, failure: { reason: 'no-picture', evidence: 'the show has no camera' } })
    now.show = showOf(CAMERA)
    singles.refresh()
    expect(singles.status.value.main).toEqual({ encoding: null, failure: null })
    session.sources.set([statusOf('camera', 0, 0, 'denied')])
    expect(singles.status.value.main?.failure).toMatchObject({ reason: 'no-picture', evidence: 'Camera: denied' })
    session.sources.set([statusOf('camera', 640, 360)])
    expect(singles.status.value.main).toMatchObject({ encoding: { width: 640 }, failure: null })
  })

  it('lets its output wait 5 s, and begin as soon as there is one', async () => {
    const { singles, session, live, clock } = setUp(CAMERA)
    live(true)
    const signal = new AbortController().signal
    const failed = singles.ready('one', signal).catch((failure: unknown) => failure)
    await clock.advance(5000)
    expect(await failed).toMatchObject({ reason: 'no-picture' })
    const waiting = singles.ready('one', signal)
    session.sources.set([statusOf('camera', 640, 360)])
    await waiting
    live(false)
    expect(clock.pending).toBe(0)
  })

  it('never holds up the mix', async () => {
    const { singles, targets } = setUp()
    targets.set([target('one', 'mix')])
    await singles.ready('one', new AbortController().signal)
  })

  it('is tried again by itself once there is one, and when its destination gets something else', () => {
    const { session, live, retried, targets } = setUp(CAMERA)
    live(true)
    const failure = { reason: 'no-picture' as const, evidence: '', atMs: 0 }
    session.status.set({ ...session.status.value, outputs: [{ destinationId: 'one', final: true, failure }] as unknown as BroadcastStatus['outputs'] })
    expect(retried).toEqual([])
    session.sources.set([statusOf('camera', 640, 360)])
    expect(retried).toEqual(['one'])
    targets.set([target('one', 'aux')])
    expect(retried).toEqual(['one'])
    targets.set([target('one', 'mix')])
    expect(retried).toEqual(['one', 'one'])
  })

  it('shows what the engine says of it, and passes on what it says of the mix', () => {
    const { singles, session, live, flows } = setUp(CAMERA)
    session.sources.set([statusOf('camera', 640, 360)])
    live(true)
    const ofTheMix: unknown[] = []
    const failure = singles.toldFailure((said) => void ofTheMix.push(said))
    void failure({ reason: 'encoder-failed', evidence: 'of the mix' })
    expect(ofTheMix).toHaveLength(1)
    expect(singles.status.value.main?.failure).toBeNull()
    void failure({ content: 'main', reason: 'encoder-failed', evidence: 'of the camera' })
    expect(ofTheMix).toHaveLength(1)
    expect(singles.status.value.main?.failure).toMatchObject({ reason: 'encoder-failed' })
    flows.main.failure.set(null)
    expect(singles.status.value.main?.failure).toBeNull()
  })
})
