import type { BroadcastStatus, SinglesStatus } from '@shared/contracts/broadcast.ts'
import type { engine, ProgramWish, SingleWish, SingleWishes } from '@shared/contracts/engine.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { Preferences } from '@shared/contracts/studio.ts'
import { keyFramesFor, needsBaseline } from '@shared/domain/addresses/limits-check.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFailure } from '@shared/domain/output.ts'
import { isSide, type ProgramContent, SIDE_CONTENTS, type SideContent } from '@shared/domain/program-content.ts'
import type { Show } from '@shared/domain/show.ts'
import { singleEncoding } from '@shared/domain/single-presets.ts'
import { singleSounds, singleSource } from '@shared/domain/single-source.ts'
import type { Source, SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import type { OutputTarget } from '../outputs/manager.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import type { ProgramFlow } from './session.ts'
import { SingleRates, type SingleRatesParts } from './single-rates.ts'

type EngineFailure = Handlers<typeof engine>['failure']

export interface SinglesParts {
  /** The broadcast as far as it says when single streams are wanted, and what is wanted of the mix. */
  session: { readonly status: Watchable<BroadcastStatus>; readonly wish: Watchable<ProgramWish>; readonly sources: Watchable<SourceStatus[]> }
  targets: Watchable<readonly OutputTarget[]>
  show(): Show
  /** Tells of every change of the show. */
  showChanged: Watchable<unknown>
  /** What outputs read now, and how they go over to what they are to read. */
  feeds: { readonly inUse: ReadonlySet<ProgramContent>; refresh(): void }
  flows: Readonly<Record<SideContent, ProgramFlow>>
  /** What the outputs measure of their lines. */
  figures: SingleRatesParts['figures']
  preferences: Watchable<Pick<Preferences, 'congestion' | 'singles'>>
  /** A destination that had given up for want of this picture can be tried again. */
  retry(destinationId: string): void
  clock: Clock
  logger: Logger
}

/** A camera that is just being opened may take this long before its absence is a failure. */
const PICTURE_GRACE_MS = 5000

/**
 * The streams beside the mix (single sources, the second canvas): which are wanted, of what, how they are coded, what their lines
 * leave of that, and why one does not flow. A single stream's size is chosen when its source first has a picture. Sizes are kept as
 * long as the stream is wanted: a window that is resized, or a camera that is unplugged for a moment, changes nothing for those who watch.
 */
export class Singles {
  /** What the engine is to do: the mix, and with it the single streams. */
  readonly wish: Topic<ProgramWish>
  readonly status = new Topic<SinglesStatus>({})
  readonly #rates: SingleRates
  readonly #held = new Map<SideContent, { sourceId: string | null; encoding: Encoding }>()
  readonly #engineFailures = new Map<SideContent, OutputFailure>()
  readonly #wantedBy = new Set<{ contents: readonly ProgramContent[] }>()
  readonly #waiting = new Set<() => void>()
  readonly #unwatch: (() => void)[]
  #singles: SingleWishes = {}

  constructor(private readonly parts: SinglesParts) {
    const { session, targets, showChanged, feeds, flows, figures, preferences, clock, logger } = parts
    this.wish = new Topic(session.wish.value)
    this.#rates = new SingleRates({
      destinations: () => targets.value.map(({ destination }) => destination),
      statuses: () => session.status.value.outputs,
      settings: () => preferences.value.congestion,
      offeredBytes: (content) => flows[content].figures.bytes,
      onChange: () => this.#rateChanged(),
      figures, clock, logger,
    })
    this.#unwatch = [
      session.wish.watch(() => this.#publishWish()),
      session.status.watch(() => this.refresh()),
      session.sources.watch(() => this.refresh()),
      showChanged.watch(() => this.refresh()),
      preferences.watch(() => this.#rates.look()),
      targets.watch(() => {
        feeds.refresh()
        this.refresh()
      }),
      ...SIDE_CONTENTS.map((content) => flows[content].failure.watch((failure) => this.#flowChanged(content, failure))),
    ]
  }

  /** These contents flow, live or not, until what is returned is called: for a recording. */
  want(contents: readonly ProgramContent[]): () => void {
    const wish = { contents }
    this.#wantedBy.add(wish)
    this.refresh()
    return () => {
      this.#wantedBy.delete(wish)
      this.refresh()
    }
  }

  /** Takes what the engine says of a single stream (it cannot deliver it, or can again), and passes on what it says of the mix. */
  toldFailure(ofTheMix: EngineFailure): EngineFailure {
    return (said) => {
      const { content, reason, evidence } = said
      if (!content) return ofTheMix(said)
      if (reason) this.#engineFailures.set(content, { reason, evidence, atMs: this.parts.clock.now() })
      else this.#engineFailures.delete(content)
      this.#publishStatus()
    }
  }

  /** How a single stream is coded now, within what its lines take; null while it is not, and for the mix. */
  encodingOf(content: ProgramContent): Encoding | null {
    const encoding = isSide(content) ? this.#singles[content]?.encoding : undefined
    if (!encoding || !isSide(content)) return null
    return { ...encoding, videoKbps: this.#rates.reducedOf(content)?.videoKbps ?? encoding.videoKbps }
  }

  /** Resolves once there is a picture for what this destination gets now; rejects with StudioError `no-picture` after 5 s without. */
  async ready(destinationId: string, signal: AbortSignal): Promise<void> {
    const tooLong = new AbortController()
    void this.parts.clock.sleep(PICTURE_GRACE_MS, AbortSignal.any([signal, tooLong.signal])).then(() => tooLong.abort(), () => {})
    try {
      for (;;) {
        const content = this.#contentOf(destinationId)
        if (!isSide(content) || this.#singles[content]) return
        signal.throwIfAborted()
        if (tooLong.signal.aborted) throw new StudioError('no-picture', this.#whyNot(content))
        await this.#change(AbortSignal.any([signal, tooLong.signal]))
      }
    } finally {
      tooLong.abort()
    }
  }

  /** To be called when what outputs read has changed; everything else is watched. */
  refresh(): void {
    const wanted = this.#wanted()
    const singles: SingleWishes = {}
    for (const content of SIDE_CONTENTS) {
      const single = wanted.has(content) ? this.#plan(content) : null
      if (single) singles[content] = single
      if (!wanted.has(content)) this.#forget(content)
      if ((single !== null) !== (content in this.#singles)) this.parts.flows[content].expect(single !== null)
    }
    if (JSON.stringify(singles) !== JSON.stringify(this.#singles)) {
      this.#singles = singles
      this.#publishWish()
    }
    this.#rates.follow(this.#onAir ? Object.fromEntries(Object.entries(singles).map(([content, { encoding }]) => [content, encoding])) : {})
    this.#publishStatus(wanted)
    for (const wake of this.#waiting) wake()
    this.#retryThoseThatGaveUp()
  }

  close(): void {
    for (const unwatch of this.#unwatch) unwatch()
    this.#rates.close()
  }

  get #onAir(): boolean {
    const { live, ending } = this.parts.session.status.value
    return live && !ending
  }

  #wanted(): ReadonlySet<SideContent> {
    const wanted = new Set<ProgramContent>([...this.#wantedBy].flatMap(({ contents }) => contents))
    if (this.parts.session.status.value.live) {
      for (const { destination } of this.parts.targets.value) if (destination.enabled) wanted.add(destination.content)
      for (const content of this.parts.feeds.inUse) wanted.add(content)
    }
    return new Set(SIDE_CONTENTS.filter((each) => wanted.has(each)))
  }

  /** Null while there is no picture to begin with. */
  #plan(content: SideContent): SingleWish | null {
    const show = this.parts.show()
    if (content === 'second') return this.#planSecond(show)
    const source = singleSource(show, content)
    if (!source) {
      this.#held.delete(content)
      return null
    }
    const size = this.#sizeOf(source)
    const held = this.#held.get(content)
    const encoding = size && held?.sourceId !== source.id ? singleEncoding(size, this.parts.session.wish.value.encoding, this.parts.preferences.value.singles[content]) : held?.encoding
    if (!encoding) return null
    if (size || held?.sourceId === source.id) this.#held.set(content, { sourceId: source.id, encoding })
    return { sourceId: source.id, soundIds: singleSounds(show, content, source.id), encoding }
  }

  /** Fixed while it is wanted, but for its rate and what a platform asks for. */
  #planSecond({ second }: Show): SingleWish | null {
    if (!second?.enabled) {
      this.#held.delete('second')
      return null
    }
    const encoding = { ...this.#asPlatformsTake(this.#held.get('second')?.encoding ?? second.encoding), videoKbps: second.encoding.videoKbps }
    this.#held.set('second', { sourceId: null, encoding })
    return { sourceId: null, soundIds: null, encoding }
  }

  /** Key frames only come closer, and baseline stays: a change begins the coding anew. */
  #asPlatformsTake(encoding: Encoding): Encoding {
    const destinations = this.parts.targets.value.flatMap(({ destination: each }) => (each.enabled && each.kind === 'rtmp' && each.content === 'second' ? [each] : []))
    return { ...encoding, keyFrameSeconds: keyFramesFor(encoding.keyFrameSeconds, destinations), ...(needsBaseline(destinations) && { avcProfile: 'baseline' }) }
  }

  #sizeOf(source: Source): { width: number; height: number } | null {
    const status = this.#statusOf(source)
    return status?.condition === 'active' && status.width > 0 ? { width: status.width, height: status.height } : null
  }

  #statusOf(source: Source): SourceStatus | undefined {
    return this.parts.session.sources.value.find(({ sourceId }) => sourceId === source.id)
  }

  #forget(content: SideContent): void {
    this.#held.delete(content)
    this.#engineFailures.delete(content)
  }

  #whyNot(content: SideContent): string {
    if (content === 'second') return 'the second canvas is switched off'
    const source = singleSource(this.parts.show(), content)
    if (!source) return content === 'main' ? 'the show has no camera' : 'the show has no screen'
    return `${source.name}: ${this.#statusOf(source)?.condition ?? 'starting'}`
  }

  #flowChanged(content: SideContent, failure: OutputFailure | null): void {
    if (failure === null) this.#engineFailures.delete(content)
    this.#publishStatus()
  }

  #publishWish(): void {
    const { value } = this.parts.session.wish
    const singles: SingleWishes = {}
    for (const content of SIDE_CONTENTS) {
      const single = this.#singles[content]
      const reduced = this.#rates.reducedOf(content)
      if (single) singles[content] = reduced ? { ...single, reduced } : single
    }
    this.wish.set(Object.keys(singles).length > 0 ? { ...value, singles } : value)
  }

  #rateChanged(): void {
    this.#publishWish()
    this.#publishStatus()
  }

  #publishStatus(wanted = this.#wanted()): void {
    const status: SinglesStatus = {}
    for (const content of wanted) {
      const congestion = this.#rates.statusOf(content)
      status[content] = { encoding: this.#singles[content]?.encoding ?? null, failure: this.#failureOf(content), ...(congestion ? { congestion } : {}) }
    }
    if (JSON.stringify(status) !== JSON.stringify(this.status.value)) this.status.set(status)
  }

  #failureOf(content: SideContent): OutputFailure | null {
    if (this.#singles[content]) return this.#engineFailures.get(content) ?? this.parts.flows[content].failure.value
    const source = content === 'second' ? null : singleSource(this.parts.show(), content)
    if (source && (this.#statusOf(source)?.condition ?? 'starting') === 'starting') return null
    const before = this.status.value[content]?.failure
    const evidence = this.#whyNot(content)
    return before?.reason === 'no-picture' && before.evidence === evidence ? before : { reason: 'no-picture', evidence, atMs: this.parts.clock.now() }
  }

  #contentOf(destinationId: string): ProgramContent {
    return this.parts.targets.value.find(({ destination }) => destination.id === destinationId)?.destination.content ?? 'mix'
  }

  /** A destination that needs the user because there was no picture needs nobody once there is one. */
  #retryThoseThatGaveUp(): void {
    if (!this.#onAir) return
    for (const { destinationId, final, failure } of this.parts.session.status.value.outputs) {
      const content = this.#contentOf(destinationId)
      if (final && failure?.reason === 'no-picture' && (!isSide(content) || this.#singles[content])) this.parts.retry(destinationId)
    }
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake, { once: true })
    })
  }
}
