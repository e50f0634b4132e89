import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from './fake-clock.ts'
import { type Attempt, KeepAlive, type RetryDelay, type RetryQuestion } from './keep-alive.ts'

type Run = (attempt: Attempt) => Promise<void>

/** A run that lasts until it is aborted. */
const untilAborted: Run = ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

function setUp(runs: Run[], delayMs: (question: RetryQuestion) => number | RetryDelay | null = () => 1000) {
  const clock = new FakeClock()
  const questions: RetryQuestion[] = []
  const startedAtMs: number[] = []
  const originMs = clock.monotonicMs()
  const loop = new KeepAlive({
    clock,
    runOnce: (attempt) => {
      startedAtMs.push(clock.monotonicMs() - originMs)
      return (runs.shift() ?? untilAborted)(attempt)
    },
    nextDelayMs: (question) => {
      questions.push(question)
      return delayMs(question)
    },
  })
  const stop = new AbortController()
  const ended = loop.run(stop.signal).catch((reason: unknown) => reason)
  return { clock, loop, questions, startedAtMs, ended, stop: (reason: unknown) => stop.abort(reason) }
}

const fail = (reason: StudioError['reason']): Run => () => Promise.reject(new StudioError(reason))
const healthyFor = (clock: () => FakeClock, ms: number): Run => async ({ healthy, signal }) => {
  healthy()
  await clock().sleep(ms, signal)
  throw new StudioError('connection-lost')
}

