import type { diagnostics } from '@shared/contracts/diagnostics.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { hostText } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { type LineToWatch, MAX_LINE_POINTS, type WatchedLine } from '@shared/domain/network-line.ts'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import type { Clock } from '../base/clock.ts'
import { Topic } from '../rpc/topic.ts'
import { connectionFeed, datagramFeed, type LineFeed, type Question } from './network/line-feed.ts'
import { linePointOf, LOSS_WINDOW_MS } from './network/line-point.ts'
import type { ReachableServer } from './network/reachable-servers.ts'
import { parseTestServer, type TestServer } from './network/test-server-address.ts'

export interface LineWatchParts {
  clock: Clock
  servers(options: Pick<DiagnosticOptions, 'destinationIds' | 'testServer'>): ReachableServer[]
}

const POINT_EVERY_MS = 1000
/** A test server that was restarted does not know this client any more. */
const ASK_AGAIN_AFTER_MS = 5000
/** Reasons why nothing comes back that are the line's, not the server's. */
const LINE_REASONS = ['connect-timeout', 'connection-refused', 'address-unreachable', 'name-not-resolved', 'connection-lost', 'server-closed']

/** Watches one line until told to stop: a point a second, ten minutes of them kept. */
export class LineWatch {
  readonly line = new Topic<WatchedLine>({ watching: false, to: '', by: 'connections', points: [] })
  #ending: AbortController | null = null
  #done: Promise<void> = Promise.resolve()

  constructor(private readonly parts: LineWatchParts) {}

  /** Part of the `diagnostics` contract. */
  readonly handlers: Pick<Handlers<typeof diagnostics>, 'watchLine' | 'stopWatching'> = {
    watchLine: (what) => this.start(what),
    stopWatching: () => this.close(),
  }

  /**
   * Takes the place of the watch before. Rejects with `address-invalid`, `not-found` (no such destination, or one that cannot be
   * reached by TCP), or with what a test server has against it; a line that is down can be watched.
   */
  async start(what: LineToWatch): Promise<void> {
    const { clock, servers } = this.parts
    await this.close()
    const ending = new AbortController()
    this.#ending = ending
    const parts = { clock, signal: ending.signal }
    if (what.testServer !== undefined) {
      const server = parseTestServer(what.testServer)
      const open = async (): Promise<LineFeed> => (await datagramFeed(server, parts)) ?? connectionFeed(server, parts)
      return this.#begin(placeOf(server), await open().catch((error: unknown) => orDown(error, ending.signal)), open, ending)
    }
    const found = servers({ destinationIds: what.destinationId === undefined ? [] : [what.destinationId] }).find(({ protocol }) => protocol === 'tcp')
    if (!found) throw new StudioError('not-found')
    const open = async () => connectionFeed(found, parts)
    this.#begin(placeOf(found), await open(), open, ending)
  }

  /** The points stay to be seen. */
  async close(): Promise<void> {
    this.#ending?.abort(new StudioError('stopped'))
    await this.#done
    if (this.line.value.watching) this.line.set({ ...this.line.value, watching: false })
  }

  #begin(to: string, feed: LineFeed | null, open: () => Promise<LineFeed>, ending: AbortController): void {
    if (ending.signal.aborted) return void feed?.close()
    this.line.set({ watching: true, to, by: feed?.by ?? 'datagrams', points: [] })
    this.#done = this.#watch(feed, open, ending.signal).catch(() => {})
  }

  async #watch(first: LineFeed | null, open: () => Promise<LineFeed>, signal: AbortSignal): Promise<void> {
    const { clock } = this.parts
    let feed = first
    let questions: Question[] = []
    let openedMs = clock.monotonicMs()
    let pointMs = openedMs + POINT_EVERY_MS
    try {
      for (;;) {
        const everyMs = feed?.everyMs ?? 100
        questions.push(feed?.ask() ?? { sentMs: clock.monotonicMs(), rttMs: null })
        await clock.sleep(everyMs, signal)
        const nowMs = clock.monotonicMs()
        if (nowMs < pointMs) continue
        pointMs = Math.max(pointMs + POINT_EVERY_MS, nowMs + POINT_EVERY_MS / 2)
        questions = questions.filter(({ sentMs }) => nowMs - sentMs <= LOSS_WINDOW_MS * 2)
        const point = linePointOf(questions, { nowMs, atMs: clock.now() })
        this.line.set({ ...this.line.value, by: feed?.by ?? this.line.value.by, points: [...this.line.value.points, point].slice(-MAX_LINE_POINTS) })
        if (point.quality !== 6 || nowMs - openedMs < ASK_AGAIN_AFTER_MS) continue
        openedMs = nowMs
        const again = await open().catch((error: unknown) => orDown(error, signal, true))
        if (again) await feed?.close()
        feed = again ?? feed
      }
    } finally {
      await feed?.close()
    }
  }
}

const placeOf = ({ host, port }: Pick<TestServer, 'host' | 'port'>): string => `${hostText(host)}:${port}`

/** null where the line is to blame. Throws the rest. */
function orDown(error: unknown, signal: AbortSignal, whatever = false): null {
  signal.throwIfAborted()
  const failure = StudioError.from(error)
  if (whatever || LINE_REASONS.includes(failure.reason)) return null
  throw failure
}
