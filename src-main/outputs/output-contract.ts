import { afterEach, describe, expect, it } from 'vitest'
import { REASONS, StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import { type Clock, systemClock } from '../base/clock.ts'
import { audioPacket, fakeHeaders, videoPacket } from '../bus/fake-program.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import type { OutputRun } from './output.ts'

/** `accepts` takes media and reads it; `refuses` does not let the publisher in; `absent` is no server at all. */
export type ServerMode = 'accepts' | 'refuses' | 'absent'

/** An output with a real server on this computer, as the suite steers it. Its time-outs are short: a stall shows within 2 s. */
export interface OutputFixture {
  /** The output with everything but the run known, e.g. its address. */
  run(run: OutputRun): Promise<never>
  /** The media that the server has received, in order. */
  received(): readonly ('key' | 'video' | 'audio')[]
  /** True once the publisher has said goodbye. */
  saidGoodbye(): boolean
  openConnections(): number
  /** The server goes without a word. */
  cut(): void
  /** The server stops reading, its connection stays open. */
  stall(): void
  /** Nothing arrives until the returned function is called: only for an output that mends its line within the run. */
  breakLine?(): () => void
  close(): Promise<void>
}

/** Where an output's media comes from: the `program` on the bus, or something of its `own` that codes for itself (WebRTC). */
export type MediaFrom = 'program' | 'own'

/** What every output must do, whatever its protocol: it is run against a fake and against each real one. */
export function describeOutput(name: string, makeFixture: (mode: ServerMode) => Promise<OutputFixture>, mediaFrom: MediaFrom = 'program'): void {
  describe(`${name} as an output`, () => {
    let current: OutputTest | null = null
    // Each of them also ends without a timer, a socket or a waiting promise left behind.
    afterEach(async () => {
      await current?.close()
      current = null
    })
    const begin = async (mode: ServerMode, reason?: unknown) => (current = new OutputTest(await makeFixture(mode), reason))

    it('connects once the server has accepted media, which begins with a key frame', async () => {
      const { fixture, figures, ...test } = await begin('accepts')
      await test.until(() => test.connects() > 0 && fixture.received().length > 20 && (figures.at(-1)?.framesSent ?? 0) > 5)
      expect(test.connects()).toBe(1)
      expect(fixture.received().find((each) => each !== 'audio')).toBe('key')
      expect(figures.at(-1)).toMatchObject({ stage: 'sending', framesDropped: 0 })
      expect(figures.at(-1)?.bytesSent).toBeGreaterThan(1000)
    })

    it('told to stop, it sends what is queued, says goodbye and rejects with the very reason', async () => {
      const { fixture, ...test } = await begin('accepts')
      await test.until(() => fixture.received().length > 10)
      const sent = test.pausePublishing()
      const reason = new StudioError('stopped')
      test.stop(reason)
      expect(await test.ended).toBe(reason)
      await test.until(() => fixture.saidGoodbye())
      if (mediaFrom === 'program') expect(fixture.received().length).toBe(sent)
    })

    it('ends at once with the reason when it is aborted for anything else', async () => {
      const { fixture, ...test } = await begin('accepts')
      await test.until(() => fixture.received().length > 0)
      const reason = new StudioError('ended', 'to begin anew')
      test.stop(reason)
      expect(await test.ended).toBe(reason)
    })

    it('does nothing when it is aborted before it begins', async () => {
      const reason = new StudioError('stopped')
      const { fixture, ...test } = await begin('accepts', reason)
      expect(await test.ended).toBe(reason)
      expect(fixture.received()).toEqual([])
    })

    it('fails for a reason that is retried while recovering when the server goes', async () => {
      const { fixture, ...test } = await begin('accepts')
      await test.until(() => test.connects() > 0)
      fixture.cut()
      // Some servers end a refused session in just this way, so soon after the start it may be taken for a refusal.
      expect(['yes', 'recovering', 'twice']).toContain(retryOf(await test.ended))
    })

    it('fails for a reason worth retrying when there is no server', async () => {
      const test = await begin('absent')
      expect(retryOf(await test.ended)).toBe('yes')
      expect(test.connects()).toBe(0)
    })

    it('fails as stalled when the server takes no more bytes', async () => {
      const { fixture, ...test } = await begin('accepts')
      await test.until(() => test.connects() > 0)
      fixture.stall()
      test.publishMuch()
      expect(await test.ended).toMatchObject({ name: 'StudioError', reason: 'stalled' })
    })

    it('fails for a reason that needs the user when it is refused, and never says that it is connected', async () => {
      const test = await begin('refuses')
      expect(['recovering', 'no']).toContain(retryOf(await test.ended))
      expect(test.connects()).toBe(0)
    })

    if (mediaFrom === 'own') {
      it('lets nothing wait for it on the bus, and counts nothing as dropped there', async () => {
        const { figures, ...test } = await begin('accepts')
        await test.until(() => test.connects() > 0 && (figures.at(-1)?.framesSent ?? 0) > 5)
        test.publishMuch()
        const soFar = figures.length
        await test.until(() => figures.length > soFar + 5)
        expect(test.feed).toMatchObject({ queuedBytes: 0, framesDropped: 0 })
        expect(figures.at(-1)).toMatchObject({ framesDropped: 0, queueMs: 0 })
      })

      it('says that it is interrupted while nothing arrives, and connected again after that, all in one run', async () => {
        const { fixture, ...test } = await begin('accepts')
        await test.until(() => test.connects() === 1 && fixture.received().length > 10)
        const mend = fixture.breakLine?.()
        await test.until(() => test.interruptions.length === 1)
        expect(retryOf(test.interruptions[0])).toBe('yes')
        expect(test.connects()).toBe(1)
        mend?.()
        await test.until(() => test.connects() === 2)
        const soFar = fixture.received().length
        await test.until(() => fixture.received().length > soFar + 10)
        expect(test.interruptions).toHaveLength(1)
      })
    } else {
      it('fails with no-program when the program ends', async () => {
        const test = await begin('accepts')
        await test.until(() => test.connects() > 0)
        test.endProgram()
        expect(await test.ended).toMatchObject({ name: 'StudioError', reason: 'no-program' })
      })
    }
  })
}

/** Counts what waits, so that a timer left behind shows. */
class CountingClock implements Clock {
  pending = 0
  now = () => systemClock.now()
  monotonicMs = () => systemClock.monotonicMs()
  random = () => systemClock.random()

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    this.pending++
    return systemClock.sleep(delayMs, signal).finally(() => this.pending--)
  }

  every(periodMs: number, tick: () => void): () => void {
    this.pending++
    const stop = systemClock.every(periodMs, tick)
    let stopped = false
    return () => {
      if (!stopped) this.pending--
      stopped = true
      stop()
    }
  }
}

