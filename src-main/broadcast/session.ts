import type { broadcast, BroadcastFigures, BroadcastStatus } from '@shared/contracts/broadcast.ts'
import type { engine, ProgramWish } from '@shared/contracts/engine.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { keyFramesFor, needsBaseline } from '@shared/domain/addresses/limits-check.ts'
import { channelsOf, type Encoding } from '@shared/domain/encoding.ts'
import { type Reason, StudioError } from '@shared/domain/errors.ts'
import type { OutputFailure } from '@shared/domain/output.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import type { OutputManager, OutputTarget } from '../outputs/manager.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import type { Preferences } from '@shared/contracts/studio.ts'
import { Congestion } from './congestion/congestion.ts'
import { FiguresGatherer, type Usage } from './figures-gatherer.ts'

/** What the session needs of the program's intake. */
export interface ProgramFlow {
  readonly failure: Watchable<OutputFailure | null>
  /** What has come so far. */
  readonly figures: { readonly bytes: number }
  /** Says whether the program should be flowing. */
  expect(wanted: boolean): void
}

export interface SessionParts {
  /** Set anew whenever a destination or its key changes. */
  targets: Watchable<readonly OutputTarget[]>
  outputs: OutputManager
  program: ProgramFlow
  /** An output goes on with the mix until what it is to get instead is there, or waits for the mix's first key frame to go over to it. */
  mixIsStillRead(): boolean
  /** What to begin with; the page sets the show's own. */
  encoding: Encoding
  /** What to do about slow lines. */
  preferences: Watchable<Pick<Preferences, 'congestion'>>
  usage(): Usage
  /** Whether a source of the show gives a picture. */
  pictureIsOn(statuses: readonly SourceStatus[]): boolean
  clock: Clock
  logger: Logger
}

/** A recording: each is another object. */
interface ProgramReader {
  tracks: readonly number[]
}

/** A second *Go live* within this time is answered "too soon": a double click is no wish for two shows. */
const MIN_BETWEEN_STARTS_MS = 3000

/**
 * The show on air: what *Go live* and *End* mean. Serves the `broadcast` contract to the window, the
 * command line and the remote alike, and the `engine` contract to the page's engine.
 */
export class BroadcastSession {
  readonly #status: Topic<BroadcastStatus>
  readonly #wish: Topic<ProgramWish>
  readonly #gatherer: FiguresGatherer
  readonly #congestion: Congestion
  readonly #unwatch: (() => void)[] = []
  #lastStartMs = Number.NEGATIVE_INFINITY
  /** When the user last asked for another try, by destination; monotonic ms. */
  readonly #retriedAtMs = new Map<string, number>()
  readonly #wantedBy = new Set<ProgramReader | 'live'>()
  #engineFailure: OutputFailure | null = null
  #ending: Promise<void> | null = null

