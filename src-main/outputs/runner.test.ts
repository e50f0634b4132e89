import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { OUTPUT_MOVES, type OutputState } from '@shared/domain/output.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { type LogFields, type Logger, silentLogger } from '../base/logger.ts'
import { fakeHeaders, videoPacket } from '../bus/fake-program.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { FakeOutput, type FakeRun } from './fake-output.ts'
import { OutputRunner, type OutputTold, type RunnerSettings } from './runner.ts'

interface Line { level: string; message: string; fields: LogFields | undefined }

function listeningLogger(lines: Line[]): Logger {
  const write = (level: string) => (message: string, fields?: LogFields) => void lines.push({ level, message, fields })
  return { ...silentLogger, info: write('info'), warn: write('warn'), error: write('error') }
}

function setUp(output: FakeOutput, settings: Partial<RunnerSettings> = {}, stopLimitMs = 0) {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const told: (OutputTold & { atMs: number })[] = []
  const lines: Line[] = []
  const originMs = clock.monotonicMs()
  const runner = new OutputRunner({
    destinationId: 'one',
    subscribe: () => bus.subscribe({ start: 'cached-group' }),
    settings: () => ({ failAfterMs: 60_000, failedIsFinal: false, ...settings }),
    stopLimitMs: () => stopLimitMs,
    clock,
    logger: listeningLogger(lines),
    onTold: (each) => told.push({ ...each, atMs: clock.monotonicMs() - originMs }),
  })
  const states: OutputState[] = []
  runner.status.watch(({ state }) => states.at(-1) !== state && states.push(state))
  const start = () => runner.start(output.open, clock.monotonicMs())
  return { clock, bus, runner, told, lines, states, start, status: () => runner.status.value }
}

/** A server that can be taken away: connects at once while it is there, refuses while it is not. */
function server() {
  const state = { up: true }
  const output = new FakeOutput((run) => (state.up ? run.connect() : run.fail('connection-refused')))
  return { output, goDown: () => ((state.up = false), output.last.fail('connection-lost')), comeBack: () => void (state.up = true) }
}

async function backAfter(outageMs: number) {
  const { output, goDown, comeBack } = server()
  const test = setUp(output)
  test.start()
  await test.clock.advance(60_000)
  goDown()
  await test.clock.advance(outageMs)
  comeBack()
  const upAtMs = test.clock.monotonicMs()
  while (test.status().state !== 'running') await test.clock.advance(10)
  return { ...test, output, tookMs: test.clock.monotonicMs() - upAtMs }
}

