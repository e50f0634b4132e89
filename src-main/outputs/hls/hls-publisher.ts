import { REASONS, StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import { serviceRule } from '@shared/domain/service-codes.ts'
import type { Clock } from '../../base/clock.ts'
import type { HlsLimits } from './hls-limits.ts'
import type { HlsPlace } from './hls-place.ts'
import type { HlsPlaylist } from './hls-playlist.ts'
import type { CutSegment } from './segment-cutter.ts'
import { UploadLine } from './upload-line.ts'

/** Brings finished segments to their place, one after the other, each followed by the playlist that names it. */
export class HlsPublisher {
  framesSent = 0
  published = 0
  readonly #waiting: { segment: CutSegment; atMs: number }[] = []
  readonly #failed = new AbortController()
  #working: Promise<void> | null = null
  readonly #line = new UploadLine()
  #lastTaken = 0
  /** Since when something waits that is not taken; null while nothing waits. */
  #stuckSinceMs: number | null = null
  #wake: (() => void) | null = null

  constructor(
    private readonly parts: { place: HlsPlace; playlist: HlsPlaylist; clock: Clock; limits: HlsLimits; /** Wall time minus program time, ms. */ wallOffsetMs(): number; onPublished(segment: CutSegment): void },
    private readonly signal: AbortSignal,
  ) {}

  /** Aborts with the reason when something could not be brought there. */
  get failure(): AbortSignal {
    return this.#failed.signal
  }

  get hasRoom(): boolean {
    return this.#waiting.length <= this.parts.limits.maxWaiting
  }

  /**
   * How much later than they should the finished segments will be in their place, ms. Each may take as long as it lasts, the next one is
   * not finished before: whoever watches the line would else take every upload for a line that is too slow.
   */
  get waitingMs(): number {
    const waiting = this.#waiting.map(({ segment, atMs }) => ({ sizeBytes: segment.bytes.byteLength, durationMs: segment.durationMs, atMs }))
    return this.#line.lateMs(waiting, this.parts.clock.monotonicMs())
  }

  /** What the line takes and was last seen to take, as in an output's figures; empty where there is none. */
  get line(): Pick<OutputFigures, 'lineKbps' | 'knownKbps'> {
    const nowMs = this.parts.clock.monotonicMs()
    return this.parts.place.arrivedBytes ? { lineKbps: this.#line.kbps(nowMs), knownKbps: this.#line.knownKbps(nowMs) } : {}
  }

  add(segment: CutSegment): void {
    const nowMs = this.parts.clock.monotonicMs()
    this.#waiting.push({ segment, atMs: nowMs })
    this.#stuckSinceMs ??= nowMs
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
  }

  /** Resolves when all that was added is in place; rejects when it cannot be. */
  async settled(): Promise<void> {
    await this.#working
    this.#failed.signal.throwIfAborted()
  }

  /** Resolves at the next change: a segment in place, or a failure. */
  change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done)
        this.#wake = null
        resolve()
      }
      if (signal.aborted) return resolve()
      signal.addEventListener('abort', done, { once: true })
      this.#wake = done
    })
  }

  /** Nothing follows. */
  async end(): Promise<void> {
    if (!this.parts.playlist.isEmpty) await this.#putPlaylist(true)
  }

  /** Looks at the line, and for a server that takes nothing; to be called four times a second or so. */
  watch(): void {
    const { place, clock, limits } = this.parts
    void place.arrivedBytes?.().then((bytes) => this.#line.arrived(bytes, clock.monotonicMs()))
    const nowMs = clock.monotonicMs()
    if (place.takenBytes !== this.#lastTaken && this.#stuckSinceMs !== null) this.#stuckSinceMs = nowMs
    this.#lastTaken = place.takenBytes
    const stuckForMs = this.#stuckSinceMs === null ? 0 : nowMs - this.#stuckSinceMs
    if (stuckForMs > limits.stallMs) this.#fail(new StudioError('stalled', `nothing was taken for ${Math.round(limits.stallMs / 1000)} s`, { brokenForMs: stuckForMs }))
  }

  async #work(): Promise<void> {
    try {
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        await this.#publish(next.segment)
        this.#waiting.shift()
        this.#stuckSinceMs = this.#waiting.length > 0 ? this.parts.clock.monotonicMs() : null
        this.parts.onPublished(next.segment)
        this.#wake?.()
      }
    } catch (error) {
      this.#fail(StudioError.from(error))
    }
  }

  async #publish(segment: CutSegment): Promise<void> {
    const { place, playlist } = this.parts
    const name = playlist.nextName()
    await this.#put(name, segment.bytes, this.#line)
    const { durationMs, discontinuity, fromUs } = segment
    const gone = playlist.add({ name, durationMs, discontinuity, atMs: fromUs / 1000 + this.parts.wallOffsetMs() })
    await this.#putPlaylist(false)
    this.framesSent += segment.frames
    this.published++
    // After the playlist no longer names them.
    for (const old of gone) void place.remove(old.name, this.signal)
  }

  #putPlaylist(ended: boolean): Promise<void> {
    const { place, playlist } = this.parts
    return this.#put(place.playlistName, Buffer.from(playlist.text({ ended })))
  }

  /** Once it has worked, a file is tried again for as long as a stall may last; never before a server that named a time wants it. */
  async #put(name: string, bytes: Uint8Array, line?: UploadLine): Promise<void> {
    const { place, clock, limits } = this.parts
    const signal = AbortSignal.any([this.signal, this.#failed.signal])
    const untilMs = clock.monotonicMs() + limits.stallMs
    let failingSinceMs: number | null = null
    for (;;) {
      line?.begins(bytes.byteLength, clock.monotonicMs())
      try {
        await place.put(name, bytes, signal)
        line?.ends(true, clock.monotonicMs())
        return
      } catch (error) {
        line?.ends(false, clock.monotonicMs())
        signal.throwIfAborted()
        const failure = StudioError.from(error)
        const nowMs = clock.monotonicMs()
        failingSinceMs ??= nowMs
        const rule = serviceRule(failure.serviceCode)
        const waitMs = Math.max(limits.retryMs, failure.retryAfterMs ?? 0, rule?.retryAfterMs ?? 0)
        const worthIt = (rule?.retry ?? REASONS[failure.reason].retry) === 'yes'
        if (this.published === 0 || !worthIt || nowMs + waitMs > untilMs) throw since(failure, nowMs - failingSinceMs)
        await clock.sleep(waitMs, signal)
      }
    }
  }

  #fail(failure: StudioError): void {
    if (!this.#failed.signal.aborted) this.#failed.abort(failure)
    this.#wake?.()
  }
}

/** The same failure, of something that has been broken for so long. */
function since(failure: StudioError, brokenForMs: number): StudioError {
  const { reason, evidence, serviceCode, retryAfterMs } = failure
  return brokenForMs > 0 ? new StudioError(reason, evidence, { cause: failure, serviceCode, retryAfterMs, brokenForMs }) : failure
}
