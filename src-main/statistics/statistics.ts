import type { BroadcastFigures, BroadcastStatus } from '@shared/contracts/broadcast.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { statistics } from '@shared/contracts/statistics.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { findBottlenecks, SILENT_MS } from '@shared/domain/find-bottlenecks.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { Bottleneck, PastShow, StatisticsSample } from '@shared/domain/statistics.ts'
import type { WatchEvent } from '@shared/domain/watchdogs.ts'
import type { Clock } from '../base/clock.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import { exportPiece, samplesToSee } from './show-export.ts'
import type { PastShows } from './past-shows.ts'
import { Sampler } from './sampler.ts'
import type { SideMoments } from './side-moments.ts'

export interface StatisticsParts {
  status: Watchable<BroadcastStatus>
  figures: Watchable<BroadcastFigures>
  sources: Watchable<SourceStatus[]>
  destinations: () => readonly DestinationView[]
  showName: () => string
  keyFrameAgeMs: () => number | null
  /** The streams beside the mix that are coded now. */
  sides: () => SideMoments
  past: PastShows
  clock: Clock
  newId: () => string
  onFailure: (failure: StudioError) => void
}

const EVERY_MS = 1000
/** Ten minutes. */
const RECENT = 600
/** The judgement looks this far back: long enough not to flicker, short enough to be true within 3 s. */
const JUDGED = 3
/** Seconds between two writes of a show on air. */
const WRITE_EVERY = 5
/** Of one show. */
const MAX_EVENTS = 500

/** Measures each second what became of the frames, says what holds them up, and keeps the history of shows. */
export class Statistics {
  readonly now = new Topic<{ sample: StatisticsSample; bottlenecks: Bottleneck[] } | null>(null)
  readonly past: Topic<PastShow[]>
  readonly #recent: StatisticsSample[] = []
  readonly #sampler = new Sampler()
  readonly #stops: (() => void)[]
  #show: { totals: PastShow; unwritten: StatisticsSample[] } | null = null
  #writing: Promise<void> = Promise.resolve()
  /** Once a show is enough. */
  #toldOfDisk = false

  constructor(private readonly parts: StatisticsParts) {
    this.past = new Topic(parts.past.list)
    this.#stops = [parts.figures.watch((figures) => this.#look(figures)), parts.clock.every(EVERY_MS, () => this.#tick())]
  }

