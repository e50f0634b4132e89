import { StudioError } from '@shared/domain/errors.ts'
import type { IngestFigures } from '@shared/domain/ingest-push.ts'
import type { OutputFigures, OutputStage } from '@shared/domain/output.ts'
import type { Clock } from '../../base/clock.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import type { RunOutput } from '../../outputs/output.ts'
import { PacedFeed } from './paced-feed.ts'
import type { PushSample } from './step-verdict.ts'

export interface SessionParts {
  clock: Clock
  /** Ends everything at once. */
  signal: AbortSignal
  push: RunOutput<OutputTarget>
  onSample?: (sample: PushSample) => void
}

/** Outputs give up connecting sooner by themselves. */
const CONNECT_MS = 20_000
const STAGE_OF = { resolving: 'dnsMs', connecting: 'tcpMs', securing: 'tlsMs', handshaking: 'handshakeMs', opening: 'connectMs', publishing: 'publishMs' } as const satisfies Partial<Record<OutputStage, keyof IngestFigures['stages']>>

/** One push of the test stream by the studio's own output, at a rate that may change. */
export class PushSession {
  readonly stages: IngestFigures['stages'] = { dnsMs: null, tcpMs: null, tlsMs: null, handshakeMs: null, connectMs: null, publishMs: null }
  /** Why it ended, as soon as it has. */
  failure: StudioError | null = null
  /** From a byte sent to the server's word of it; null = unknown. */
  ackLagMs: number | null = null
  readonly #feed: PacedFeed
  readonly #stop = new AbortController()
  readonly #ended: Promise<void>
  /** Aborts when it has ended. */
  readonly #over = new AbortController()
  readonly #connected = Promise.withResolvers<void>()
  #samples: PushSample[] = []
  #stage: { name: OutputStage; sinceMs: number } | null = null

  private constructor(target: OutputTarget, kbps: number, private readonly parts: SessionParts) {
    this.#feed = new PacedFeed(parts.clock, kbps)
    const { clock, signal } = parts
    const onAbort = () => this.#stop.abort(new StudioError('ended', 'called off'))
    signal.addEventListener('abort', onAbort, { once: true })
    this.#ended = parts
      .push(target, { feed: this.#feed, clock, signal: this.#stop.signal, connected: () => this.#connected.resolve(), interrupted: () => {}, report: (figures) => this.#report(figures) })
      .catch((error: unknown) => {
        this.failure = StudioError.from(error)
        this.#connected.reject(this.failure)
        this.#over.abort(this.failure)
        this.#feed.close()
        signal.removeEventListener('abort', onAbort)
      })
  }

  /** Resolves once the server takes media. Rejects with the StudioError that kept it from that, or with the signal's reason. */
  static async open(target: OutputTarget, kbps: number, parts: SessionParts): Promise<PushSession> {
    parts.signal.throwIfAborted()
    const session = new PushSession(target, kbps, parts)
    const timer = new AbortController()
    void parts.clock.sleep(CONNECT_MS, timer.signal).then(() => session.#connected.reject(new StudioError('connect-timeout')), () => {})
    try {
      await session.#connected.promise
      return session
    } catch (error) {
      session.#stop.abort(new StudioError('ended'))
      await session.#ended
      parts.signal.throwIfAborted()
      throw new PushRefused(StudioError.from(error), session.stages)
    } finally {
      timer.abort()
    }
  }

  /** Sends at a rate and tells what was seen after it has settled; ends sooner when the push breaks (see `failure`). */
  async measure(kbps: number, settleMs: number, measureMs: number, afresh: boolean): Promise<PushSample[]> {
    this.#feed.setRate(kbps, afresh)
    await this.#sleep(settleMs)
    this.#samples = []
    await this.#sleep(measureMs)
    return this.#samples
  }

  /** Says goodbye. Never rejects. */
  async close(): Promise<void> {
    this.#feed.close()
    this.#stop.abort(new StudioError('stopped'))
    await this.#ended
  }

  async #sleep(forMs: number): Promise<void> {
    await this.parts.clock.sleep(forMs, AbortSignal.any([this.#over.signal, this.parts.signal])).catch(() => {})
    this.parts.signal.throwIfAborted()
  }

  #report({ stage, bytesSent, bytesAcknowledged, queueMs, framesDropped, rttMs }: OutputFigures): void {
    const atMs = this.parts.clock.monotonicMs()
    if (this.#stage?.name !== stage) {
      const before = this.#stage && this.#stage.name in STAGE_OF ? STAGE_OF[this.#stage.name as keyof typeof STAGE_OF] : null
      if (before && this.#stage) this.stages[before] = Math.round((atMs - this.#stage.sinceMs) * 10) / 10
      this.#stage = { name: stage, sinceMs: atMs }
    }
    this.ackLagMs = rttMs
    const sample = { atMs, sentBytes: bytesSent, acknowledgedBytes: bytesAcknowledged, queueMs, framesDropped }
    this.#samples.push(sample)
    this.parts.onSample?.(sample)
  }
}

/** A push that was not let in, with how far it came. */
export class PushRefused extends Error {
  constructor(readonly failure: StudioError, readonly stages: IngestFigures['stages']) {
    super(failure.reason)
  }
}
