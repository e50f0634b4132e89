import type { WatchedLine } from '@shared/domain/network-line.ts'
import type { Clock } from '../../base/clock.ts'
import { EchoProbe } from './echo-probe.ts'
import { knock } from './gateway.ts'
import type { ReachableServer } from './reachable-servers.ts'
import { openSession } from './test-session.ts'
import type { TestServer } from './test-server-address.ts'

/** One question to the other end. */
export interface Question {
  sentMs: number
  /** null = no answer so far. */
  rttMs: number | null
}

/** Asks the other end of a line again and again. */
export interface LineFeed {
  readonly by: WatchedLine['by']
  /** Between questions. */
  readonly everyMs: number
  ask(): Question
  close(): unknown
}

interface FeedParts {
  clock: Clock
  signal: AbortSignal
}

const DATAGRAM_EVERY_MS = 50
const CONNECT_EVERY_MS = 1000
/** A first packet that is lost is sent again after a second: an answer after that was none at first. */
const CONNECT_MS = 950

/** Datagrams to a test server of the studio's own. Rejects as `openSession`; null = it has no datagrams. */
export async function datagramFeed(server: TestServer, { clock, signal }: FeedParts): Promise<LineFeed | null> {
  const { ip, udpPort, id } = await openSession(server, { clock, signal })
  if (udpPort === null) return null
  const asked = new Map<number, Question>()
  const probe = await EchoProbe.open({ ip, port: udpPort, id }, clock, ({ number, rttMs }) => {
    const question = asked.get(number)
    if (question) question.rttMs = rttMs
    asked.delete(number)
  })
  return {
    by: 'datagrams',
    everyMs: DATAGRAM_EVERY_MS,
    ask() {
      const question: Question = { sentMs: clock.monotonicMs(), rttMs: null }
      asked.set(probe.sent, question)
      // Those that the probe has given up are given up here, too.
      for (const number of asked.keys()) {
        if (probe.waiting.has(number) || number === probe.sent) break
        asked.delete(number)
      }
      probe.send()
      return question
    },
    close: () => probe.close(),
  }
}

/** TCP connections to any server, one a second. */
export function connectionFeed({ host, port }: Pick<ReachableServer, 'host' | 'port'>, { clock, signal }: FeedParts): LineFeed {
  const ending = new AbortController()
  const until = AbortSignal.any([ending.signal, signal])
  return {
    by: 'connections',
    everyMs: CONNECT_EVERY_MS,
    ask() {
      const question: Question = { sentMs: clock.monotonicMs(), rttMs: null }
      void knock(host, port, { clock, limitMs: CONNECT_MS }, until).then((rttMs) => (question.rttMs = rttMs), () => {})
      return question
    },
    close: () => ending.abort(new Error('closed')),
  }
}
