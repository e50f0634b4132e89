import { PROGRAM_CONTENTS, type ProgramContent } from '@shared/domain/program-content.ts'
import type { Clock } from '../base/clock.ts'
import type { ProgramBus } from '../bus/program-bus.ts'
import { SwitchableFeed } from './switchable-feed.ts'

interface OpenFeed {
  feed: SwitchableFeed
  /** What it reads now. */
  content: ProgramContent
  /** What it is to read. */
  wanted: ProgramContent
}

/** Hands each destination its content, and another one without a new connection when the user changes it. */
export class ContentFeeds {
  readonly #open = new Map<string, Set<OpenFeed>>()

  constructor(
    private readonly buses: Readonly<Record<ProgramContent, ProgramBus>>,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly contentOf: (destinationId: string) => ProgramContent,
    /** Some feed reads another content now: what was read only by it is no longer needed. */
    private readonly onChange: () => void,
    /** Whether the others' pictures may suffer for this destination: it gets a key frame when it needs one, else the next that comes anyhow. */
    private readonly mayAskKeyFrames: (destinationId: string) => boolean = () => true,
  ) {}

  /** What open feeds read now. */
  get inUse(): ReadonlySet<ProgramContent> {
    const all = [...this.#open.values()].flatMap((feeds) => [...feeds].map(({ content }) => content))
    return new Set(PROGRAM_CONTENTS.filter((each) => all.includes(each)))
  }

  /** What open feeds read until what they are to read is there. */
  get left(): ReadonlySet<ProgramContent> {
    return new Set([...this.#open].flatMap(([id, feeds]) => [...feeds].flatMap(({ content }) => (content === this.contentOf(id) ? [] : [content]))))
  }

  /** What open feeds are to read as soon as it is there. */
  get awaited(): ReadonlySet<ProgramContent> {
    return new Set([...this.#open].flatMap(([id, feeds]) => [...feeds].flatMap(({ content }) => (content === this.contentOf(id) ? [] : [this.contentOf(id)]))))
  }

  /** What this destination's newest feed reads now; without one, what it is to read. */
  readBy(destinationId: string): ProgramContent {
    return [...(this.#open.get(destinationId) ?? [])].at(-1)?.content ?? this.contentOf(destinationId)
  }

  subscribe(destinationId: string): SwitchableFeed {
    const content = this.contentOf(destinationId)
    const feeds = this.#open.get(destinationId) ?? new Set()
    this.#open.set(destinationId, feeds)
    const feed = new SwitchableFeed(this.buses[content].subscribe({ start: 'cached-group', mayAskKeyFrames: () => this.mayAskKeyFrames(destinationId) }), this.clock, () => {
      feeds.delete(open)
      this.onChange()
    })
    const open: OpenFeed = { feed, content, wanted: content }
    feeds.add(open)
    return feed
  }

  /** The destinations may have changed: every feed goes over to what its destination gets now, at a key frame. */
  refresh(): void {
    for (const [destinationId, feeds] of this.#open) {
      const content = this.contentOf(destinationId)
      for (const open of feeds) this.#lead(open, content, destinationId)
    }
  }

  #lead(open: OpenFeed, content: ProgramContent, destinationId: string): void {
    if (open.wanted === content) return
    open.wanted = content
    if (content === open.content) return open.feed.stay()
    open.feed.switchTo(this.buses[content].subscribe({ start: 'next-key-frame', mayAskKeyFrames: () => this.mayAskKeyFrames(destinationId) }), () => {
      open.content = content
      this.onChange()
    })
  }
}