  constructor(private readonly parts: SessionParts) {
    const { targets, outputs, program, encoding, clock, usage } = parts
    this.#status = new Topic<BroadcastStatus>({ live: false, liveSinceMs: null, ending: false, encoding, programFailure: null, outputs: [] })
    this.#wish = new Topic<ProgramWish>({ wanted: false, encoding })
    this.#gatherer = new FiguresGatherer(clock, () => outputs.figures, usage)
    this.#congestion = new Congestion({
      content: 'mix',
      offeredBytes: () => program.figures.bytes,
      destinations: () => targets.value.map(({ destination }) => destination),
      statuses: () => outputs.statuses.value,
      figures: () => outputs.figures,
      settings: () => parts.preferences.value.congestion,
      encoding: () => this.#wish.value.encoding,
      apply: (reduced, congestion) => {
        this.#wish.set({ ...this.#wish.value, reduced: reduced ?? undefined })
        this.#update({ congestion })
      },
      clock,
      logger: parts.logger.child('congestion'),
    })
    this.#unwatch.push(
      parts.preferences.watch(() => this.#congestion.look()),
      outputs.statuses.watch((statuses) => this.#update({ outputs: statuses })),
      program.failure.watch((failure) => this.#flowChanged(failure)),
      targets.watch((list) => {
        // Before the outputs are told: who joins live finds the encoders starting.
        this.readersChanged(list)
        this.#keepToPlatforms()
        void outputs.update(list).catch((failure: unknown) => this.#unexpected('destinations', failure))
      }),
    )
  }

  get status(): Watchable<BroadcastStatus> {
    return this.#status
  }

  get figures(): Watchable<BroadcastFigures> {
    return this.#gatherer.figures
  }

  get wish(): Watchable<ProgramWish> {
    return this.#wish
  }

  /** What is really asked of the encoder: as the user has set it, or what the lines leave of it. */
  get encodingInForce(): Encoding {
    const { encoding, reduced } = this.#wish.value
    return { ...encoding, videoKbps: reduced?.videoKbps ?? encoding.videoKbps }
  }

  /** What the engine last said about the show's sources. */
  get sources(): Watchable<SourceStatus[]> {
    return this.#gatherer.sources
  }

  readonly broadcastHandlers: Handlers<typeof broadcast> = {
    goLive: () => this.#goLiveByHand(),
    end: () => this.end(),
    retryNow: ({ destinationId }) => this.#retryByHand(destinationId),
    setVideoKbps: ({ videoKbps }) => this.setEncoding({ ...this.#status.value.encoding, videoKbps }),
    setEncoding: (encoding) => this.setEncoding(encoding),
  }

  readonly engineHandlers: Omit<Handlers<typeof engine>, 'snapshot'> = {
    report: ({ figures, sources }) => this.#gatherer.engineReported(figures, sources),
    failure: ({ reason, evidence }) => this.#engineSaid(reason, evidence),
  }

  /** What the user asks for is refused while there is nothing to see: `no-picture`. */
  #goLiveByHand(): Promise<void> {
    if (!this.#status.value.live && !this.parts.pictureIsOn(this.sources.value)) return Promise.reject(new StudioError('no-picture'))
    return this.goLive()
  }

  /** Throws `too-soon` for a second click, and `not-found`. */
  #retryByHand(destinationId: string): void {
    const nowMs = this.parts.clock.monotonicMs()
    if (nowMs - (this.#retriedAtMs.get(destinationId) ?? Number.NEGATIVE_INFINITY) < MIN_BETWEEN_STARTS_MS) throw new StudioError('too-soon')
    this.parts.outputs.retryNow(destinationId)
    this.#retriedAtMs.set(destinationId, nowMs)
  }

  /** Starts every enabled destination. Rejects with `too-soon`, `already-live` or `no-destination`. */
  async goLive(): Promise<void> {
    const { clock, targets, outputs, logger } = this.parts
    const nowMs = clock.monotonicMs()
    if (nowMs - this.#lastStartMs < MIN_BETWEEN_STARTS_MS) throw new StudioError('too-soon')
    if (this.#status.value.live) throw new StudioError('already-live')
    const list = targets.value
    const count = list.filter(({ destination }) => destination.enabled).length
    if (count === 0) throw new StudioError('no-destination')
    this.#lastStartMs = nowMs
    this.#engineFailure = null
    this.#retriedAtMs.clear()
    this.#keepToPlatforms()
    logger.info('live', { destinations: count })
    // The encoders start while the servers are being reached.
    this.#want('live', readsTheBus(list))
    this.#update({ live: true, liveSinceMs: clock.now() })
    this.#congestion.start()
    await outputs.begin(list, nowMs)
  }

  /** Lets every output drain and say goodbye, a few seconds at most. Does nothing when not live. */
  end(): Promise<void> {
    if (!this.#status.value.live) return Promise.resolve()
    this.#ending ??= this.#end().finally(() => (this.#ending = null))
    return this.#ending
  }

  /** While live only the rate of the picture may change; anything else is refused with `already-live`. */
  setEncoding(encoding: Encoding): void {
    const { live, encoding: now } = this.#status.value
    if (live && !sameButRate(now, encoding)) throw new StudioError('already-live', 'only the rate may change while live')
    if (sameButRate(now, encoding) && now.videoKbps === encoding.videoKbps) return
    this.parts.logger.info('encoding', { ...encoding })
    this.#update({ encoding })
    this.#wish.set({ ...this.#wish.value, encoding: this.#encodingWanted(live) })
    this.#congestion.look()
  }

  /** The program flows, live or not, with these sound tracks (2 to 6) beside the first, until what is returned is called: for a recording. */
  wantProgram(tracks: readonly number[] = []): () => void {
    const wish = { tracks }
    this.#want(wish, true)
    return () => this.#want(wish, false)
  }

  /** To be called when what outputs read has changed: the mix is coded for as long as one of them reads it. */
  readersChanged(targets = this.parts.targets.value): void {
    if (this.#onAir) this.#want('live', readsTheBus(targets) || this.parts.mixIsStillRead())
  }

  /** The network is back, or the computer woke up. */
  wake(): void {
    this.parts.outputs.wake()
  }

  async close(): Promise<void> {
    await this.end()
    for (const unwatch of this.#unwatch) unwatch()
    this.#gatherer.close()
  }

  async #end(): Promise<void> {
    const { outputs, logger } = this.parts
    this.#update({ ending: true })
    try {
      const drained = outputs.end()
      this.#want('live', false)
      this.#congestion.stop()
      await drained
    } finally {
      logger.info('not live any more')
      this.#update({ live: false, liveSinceMs: null, ending: false })
    }
  }

  /**
   * As the user has set it, with key frames no further apart than the platforms take that are sent to by RTMP, and in the profile
   * that they take. `keep`: key frames only come closer and baseline stays, since a change begins the coding anew.
   */
  #encodingWanted(keep: boolean): Encoding {
    const { encoding } = this.#status.value
    const destinations = this.parts.targets.value.flatMap(({ destination }) => (destination.enabled && destination.kind === 'rtmp' ? [destination] : []))
    const seconds = keep ? Math.min(encoding.keyFrameSeconds, this.#wish.value.encoding.keyFrameSeconds) : encoding.keyFrameSeconds
    const baseline = needsBaseline(destinations) || (keep && this.#wish.value.encoding.avcProfile === 'baseline')
    return { ...encoding, keyFrameSeconds: keyFramesFor(seconds, destinations), ...(baseline && { avcProfile: 'baseline' as const }) }
  }

  #keepToPlatforms(): void {
    const encoding = this.#encodingWanted(this.#wish.value.wanted)
    const { keyFrameSeconds, avcProfile } = encoding
    const { encoding: before } = this.#wish.value
    if (keyFrameSeconds === before.keyFrameSeconds && avcProfile === before.avcProfile) return
    this.parts.logger.info('coded as the destinations take it', { keyFrameSeconds, profile: avcProfile ?? 'main' })
    this.#wish.set({ ...this.#wish.value, encoding })
  }

  get #onAir(): boolean {
    const { live, ending } = this.#status.value
    return live && !ending
  }

  /** The program flows as long as somebody wants it. */
  #want(who: ProgramReader | 'live', wanted: boolean): void {
    if (wanted) this.#wantedBy.add(who)
    else this.#wantedBy.delete(who)
    const any = this.#wantedBy.size > 0
    this.parts.program.expect(any)
    const tracks = [...new Set([...this.#wantedBy].flatMap((each) => (each === 'live' ? [] : each.tracks)))].toSorted()
    const { wanted: before, tracks: tracksBefore = [] } = this.#wish.value
    if (before === any && tracksBefore.join() === tracks.join()) return
    this.#wish.set({ ...this.#wish.value, wanted: any, tracks: tracks.length > 0 ? tracks : undefined })
  }

  #engineSaid(reason: Reason | null, evidence: string): void {
    this.#engineFailure = reason && { reason, evidence, atMs: this.parts.clock.now() }
    if (reason) this.parts.logger.warn('engine cannot deliver the program', { reason, evidence })
    else this.parts.logger.info('engine delivers the program')
    this.#update({ programFailure: this.#engineFailure ?? this.parts.program.failure.value })
  }

  /** What the engine says itself is more precise than "nothing comes", until the program flows again. */
  #flowChanged(failure: OutputFailure | null): void {
    if (failure === null) this.#engineFailure = null
    this.#update({ programFailure: this.#engineFailure ?? failure })
  }

  #update(changes: Partial<BroadcastStatus>): void {
    this.#status.set({ ...this.#status.value, ...changes })
  }

  #unexpected(what: string, failure: unknown): void {
    this.parts.logger.error('unexpected failure', { what, evidence: StudioError.from(failure).evidence })
  }
}

/** WHIP codes for itself and single streams have buses of their own: a show that goes nowhere else needs no encoder for the mix. */
const readsTheBus = (targets: readonly OutputTarget[]): boolean =>
  targets.some(({ destination: { enabled, kind, content } }) => enabled && kind !== 'whip' && content === 'mix')

const sameButRate = (a: Encoding, b: Encoding): boolean =>
  a.width === b.width && a.height === b.height && a.frameRate === b.frameRate && a.audioKbps === b.audioKbps && channelsOf(a) === channelsOf(b) && a.keyFrameSeconds === b.keyFrameSeconds