describe('KeepAlive', () => {
  it('runs again after the wait that the policy asks for', async () => {
    const { clock, startedAtMs, questions } = setUp([fail('connection-refused'), fail('stalled')])
    await clock.advance(999)
    expect(startedAtMs).toEqual([0])
    await clock.advance(5000)
    expect(startedAtMs).toEqual([0, 1000, 2000])
    expect(questions.map((each) => [each.attempt, each.reason, each.downForMs, each.everLive])).toEqual([
      [1, 'connection-refused', 0, false], [2, 'stalled', 1000, false],
    ])
  })

  it('ends with the failure that the policy does not retry', async () => {
    const { ended, clock, startedAtMs } = setUp([fail('key-rejected')], () => null)
    expect(await ended).toMatchObject({ reason: 'key-rejected' })
    expect(startedAtMs).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })

  it('takes a run that comes back, and anything thrown, for a failure with a reason', async () => {
    const { clock, questions } = setUp([() => Promise.resolve(), () => Promise.reject(new TypeError('oops'))])
    await clock.advance(2000)
    expect(questions.map((each) => each.reason)).toEqual(['ended', 'unexpected'])
  })

  it('begins anew with its back-off only after 30 s of health', async () => {
    const runs: Run[] = [fail('connection-lost')]
    const { clock, questions } = setUp(runs)
    runs.push(healthyFor(() => clock, 29_000), healthyFor(() => clock, 30_000), fail('connection-lost'))
    await clock.advance(70_000)
    expect(questions.map(({ attempt, downForMs, healthyForMs, everLive }) => ({ attempt, downForMs, healthyForMs, everLive }))).toEqual([
      { attempt: 1, downForMs: 0, healthyForMs: 0, everLive: false },
      { attempt: 2, downForMs: 30_000, healthyForMs: 29_000, everLive: true },
      { attempt: 1, downForMs: 0, healthyForMs: 30_000, everLive: true },
      { attempt: 2, downForMs: 1000, healthyForMs: 0, everLive: true },
    ])
  })

  it('cuts a wait short when woken', async () => {
    const { clock, loop, startedAtMs } = setUp([fail('connection-lost')], () => 60_000)
    await clock.advance(200)
    loop.wake()
    await clock.advance(0)
    expect(startedAtMs).toEqual([0, 200])
  })

  it('leaves a server alone for as long as it asked, even when woken', async () => {
    const busy: Run = () => Promise.reject(new StudioError('server-busy', '', { retryAfterMs: 20_000 }))
    const { clock, loop, startedAtMs } = setUp([busy, fail('connection-lost')])
    await clock.advance(15_000)
    loop.wake()
    await clock.advance(4999)
    expect(startedAtMs).toEqual([0])
    await clock.advance(1)
    expect(startedAtMs).toEqual([0, 20_000])
    await clock.advance(1000)
    expect(startedAtMs).toEqual([0, 20_000, 21_000])
  })

  it('cuts nothing of what the policy says must pass, even when woken', async () => {
    const { clock, loop, startedAtMs } = setUp([fail('publish-timeout')], () => ({ delayMs: 40_000, atLeastMs: 30_000 }))
    await clock.advance(10_000)
    loop.wake()
    await clock.advance(19_999)
    expect(startedAtMs).toEqual([0])
    await clock.advance(2)
    loop.wake()
    await clock.advance(0)
    expect(startedAtMs).toEqual([0, 30_001])
  })

  it('leaves a server alone that asked for it in the very moment in which an attempt is to begin anew', async () => {
    const { clock, loop, startedAtMs, questions } = setUp([
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new StudioError('server-busy', '', { retryAfterMs: 20_000 })), { once: true })),
    ])
    await clock.advance(5000)
    loop.wake()
    await clock.advance(19_999)
    expect([startedAtMs, questions.length]).toEqual([[0], 1])
    await clock.advance(1)
    expect(startedAtMs).toEqual([0, 25_000])
  })

  it('waits for as long as the policy says when the server asked for less', async () => {
    const { clock, loop, startedAtMs } = setUp([() => Promise.reject(new StudioError('server-busy', '', { retryAfterMs: 500 }))], () => 3000)
    await clock.advance(2999)
    expect(startedAtMs).toEqual([0])
    loop.wake()
    await clock.advance(0)
    expect(startedAtMs).toEqual([0, 2999])
  })

  it('begins an attempt anew that has been getting nowhere, without asking the policy', async () => {
    const { clock, loop, startedAtMs, questions } = setUp([])
    await clock.advance(999)
    loop.wake()
    await clock.advance(1)
    expect(startedAtMs).toEqual([0])
    loop.wake()
    await clock.advance(0)
    expect(startedAtMs).toEqual([0, 1000])
    expect(questions).toEqual([])
  })

  it('begins anew even when the run ends with a reason of its own', async () => {
    const { clock, loop, startedAtMs, questions } = setUp([
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new StudioError('connection-lost')), { once: true })),
    ])
    await clock.advance(5000)
    loop.wake()
    await clock.advance(0)
    expect(startedAtMs).toEqual([0, 5000])
    expect(questions).toEqual([])
  })

  it('leaves a healthy run alone when woken', async () => {
    const { clock, loop, startedAtMs } = setUp([({ healthy, ...attempt }) => (healthy(), untilAborted({ healthy, ...attempt }))])
    await clock.advance(60_000)
    loop.wake()
    await clock.advance(1000)
    expect(startedAtMs).toEqual([0])
  })

  it('stops with the reason of the signal, while running and while waiting', async () => {
    const running = setUp([])
    running.stop(new StudioError('stopped'))
    expect(await running.ended).toMatchObject({ reason: 'stopped' })

    const waiting = setUp([fail('connection-lost')])
    await waiting.clock.advance(10)
    waiting.stop(new StudioError('stopped'))
    expect(await waiting.ended).toMatchObject({ reason: 'stopped' })
    expect(waiting.clock.pending).toBe(0)
    await waiting.clock.advance(10_000)
    expect(waiting.startedAtMs).toEqual([0])
  })

  it('waits for the running attempt to end before it says that it has stopped', async () => {
    const { clock, ended, stop } = setUp([
      async ({ signal }) => {
        await untilAborted({ signal, number: 1, healthy() {} }).catch(() => {})
        await clock.sleep(3000)
        throw signal.reason
      },
    ])
    let over = false
    ended.then(() => (over = true))
    stop(new StudioError('stopped'))
    await clock.advance(2999)
    expect(over).toBe(false)
    await clock.advance(1)
    expect(over).toBe(true)
  })
})
