import { describe, expect, it } from 'vitest'
import { broadcastFigures, broadcastStatus, type ProgramFigures } from '@shared/contracts/broadcast.ts'
import { programWish } from '@shared/contracts/engine.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { OutputFailure } from '@shared/domain/output.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Secret } from '../base/secret.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { FakeOutput, type FakeRun } from '../outputs/fake-output.ts'
import { OutputManager, type OutputTarget } from '../outputs/manager.ts'
import { OutputRunner } from '../outputs/runner.ts'
import { Topic } from '../rpc/topic.ts'
import { BroadcastSession } from './session.ts'

const to = (id: string, enabled = true): OutputTarget => ({
  destination: newDestination({ id, name: id, kind: 'rtmp', address: `rtmp://${id}.example/live`, enabled }),
  key: new Secret('key'),
  passphrase: new Secret(''),
})

const FIGURES: ProgramFigures = {
  framesComposed: 60, framesEncoded: 60, framesDropped: 0, fps: 30, videoKbps: 2500, audioKbps: 128, driftPpm: 0, compositor: '2d',
  videoEncoder: 'avc1.42001f', audioEncoder: 'mp4a.40.2', encoderReason: '', encodeMs: 5, composeMs: 4,
}

function setUp(options: { targets?: OutputTarget[]; answer?: (run: FakeRun) => void; drainMs?: number } = {}) {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const output = new FakeOutput(options.answer ?? ((run) => run.connect()), options.drainMs)
  const targets = new Topic(options.targets ?? [to('a')])
  const program = { failure: new Topic<OutputFailure | null>(null), figures: { bytes: 0 }, wanted: [] as boolean[], expect: (wanted: boolean) => void program.wanted.push(wanted) }
  const outputs = new OutputManager({
    open: (_, run) => output.open(run),
    sameTarget: (a, b) => a.destination.address === b.destination.address,
    createRunner: (destinationId) =>
      new OutputRunner({
        destinationId, clock, logger: silentLogger,
        subscribe: () => bus.subscribe({ start: 'cached-group' }),
        settings: () => ({ failAfterMs: 60_000, failedIsFinal: false }),
      }),
    clock,
  })
  const [picture, mix] = [{ on: true }, { stillRead: false }]
  const session = new BroadcastSession({
    targets, outputs, program, encoding: DEFAULT_ENCODING, clock, logger: silentLogger, preferences: new Topic({ congestion: { enabled: true, floorKbps: 500 } }),
    pictureIsOn: () => picture.on,
    mixIsStillRead: () => mix.stillRead,
    usage: () => ({ cpuPercent: { total: 40, byProcess: { main: 10, renderer: 30 } }, rssMiB: 300 }),
  })
  return { picture, mix, clock, output, targets, program, session, status: () => session.status.value }
}

const failure = (reason: OutputFailure['reason']): OutputFailure => ({ reason, evidence: '', atMs: 1 })

