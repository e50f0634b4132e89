import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { Scope } from '../../base/scope.ts'
import { type Child, startChild } from '../../process/child.ts'
import { nullPackets, TS_PACKET_BYTES } from '../mpegts/ts-packets.ts'
import { DATAGRAM_BYTES, srtArguments } from './srt-arguments.ts'
import type { SrtAddress } from './srt-address.ts'
import type { Resolve } from './srt-addresses.ts'
import type { SrtLimits } from './srt-limits.ts'
import { SrtProgress } from './srt-progress.ts'
import { reasonOfEnd, rejectionOf } from './srt-reasons.ts'
import { SrtRelay } from './srt-relay.ts'
import type { SrtSecrets } from './srt-secrets.ts'
import { writeSecrets } from './srt-secrets-file.ts'

export interface SessionSpec {
  ffmpegPath: string
  address: SrtAddress
  mode: 'caller' | 'listener'
  latencyMs: number
  keyLength: 16 | 24 | 32
  secrets: SrtSecrets
  /** The system's, unless a test brings its own. */
  resolve?: Resolve
}

/** FFmpeg reads its secrets within moments of its start; a listener that waits for hours does not keep them. */
const SECRETS_KEPT_MS = 10_000
/** Datagrams that are sent before the program. */
const PRIMING_PACKETS = 1
const END_OF_INPUT_GRACE_MS = 1000
const TERMINATE_GRACE_MS = 1000

/** One FFmpeg, its watched line, and why it is over. */
export class SrtSession {
  readonly progress = new SrtProgress()
  readonly #broken = new AbortController()
  readonly #waiting = new Set<() => void>()
  #relay: SrtRelay | null = null
  #child: Child | null = null
  #openSinceMs: number | null = null

  private constructor(
    private readonly clock: Clock,
    private readonly limits: SrtLimits,
  ) {}

  /** Opened, but not let in yet. Everything it opens belongs to `scope`; `signal` ends the opening with its reason. */
  static async open(spec: SessionSpec, clock: Clock, limits: SrtLimits, scope: Scope, signal: AbortSignal): Promise<SrtSession> {
    const session = new SrtSession(clock, limits)
    const relay = await SrtRelay.open({
      mode: spec.mode, address: spec.address, clock, connectMs: limits.connectMs, signal: AbortSignal.any([scope.signal, signal]), ...(spec.resolve ? { resolve: spec.resolve } : {}),
      onChange: () => session.#changed(),
    })
    scope.add(() => relay.close())
    session.#relay = relay
    const secrets = await writeSecrets(spec.secrets)
    if (secrets) {
      scope.add(() => secrets.remove())
      void session.until(() => relay.studioSpoke, AbortSignal.any([scope.signal, session.signal])).then(() => secrets.remove(), () => {})
      void clock.sleep(SECRETS_KEPT_MS, scope.signal).then(() => secrets.remove(), () => {})
    }
    const peer = { mode: spec.mode, port: relay.studioPort, latencyMs: spec.latencyMs, keyLength: spec.keyLength, encrypted: spec.secrets.passphrase !== '', connectMs: limits.connectMs }
    // A report would be written next to wherever the studio was started, with every option in it.
    const { FFREPORT: _report, ...env } = process.env
    const child = startChild(
      { command: spec.ffmpegPath, args: srtArguments(peer, secrets?.path ?? null), env, stdin: 'pipe', endOfInputGraceMs: END_OF_INPUT_GRACE_MS, terminateGraceMs: TERMINATE_GRACE_MS },
      clock,
    )
    scope.add(() => child.stop())
    session.#child = child
    // FFmpeg looks into its input before it opens its output: a datagram that means nothing.
    child.stdin?.write(nullPackets((PRIMING_PACKETS * DATAGRAM_BYTES) / TS_PACKET_BYTES))
    void child.done.then(({ spawned, stderrTail }) => session.#break(reasonOfEnd({ spawned, stderrTail, open: relay.line.sentPackets > 0, secrets: Object.values(spec.secrets) })))
    return session
  }

  /** Aborts with a StudioError when it is over. */
  get signal(): AbortSignal {
    return this.#broken.signal
  }

  get line() {
    return this.#relay?.line
  }

  /** Listener: whom it serves now, `address:port`. */
  get caller(): string | null {
    return this.#relay?.caller ?? null
  }

  get open(): boolean {
    return this.line?.state === 'open'
  }

  get processId(): number | undefined {
    return this.#child?.pid
  }

  get sentBytes(): number {
    return (this.line?.sentPackets ?? 0) * DATAGRAM_BYTES
  }

  /** Whether the line takes more now; while it does not, the program waits where it can be dropped by key frames. */
  get hasRoom(): boolean {
    return this.progress.oldestMs(this.clock.monotonicMs()) < this.limits.onTheWayMs + 1.5 * (this.line?.rttMs ?? 0)
  }

  /** Age of the oldest media that is late. */
  get waitingMs(): number {
    return Math.max(0, this.progress.oldestMs(this.clock.monotonicMs()) - (this.line?.rttMs ?? 0))
  }

  write(bytes: Buffer): void {
    this.#child?.stdin?.write(bytes)
    this.progress.wrote(bytes.length, this.clock.monotonicMs())
  }

  /** Looks for what shows by its absence; to be called twice a second or more often. */
  watch(): void {
    const stuckMs = this.progress.stuckForMs(this.clock.monotonicMs())
    if (stuckMs > this.limits.stallMs) this.#break(new StudioError('stalled', `nothing was acknowledged for ${Math.round(stuckMs / 1000)} s`))
    this.#changed()
  }

  /** Resolves when the condition holds, looked at after every change; rejects with the signal's reason. */
  async until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    while (!condition()) {
      signal.throwIfAborted()
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    }
  }

  #changed(): void {
    const relay = this.#relay
    if (!relay) return
    const { line, broken } = relay
    const nowMs = this.clock.monotonicMs()
    if (line.state === 'open') this.#openSinceMs ??= nowMs
    this.progress.acknowledged(line.acknowledgedPackets - PRIMING_PACKETS, nowMs)
    if (broken) this.#break(broken)
    // A listener refuses one caller and waits for the next.
    else if (line.state === 'refused' && line.mode === 'caller') this.#break(rejectionOf(line.rejection ?? 0))
    else if (line.state === 'closed') this.#break(this.#hungUp(nowMs))
    for (const wake of this.#waiting) wake()
  }

  #hungUp(nowMs: number): StudioError {
    const early = nowMs - (this.#openSinceMs ?? nowMs) < this.limits.firstMomentsMs
    return new StudioError(early ? 'closed-at-once' : 'server-closed', 'SRT shutdown')
  }

  #break(failure: StudioError): void {
    if (this.#broken.signal.aborted) return
    this.#broken.abort(failure)
    for (const wake of this.#waiting) wake()
  }
}