  readonly handlers: Handlers<typeof statistics> = {
    recent: () => [...this.#recent],
    samples: ({ showId }) => samplesToSee(this.parts.past, showId),
    export: async ({ showId, format, from }) => {
      await this.#writing
      return exportPiece(this.parts.past, showId, format, from)
    },
    remove: async ({ showId }) => {
      if (showId === this.#show?.totals.id) throw new StudioError('already-live', 'this show is still on air')
      // What is being written would bring it back.
      await this.#writing
      await this.parts.past.remove(showId)
      this.past.set(this.parts.past.list)
    },
  }

  /** Something that happened to the show on air, or has ended: each event is kept once, as it was told last. */
  note(event: WatchEvent): void {
    if (!this.#show) return
    const others = (this.#show.totals.events ?? []).filter(({ id }) => id !== event.id)
    this.#show.totals = { ...this.#show.totals, events: [...others, event].slice(-MAX_EVENTS) }
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.#endShow()
    await this.#writing
  }

  readonly #contentOf = (destinationId: string): ProgramContent => this.parts.destinations().find(({ id }) => id === destinationId)?.content ?? 'mix'

  #tick(): void {
    const { status, figures, sources, clock, keyFrameAgeMs, sides } = this.parts
    const sample = this.#sampler.take({ atMs: clock.now(), monotonicMs: clock.monotonicMs(), status: status.value, figures: figures.value, sources: sources.value, keyFrameAgeMs: keyFrameAgeMs(), sides: sides(), contentOf: this.#contentOf })
    this.#recent.push(sample)
    if (this.#recent.length > RECENT) this.#recent.shift()
    this.now.set({ sample, bottlenecks: this.#settled ? findBottlenecks(this.#recent.slice(-JUDGED)) : [] })
    this.#follow(sample)
  }

  /** Figures come twice a second: a server that has gone silent is named at once, and not when the next second is over. */
  #look(figures: BroadcastFigures): void {
    const silent = this.#sampler.look(figures, this.parts.clock.monotonicMs())
    const last = this.#recent.at(-1)
    const named = this.now.value?.bottlenecks ?? []
    const news = [...silent].filter(([id, ms]) => ms >= SILENT_MS && last?.outputs[id] && !named.some(({ stage, destinationId }) => stage === 'server' && destinationId === id))
    if (!last || news.length === 0 || !this.#settled) return
    const sample = { ...last, outputs: { ...last.outputs } }
    for (const [id, silentMs] of news) if (last.outputs[id]) sample.outputs[id] = { ...last.outputs[id], silentMs }
    this.#recent.splice(-1, 1, sample)
    this.now.set({ sample, bottlenecks: findBottlenecks(this.#recent.slice(-JUDGED)) })
  }

  /** The first second of a show is only part of one. */
  get #settled(): boolean {
    return this.#recent.length > JUDGED && this.#recent.slice(-JUDGED - 1).every(({ live }) => live)
  }

  #follow(sample: StatisticsSample): void {
    const { status, clock, newId, showName } = this.parts
    const { live, liveSinceMs } = status.value
    if (!live) return this.#endShow()
    if (!this.#show) {
      const totals: PastShow = { id: newId(), name: showName(), startedAtMs: liveSinceMs ?? clock.now(), endedAtMs: null, destinations: [], framesComposed: 0, framesDropped: 0 }
      this.#show = { totals, unwritten: [] }
      this.#toldOfDisk = false
      this.#write(totals, [])
    }
    this.#show.unwritten.push(sample)
    this.#show.totals = {
      ...this.#totals(this.#show.totals),
      framesComposed: this.#show.totals.framesComposed + this.#sampler.framesComposed,
      framesDropped: this.#show.totals.framesDropped + (sample.program?.framesDropped ?? 0),
    }
    if (this.#show.unwritten.length < WRITE_EVERY) return
    this.#write(this.#show.totals, this.#show.unwritten.splice(0))
  }

  /** Totals of a show come from the outputs' own, which survive reconnects. A destination that was taken out keeps what it had. */
  #totals(show: PastShow): PastShow {
    const { status, figures, destinations } = this.parts
    const known = new Map(destinations().map((each) => [each.id, each]))
    const now = status.value.outputs.map(({ destinationId, connects, gaps }) => {
      const totals = figures.value.outputs[destinationId]
      const destination = known.get(destinationId)
      return {
        destinationId, name: destination?.name ?? '', kind: destination?.kind ?? '', connects, gaps,
        bytesSent: totals?.totalBytesSent ?? 0, framesSent: totals?.totalFramesSent ?? 0, framesDropped: totals?.totalFramesDropped ?? 0,
      }
    })
    const gone = show.destinations.filter((each) => !now.some(({ destinationId }) => destinationId === each.destinationId))
    return { ...show, destinations: [...gone, ...now] }
  }

  #endShow(): void {
    const show = this.#show
    if (!show) return
    this.#show = null
    this.#write({ ...this.#totals(show.totals), endedAtMs: this.parts.clock.now() }, show.unwritten)
  }

  /** One write after the other; a disk that cannot keep the history costs nothing but the history. */
  #write(totals: PastShow, samples: readonly StatisticsSample[]): void {
    const { past, onFailure } = this.parts
    this.#writing = this.#writing
      .then(async () => {
        if (samples.length > 0) await past.append(totals.id, samples)
        await past.save(totals)
        this.past.set(past.list)
      })
      .catch((failure: unknown) => {
        if (!this.#toldOfDisk) onFailure(StudioError.from(failure))
        this.#toldOfDisk = true
      })
  }
}