describe('BroadcastSession', () => {
  it('goes live: wishes for the program and starts every enabled destination', async () => {
    const { session, status, program, clock, output } = setUp({ targets: [to('a'), to('b'), to('off', false)] })
    expect(session.wish.value).toEqual({ wanted: false, encoding: DEFAULT_ENCODING })
    await session.goLive()
    expect(session.wish.value.wanted).toBe(true)
    expect(program.wanted).toEqual([true])
    expect(status()).toMatchObject({ live: true, liveSinceMs: clock.now(), ending: false })
    expect(status().outputs.map((each) => [each.destinationId, each.state])).toEqual([['a', 'running'], ['b', 'running']])
    expect(output.runs).toHaveLength(2)
  })

  it('lets the program flow as long as somebody wants it, live or not', async () => {
    const { session, program } = setUp()
    const release = session.wantProgram()
    expect(session.wish.value.wanted).toBe(true)
    await session.goLive()
    await session.end()
    expect([session.wish.value.wanted, program.wanted.at(-1)]).toEqual([true, true])
    const another = session.wantProgram()
    release()
    release()
    expect(session.wish.value.wanted).toBe(true)
    another()
    expect([session.wish.value.wanted, program.wanted.at(-1)]).toEqual([false, false])
  })

  it('asks for the sound tracks that recordings take, and for none once they end, though it goes on live', async () => {
    const { session } = setUp()
    await session.goLive()
    expect(session.wish.value.tracks).toBeUndefined()
    const [one, other] = [session.wantProgram([3, 2]), session.wantProgram([3, 5])]
    expect(session.wish.value).toMatchObject({ wanted: true, tracks: [2, 3, 5] })
    other()
    expect(session.wish.value.tracks).toEqual([2, 3])
    one()
    expect(session.wish.value).toMatchObject({ wanted: true, tracks: undefined })
    await session.end()
  })

  it('wants no program while it goes to WHIP alone, whose peers code for themselves, and wants it when somebody joins who reads it', async () => {
    const whip = (id: string): OutputTarget => ({ ...to(id), destination: newDestination({ id, name: id, kind: 'whip', address: `https://${id}.example/whip`, enabled: true }) })
    const { session, program, mix, targets, clock, output } = setUp({ targets: [whip('a'), to('off', false)] })
    await session.goLive()
    expect([session.wish.value.wanted, program.wanted.at(-1)]).toEqual([false, false])
    targets.set([whip('a'), to('off')])
    expect([session.wish.value.wanted, program.wanted.at(-1)]).toEqual([true, true])
    await clock.advance(0)
    // An output goes on with the mix until its camera is there.
    mix.stillRead = true
    targets.set([whip('a'), to('off', false)])
    expect(session.wish.value.wanted).toBe(true)
    mix.stillRead = false
    session.readersChanged()
    expect([session.wish.value.wanted, program.wanted.at(-1)]).toEqual([false, false])
    await clock.advance(0)
    // The one by WHIP was never disturbed.
    expect(output.runs).toHaveLength(2)
    await session.end()
    targets.set([to('b')])
    expect(session.wish.value.wanted).toBe(false)
  })

  it('publishes only what the contracts allow', async () => {
    const { session, clock } = setUp()
    await session.goLive()
    await clock.advance(1000)
    expect(() => broadcastStatus.parse(session.status.value)).not.toThrow()
    expect(() => broadcastFigures.parse(session.figures.value)).not.toThrow()
    expect(() => programWish.parse(session.wish.value)).not.toThrow()
  })

  it.each([['none', []], ['none that is enabled', [to('a', false)]]])('refuses to go live with %s', async (_, targets) => {
    const { session, status } = setUp({ targets })
    await expect(session.goLive()).rejects.toMatchObject({ reason: 'no-destination' })
    expect(status().live).toBe(false)
    expect(session.wish.value.wanted).toBe(false)
  })

  it('refuses a start by hand while there is no picture', async () => {
    const { session, picture, status } = setUp()
    picture.on = false
    await expect(session.broadcastHandlers.goLive({})).rejects.toMatchObject({ reason: 'no-picture' })
    picture.on = true
    await session.broadcastHandlers.goLive({})
    expect(status().live).toBe(true)
    picture.on = false
    await expect(session.broadcastHandlers.goLive({})).rejects.toMatchObject({ reason: 'too-soon' })
  })

  it('answers a second start within 3 s "too soon", a later one "already live"', async () => {
    const { session, clock, output } = setUp()
    await session.goLive()
    await expect(session.goLive()).rejects.toMatchObject({ reason: 'too-soon' })
    await clock.advance(3000)
    await expect(session.goLive()).rejects.toMatchObject({ reason: 'already-live' })
    expect(output.runs).toHaveLength(1)
  })

  it('may start again 3 s after the last start, but not earlier', async () => {
    const { session, clock, status } = setUp()
    await session.goLive()
    await session.end()
    await expect(session.goLive()).rejects.toMatchObject({ reason: 'too-soon' })
    await clock.advance(3000)
    await session.goLive()
    expect(status().live).toBe(true)
  })

  it('does not count a refused start as a start', async () => {
    const { session, targets } = setUp({ targets: [] })
    await expect(session.goLive()).rejects.toMatchObject({ reason: 'no-destination' })
    targets.set([to('a')])
    await session.goLive()
  })

  it('ends by letting the outputs drain, and wishes for no program any more', async () => {
    const { session, clock, status, program } = setUp({ drainMs: 1500 })
    await session.goLive()
    const ended = session.end()
    expect(status()).toMatchObject({ live: true, ending: true })
    expect(session.wish.value.wanted).toBe(false)
    await clock.advance(1500)
    await ended
    expect(status()).toMatchObject({ live: false, ending: false, liveSinceMs: null })
    expect(status().outputs[0]).toMatchObject({ state: 'idle', connects: 1 })
    expect(program.wanted).toEqual([true, false])
  })

  it('ends within bounds when an output hangs', async () => {
    const { session, clock, status } = setUp({ drainMs: 1_000_000 })
    await session.goLive()
    const ended = session.end()
    await clock.advance(5000)
    await ended
    expect(status().live).toBe(false)
  })

  it('takes an end without a show, and two ends at once', async () => {
    const { session, status } = setUp()
    await session.end()
    await session.goLive()
    await Promise.all([session.end(), session.end()])
    expect(status().live).toBe(false)
  })

  it('refuses a start while it is ending', async () => {
    const { session, clock } = setUp({ drainMs: 4500 })
    await session.goLive()
    await clock.advance(10_000)
    const ended = session.end()
    await expect(session.goLive()).rejects.toMatchObject({ reason: 'already-live' })
    await clock.advance(4500)
    await ended
  })

  it('follows the list of destinations while live', async () => {
    const { session, targets, status, clock } = setUp()
    await session.goLive()
    targets.set([to('a'), to('b')])
    await clock.advance(0)
    expect(status().outputs.map((each) => each.destinationId)).toEqual(['a', 'b'])
    targets.set([to('b')])
    await clock.advance(0)
    expect(status().outputs.map((each) => each.destinationId)).toEqual(['b'])
  })

  it('changes the rate at any time, everything else only while not live', async () => {
    const { session, status } = setUp()
    const portrait = { ...DEFAULT_ENCODING, width: 720, height: 1280 }
    session.setEncoding(portrait)
    expect(session.wish.value.encoding).toEqual(portrait)
    await session.goLive()
    session.broadcastHandlers.setVideoKbps({ videoKbps: 900 })
    expect(session.wish.value).toEqual({ wanted: true, encoding: { ...portrait, videoKbps: 900 } })
    session.setEncoding({ ...portrait, videoKbps: 1200 })
    expect(status().encoding.videoKbps).toBe(1200)
    for (const change of [{ width: 640 }, { height: 640 }, { frameRate: 25 }, { audioKbps: 96 }, { keyFrameSeconds: 1 }]) {
      expect(() => session.setEncoding({ ...portrait, ...change })).toThrow(expect.objectContaining({ reason: 'already-live' }))
    }
    expect(status().encoding).toEqual({ ...portrait, videoKbps: 1200 })
  })

  it('retries one destination on the user’s word, and says when there is none of that name', async () => {
    const { session, clock, output } = setUp({ answer: (run) => run.fail('connection-refused') })
    expect(() => session.broadcastHandlers.retryNow({ destinationId: 'a' })).toThrow(expect.objectContaining({ reason: 'not-found' }))
    await session.goLive()
    await clock.advance(30_000)
    const runs = output.runs.length
    session.broadcastHandlers.retryNow({ destinationId: 'a' })
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs + 1)
    session.wake()
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs + 2)
  })

  it('answers a second click on Retry within 3 s with "too soon", for each destination by itself', async () => {
    const { session, clock, output } = setUp({ targets: [to('a'), to('b')], answer: (run) => run.fail('connection-refused') })
    await session.goLive()
    await clock.advance(30_000)
    const retry = (destinationId: string) => session.broadcastHandlers.retryNow({ destinationId })
    retry('a')
    await clock.advance(100)
    const runs = output.runs.length
    expect(() => retry('a')).toThrow(expect.objectContaining({ reason: 'too-soon' }))
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs)
    expect(() => retry('b')).not.toThrow()
    await clock.advance(2900)
    expect(() => retry('a')).not.toThrow()
  })

  it('has key frames as close together as a room takes them, without touching what the user has set', async () => {
    const room = (enabled: boolean): OutputTarget => ({ ...to('room'), destination: { ...to('room', enabled).destination, address: 'rtmp://intl-rtmp.rtc.qq.com/push' } })
    const { session, targets, status } = setUp({ targets: [to('a'), room(true)] })
    session.setEncoding({ ...DEFAULT_ENCODING, keyFrameSeconds: 4 })
    expect(session.wish.value.encoding.keyFrameSeconds).toBe(2)
    expect(session.encodingInForce.keyFrameSeconds).toBe(2)
    expect(status().encoding.keyFrameSeconds).toBe(4)
    targets.set([to('a'), room(false)])
    expect(session.wish.value.encoding.keyFrameSeconds).toBe(4)
    await session.goLive()
    targets.set([to('a'), room(true)])
    expect(session.wish.value).toMatchObject({ wanted: true, encoding: { keyFrameSeconds: 2 } })
    // Nobody on air pays for another change.
    targets.set([to('a')])
    session.setEncoding({ ...status().encoding, videoKbps: 900 })
    expect(session.wish.value.encoding).toMatchObject({ keyFrameSeconds: 2, videoKbps: 900 })
    await session.end()
    targets.set([to('a'), to('b')])
    expect(session.wish.value.encoding.keyFrameSeconds).toBe(4)
  })

  it('codes in the baseline profile as soon as one destination takes no other, and stays with it while live', async () => {
    const room = (enabled: boolean): OutputTarget => ({ ...to('room'), destination: { ...to('room', enabled).destination, address: 'rtmp://intl-rtmp.rtc.qq.com/push' } })
    const { session, targets, status } = setUp({ targets: [to('a'), room(false)] })
    const profile = () => session.wish.value.encoding.avcProfile
    expect(profile()).toBeUndefined()
    targets.set([to('a'), room(true)])
    expect([profile(), session.encodingInForce.avcProfile, status().encoding.avcProfile]).toEqual(['baseline', 'baseline', undefined])
    await session.goLive()
    targets.set([to('a')])
    session.setEncoding({ ...status().encoding, videoKbps: 900 })
    expect(profile()).toBe('baseline')
    await session.end()
    targets.set([to('a'), to('b')])
    expect(profile()).toBeUndefined()
  })

  it('shows why the program does not flow: the engine’s own word before mere silence', async () => {
    const { session, status, program } = setUp()
    await session.goLive()
    program.failure.set(failure('no-program'))
    expect(status().programFailure?.reason).toBe('no-program')
    session.engineHandlers.failure({ reason: 'encoder-failed', evidence: 'OperationError' })
    expect(status().programFailure).toMatchObject({ reason: 'encoder-failed', evidence: 'OperationError' })
    session.engineHandlers.failure({ reason: null, evidence: '' })
    expect(status().programFailure?.reason).toBe('no-program')
    program.failure.set(null)
    expect(status().programFailure).toBeNull()
  })

  it('forgets the word of an engine whose page is gone once the program flows again', () => {
    const { session, status, program } = setUp()
    session.engineHandlers.failure({ reason: 'encoder-failed', evidence: '' })
    program.failure.set(failure('page-gone'))
    program.failure.set(null)
    expect(status().programFailure).toBeNull()
  })

  it('publishes figures twice a second, with totals over reconnects', async () => {
    const { session, clock, output } = setUp()
    let updates = -1
    session.figures.watch(() => updates++)
    await session.goLive()
    session.engineHandlers.report({ figures: FIGURES, sources: [] })
    output.last.report({ bytesSent: 1000, framesSent: 30 })
    await clock.advance(2000)
    expect(updates).toBe(4)
    output.last.fail('connection-lost')
    await clock.advance(500)
    output.last.report({ bytesSent: 10, framesSent: 1 })
    await clock.advance(500)
    expect(session.figures.value).toMatchObject({
      atMs: clock.now(), program: FIGURES, outputs: { a: { bytesSent: 10, totalBytesSent: 1010, totalFramesSent: 31 } },
      cpuPercent: { total: 40 }, rssMiB: 300,
    })
  })

  it('does not go on showing figures of an engine that is gone', async () => {
    const { session, clock } = setUp()
    session.engineHandlers.report({ figures: FIGURES, sources: [] })
    await clock.advance(3000)
    expect(session.figures.value.program).toEqual(FIGURES)
    await clock.advance(500)
    expect(session.figures.value.program).toBeNull()
  })

  it('leaves nothing behind when closed while live', async () => {
    const { session, clock, targets, output } = setUp()
    await session.goLive()
    await session.close()
    targets.set([to('b')])
    await clock.advance(60_000)
    expect(clock.pending).toBe(0)
    expect(output.runs).toHaveLength(1)
  })
})