describe('OutputRunner', () => {
  it('says until when the server wants to be left alone, and does not try before, whoever asks', async () => {
    const output = new FakeOutput((run) => (output.runs.length > 1 ? run.connect() : run.fail('server-busy', 'HTTP 503', { retryAfterMs: 42_000 })))
    const { clock, runner, start, status } = setUp(output)
    start()
    await clock.advance(1)
    const notBeforeMs = status().failure?.notBeforeMs ?? 0
    expect(notBeforeMs - clock.now()).toBeGreaterThan(41_000)
    expect(status().nextAttemptAtMs).toBeGreaterThanOrEqual(notBeforeMs)
    runner.retryNow()
    await clock.advance(40_000)
    expect(output.runs).toHaveLength(1)
    await clock.advance(10_000)
    expect(status().state).toBe('running')
  })

  it('says nothing of the kind when the wait is its own', async () => {
    const { clock, start, status } = setUp(new FakeOutput((run) => run.fail('connection-refused')))
    start()
    await clock.advance(1)
    expect(status().failure).not.toHaveProperty('notBeforeMs')
  })

  it('goes from idle to running when media flows, and says how long that took', async () => {
    const output = new FakeOutput()
    const { start, status, clock, states } = setUp(output)
    start()
    await clock.advance(800)
    expect(status()).toMatchObject({ state: 'connecting', attempt: 1, firstMediaMs: null })
    output.last.connect()
    expect(status()).toMatchObject({ state: 'running', connects: 1, firstMediaMs: 800, failure: null, changedAtMs: clock.now() })
    expect(states).toEqual(['idle', 'connecting', 'running'])
  })

  it('keeps trying a server that is not there, with the next attempt announced', async () => {
    const output = new FakeOutput((run) => run.fail('connection-refused', 'ECONNREFUSED'))
    const { start, status, clock } = setUp(output)
    start()
    await clock.advance(0)
    expect(status()).toMatchObject({ state: 'connecting', attempt: 1, nextAttemptAtMs: clock.now() + 500, failure: { reason: 'connection-refused', evidence: 'ECONNREFUSED' } })
    await clock.advance(500)
    expect(status().attempt).toBe(2)
  })

  it.each([
    ['10 s', 10_000, 2000],
    ['10 min', 600_000, 2000],
    ['30 min', 1_800_000, 5000],
  ])('is back soon after an outage of %s', async (_, outageMs, withinMs) => {
    const { tookMs, status } = await backAfter(outageMs)
    expect(tookMs).toBeLessThanOrEqual(withinMs)
    expect(status()).toMatchObject({ connects: 2, gaps: [{ reason: 'connection-lost', recoverMs: 0 }] })
    expect(status().gaps[0]?.downMs).toBeGreaterThanOrEqual(outageMs)
    expect(status().gaps[0]?.downMs).toBeLessThanOrEqual(outageMs + withinMs + 10)
  })

  it('says failed after 60 s without media, and goes on trying', async () => {
    const { states } = await backAfter(130_000)
    expect(states).toEqual(['idle', 'connecting', 'running', 'recovering', 'failed', 'connecting', 'failed', 'connecting', 'running'])
  })

  it('says failed and goes on even while an attempt hangs', async () => {
    const output = new FakeOutput()
    const { start, status, clock, states } = setUp(output)
    start()
    await clock.advance(60_000)
    expect(states).toEqual(['idle', 'connecting', 'failed', 'connecting'])
    expect(status()).toMatchObject({ final: false, failure: { reason: 'connect-timeout' } })
    output.last.connect()
    expect(status().state).toBe('running')
  })

  it('ends there when failed is final, until the user tries again', async () => {
    const output = new FakeOutput((run, number) => (number < 100 ? run.fail('connection-refused') : undefined))
    const { start, status, clock, runner } = setUp(output, { failAfterMs: 10_000, failedIsFinal: true })
    start()
    await clock.advance(10_000)
    expect(status()).toMatchObject({ state: 'failed', final: true, nextAttemptAtMs: null, failure: { reason: 'connection-refused' } })
    const runs = output.runs.length
    await clock.advance(600_000)
    expect(output.runs).toHaveLength(runs)
    expect(clock.pending).toBe(0)
    runner.wake()
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs)
    runner.retryNow()
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs + 1)
    expect(status()).toMatchObject({ state: 'connecting', final: false, attempt: 1 })
  })

  it('stops at once on a refused key, with its reason', async () => {
    const output = new FakeOutput((run) => run.fail('key-rejected', 'NetStream.Publish.BadName'))
    const { start, status, clock, lines } = setUp(output)
    start()
    await clock.advance(600_000)
    expect(output.runs).toHaveLength(1)
    expect(status()).toMatchObject({ state: 'failed', final: true, nextAttemptAtMs: null, failure: { reason: 'key-rejected', evidence: 'NetStream.Publish.BadName' } })
    expect(lines.filter((each) => each.level === 'error')).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it.each(['key-rejected', 'already-publishing', 'connect-rejected'] as const)('retries %s while recovering: the old session may still hold the place', async (reason) => {
    const output = new FakeOutput((run, number) => (number === 1 || number === 4 ? run.connect() : run.fail(reason)))
    const { start, status, clock } = setUp(output)
    start()
    await clock.advance(1000)
    output.last.fail('connection-lost')
    await clock.advance(10_000)
    expect(output.runs).toHaveLength(4)
    expect(status()).toMatchObject({ state: 'running', connects: 2, failure: { reason } })
  })

  it('stops on a reason that only the user can mend even while recovering', async () => {
    const output = new FakeOutput((run, number) => (number === 1 ? run.connect() : run.fail('certificate-expired')))
    const { start, status, clock, states } = setUp(output)
    start()
    await clock.advance(1000)
    output.last.fail('connection-lost')
    await clock.advance(10_000)
    expect(status()).toMatchObject({ state: 'failed', final: true })
    expect(states).toEqual(['idle', 'connecting', 'running', 'recovering', 'failed'])
  })

  it('does not let a server that accepts and throws out be tried without pause', async () => {
    const output = new FakeOutput((run) => {
      run.connect()
      run.run.clock.sleep(200).then(() => run.fail('server-closed'))
    })
    const { start, clock } = setUp(output)
    start()
    await clock.advance(60_000)
    expect(output.runs.length).toBeLessThanOrEqual(46)
    expect(output.runs.length).toBeGreaterThan(20)
  })

  it('retries quickly again after 30 s of health', async () => {
    const output = new FakeOutput((run, number) => (number === 5 ? run.connect() : number < 5 ? run.fail('connection-refused') : undefined))
    const { start, clock, status } = setUp(output)
    start()
    await clock.advance(40_000)
    output.last.fail('connection-lost')
    await clock.advance(0)
    expect((status().nextAttemptAtMs ?? 0) - clock.now()).toBeLessThanOrEqual(700)
  })

  it('tries at once when the user says so or the network is back', async () => {
    const output = new FakeOutput((run) => run.fail('name-not-resolved'))
    const { start, clock, runner } = setUp(output)
    start()
    await clock.advance(30_000)
    const runs = output.runs.length
    runner.retryNow()
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs + 1)
    runner.wake()
    await clock.advance(0)
    expect(output.runs).toHaveLength(runs + 2)
  })

  it('tells connecting and recovering every 5 s for a minute, everything else once', async () => {
    const output = new FakeOutput()
    const { start, clock, told, runner } = setUp(output, { failAfterMs: 600_000 })
    start()
    await clock.advance(100_000)
    expect(told.map((each) => each.atMs / 1000)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60])
    expect(new Set(told.map((each) => `${each.state} ${each.number}`))).toEqual(new Set(['connecting 1']))
    told.length = 0
    output.last.connect()
    await clock.advance(60_000)
    await runner.stop()
    expect(told.map((each) => `${each.state} ${each.number}`)).toEqual(['running 2', 'disconnecting 5', 'idle 0'])
  })

  it('logs one info line per change of state and one warning per automatic retry', async () => {
    const output = new FakeOutput((run, number) => (number === 2 ? run.connect() : number < 2 ? run.fail('stalled') : undefined))
    const { start, clock, lines } = setUp(output)
    start()
    await clock.advance(5000)
    expect(lines.map((each) => `${each.level} ${each.message}`)).toEqual(['info output connecting', 'warn output will be tried again', 'info output running'])
  })

  it('adds figures up over its runs', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, runner } = setUp(output)
    start()
    await clock.advance(0)
    output.last.report({ bytesSent: 1000, framesSent: 30, framesDropped: 2, bitrateKbps: 2500 })
    const old = output.last
    output.last.fail('connection-lost')
    await clock.advance(0)
    expect(runner.figures).toMatchObject({ stage: 'waiting', bitrateKbps: 0, bytesSent: 0, totalBytesSent: 1000 })
    await clock.advance(1000)
    output.last.report({ bytesSent: 500, framesSent: 10, framesDropped: 0 })
    old.report({ bytesSent: 9_999_999 })
    expect(runner.figures).toMatchObject({ stage: 'sending', bytesSent: 500, totalBytesSent: 1500, totalFramesSent: 40, totalFramesDropped: 2 })
  })

  it('counts a stall from the last bytes that went out, not from when it was noticed', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, status } = setUp(output)
    start()
    await clock.advance(1000)
    output.last.report({ bytesSent: 1000 })
    const brokenAtMs = clock.now()
    await clock.advance(10_000)
    output.last.report({ bytesSent: 1000 })
    output.last.fail('stalled')
    await clock.advance(500)
    expect(status().gaps).toEqual([{ reason: 'stalled', atMs: brokenAtMs, downMs: 10_500, recoverMs: 0 }])
  })

  it('believes an output that says for how long its line had been broken', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, status } = setUp(output)
    start()
    await clock.advance(20_000)
    const noticedAtMs = clock.now()
    output.last.fail('connection-lost', '', { brokenForMs: 7000 })
    await clock.advance(500)
    expect(status().gaps).toEqual([{ reason: 'connection-lost', atMs: noticedAtMs - 7000, downMs: 7500, recoverMs: 0 }])
  })

  it('is recovering while an output mends its line, and running in the same run when it is back: a gap, but no new connection', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, status, told, states } = setUp(output)
    start()
    await clock.advance(20_000)
    const noticedAtMs = clock.now()
    output.last.interrupt('connection-lost', 'ICE disconnected', { brokenForMs: 4000 })
    expect(status()).toMatchObject({ state: 'recovering', failure: { reason: 'connection-lost', evidence: 'ICE disconnected' }, nextAttemptAtMs: null, gaps: [] })
    await clock.advance(6000)
    output.last.connect()
    expect(status()).toMatchObject({ state: 'running', attempt: 1, connects: 1, gaps: [{ reason: 'connection-lost', atMs: noticedAtMs - 4000, downMs: 10_000, recoverMs: 6000 }] })
    await clock.advance(120_000)
    expect(output.runs).toHaveLength(1)
    expect(states).toEqual(['idle', 'connecting', 'running', 'recovering', 'running'])
    expect(told.map(({ number, atMs }) => [number, atMs])).toEqual([[1, 0], [2, 0], [3, 20_000], [3, 25_000], [2, 26_000]])
  })

  it('counts one gap, from its beginning, when what was interrupted fails after all', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, status, states } = setUp(output)
    start()
    await clock.advance(20_000)
    const first = output.last
    first.interrupt('stalled', '', { brokenForMs: 5000 })
    await clock.advance(5000)
    first.fail('stalled', 'for 10 s', { brokenForMs: 10_000 })
    await clock.advance(500)
    expect(status()).toMatchObject({ state: 'running', connects: 2, gaps: [{ reason: 'stalled', downMs: 10_500, recoverMs: 0 }] })
    first.interrupt('connection-lost')
    expect(status().state).toBe('running')
    expect(states).toEqual(['idle', 'connecting', 'running', 'recovering', 'running'])
  })

  it('says failed when an interruption lasts, and running again when it ends after all', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, states, runner } = setUp(output, { failAfterMs: 10_000 })
    start()
    await clock.advance(1000)
    output.last.interrupt('stalled')
    await clock.advance(11_000)
    output.last.connect()
    expect(states).toEqual(['idle', 'connecting', 'running', 'recovering', 'failed', 'connecting', 'running'])
    output.last.interrupt('stalled')
    await Promise.all([runner.stop(), clock.advance(0)])
    expect(states.slice(-3)).toEqual(['recovering', 'disconnecting', 'idle'])
  })

  it('stops while running: lets the output drain what waits, and no more', async () => {
    const output = new FakeOutput((run) => run.connect(), 1000)
    const { start, clock, runner, states, bus } = setUp(output)
    bus.publishHeaders(fakeHeaders())
    start()
    await clock.advance(0)
    const { feed } = output.last.run
    feed.tryNext()
    bus.publish(videoPacket(0, true))
    const stopped = runner.stop()
    bus.publish(videoPacket(33))
    expect(feed.tryNext()).toMatchObject({ packet: { key: true } })
    expect(feed.tryNext()).toBeNull()
    await clock.advance(999)
    expect(runner.status.value.state).toBe('disconnecting')
    await clock.advance(1)
    await stopped
    expect(states).toEqual(['idle', 'connecting', 'running', 'disconnecting', 'idle'])
    expect([clock.pending, bus.readers]).toEqual([0, 0])
  })

  it('leaves an output behind that does not stop within 5 s', async () => {
    const output = new FakeOutput((run) => run.connect(), 1_000_000)
    const { start, clock, runner, lines, bus } = setUp(output)
    start()
    await clock.advance(0)
    const stopped = runner.stop()
    await clock.advance(5000)
    await stopped
    expect(runner.status.value.state).toBe('idle')
    expect(lines.some((each) => each.message === 'output did not stop in time')).toBe(true)
    expect(bus.readers).toBe(0)
  })

  it('gives an output longer that holds media back on purpose', async () => {
    const output = new FakeOutput((run) => run.connect(), 9000)
    const { start, clock, runner, lines } = setUp(output, {}, 12_000)
    start()
    await clock.advance(0)
    const stopped = runner.stop()
    await clock.advance(9000)
    await stopped
    expect(lines.some((each) => each.message === 'output did not stop in time')).toBe(false)
  })

  it.each<[string, (run: FakeRun) => void]>([
    ['connecting', () => {}],
    ['waiting for a retry', (run) => run.fail('connection-refused')],
    ['finally failed', (run) => run.fail('key-rejected')],
  ])('stops while %s, leaving nothing behind', async (_, answer) => {
    const output = new FakeOutput(answer)
    const { start, clock, runner, bus, states } = setUp(output)
    start()
    await clock.advance(100)
    await runner.stop()
    const runs = output.runs.length
    await clock.advance(600_000)
    expect(runner.status.value).toMatchObject({ state: 'idle', final: false, nextAttemptAtMs: null })
    expect(output.runs).toHaveLength(runs)
    expect([clock.pending, bus.readers]).toEqual([0, 0])
    for (let i = 1; i < states.length; i++) expect(OUTPUT_MOVES[states[i - 1] ?? 'idle']).toContain(states[i])
  })

  it('may be stopped twice at once, and started again', async () => {
    const output = new FakeOutput((run) => run.connect())
    const { start, clock, runner, status } = setUp(output)
    start()
    await clock.advance(0)
    await Promise.all([runner.stop(), runner.stop()])
    await runner.stop()
    start()
    await clock.advance(0)
    expect(status()).toMatchObject({ state: 'running', connects: 2 })
  })

  it('begins nothing again that is being stopped', async () => {
    const { clock, runner, status } = setUp(new FakeOutput(), { failedIsFinal: true })
    let runs = 0
    let letGo = () => {}
    const slowToEnd = () =>
      new Promise<never>((_resolve, reject) => {
        runs++
        letGo = () => reject(new StudioError('connection-lost'))
      })
    runner.start(slowToEnd, 0)
    await clock.advance(60_000)
    expect(status().final).toBe(true)
    const stopped = runner.stop()
    runner.retryNow()
    letGo()
    await clock.advance(5000)
    await stopped
    expect(status().state).toBe('idle')
    expect(runs).toBe(1)
  })
})