const FRAME_MS = 1000 / 30
const COMMON_BYTES = 2000
/** More than any two sockets hold between them, within a second. */
const MUCH_BYTES = 2_000_000

/** One run of an output on a program that flows in real time. */
class OutputTest {
  readonly figures: OutputFigures[] = []
  readonly ended: Promise<unknown>
  readonly #clock = new CountingClock()
  readonly #bus = new ProgramBus(systemClock)
  readonly feed = this.#bus.subscribe({ start: 'next-key-frame' })
  readonly #stop = new AbortController()
  readonly #stopProgram: () => void
  /** Why it said to be interrupted, each time. */
  readonly interruptions: StudioError[] = []
  #connects = 0
  #sent = 0
  #frame = 0
  #frameBytes = COMMON_BYTES
  #over = false

  constructor(
    readonly fixture: OutputFixture,
    abortedWith?: unknown,
  ) {
    if (abortedWith !== undefined) this.#stop.abort(abortedWith)
    this.#bus.publishHeaders(fakeHeaders())
    this.#stopProgram = systemClock.every(FRAME_MS, () => this.#publish())
    this.ended = fixture
      .run({ feed: this.feed, signal: this.#stop.signal, clock: this.#clock, connected: () => this.#connected(), interrupted: (why) => this.#interrupted(why), report: (figures) => this.figures.push(figures) })
      .catch((reason: unknown) => reason)
      .finally(() => (this.#over = true))
  }

  connects = () => this.#connects
  /** Readers of the program. */
  stop = (reason: unknown) => this.#stop.abort(reason)
  endProgram = () => this.#bus.close()
  publishMuch = () => void (this.#frameBytes = MUCH_BYTES)

  /** Returns how many packets were published to the output in all. */
  pausePublishing = (): number => {
    this.#stopProgram()
    return this.#sent
  }

  /** Waits for a condition; the test's own time-out ends a wait in vain. An output that ends meanwhile fails the test with its reason. */
  until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      if (this.#over && !this.#stop.signal.aborted) throw await this.ended
      await systemClock.sleep(5)
    }
  }

  /** Ends the run and checks that nothing is left behind. */
  async close(): Promise<void> {
    this.#stopProgram()
    this.#stop.abort(new StudioError('ended'))
    await this.ended
    this.feed.close()
    await this.until(() => this.fixture.openConnections() === 0 && this.#clock.pending === 0)
    await this.fixture.close()
  }

  #connected(): void {
    if (++this.#connects > this.interruptions.length + 1) throw new Error('connected twice, without an interruption between')
  }

  #interrupted(why: StudioError): void {
    if (this.interruptions.push(why) > this.#connects) throw new Error('interrupted without being connected')
  }

  #publish(): void {
    const isKey = this.#frame % 10 === 0
    const atMs = this.#frame++ * FRAME_MS
    for (const packet of [videoPacket(atMs, isKey, this.#frameBytes), audioPacket(atMs + 1)]) {
      // What is published before the output reads is not for it: its feed begins with the key frame after that.
      const before = this.feed.queuedBytes
      this.#bus.publish(packet)
      if (this.feed.queuedBytes > before) this.#sent++
    }
  }
}

function retryOf(thrown: unknown): string {
  if (!(thrown instanceof StudioError)) throw new Error('an output fails with a StudioError', { cause: thrown })
  return REASONS[thrown.reason].retry
}
