import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Target } from '../../settings/destinations.ts'
import { serverOf } from '../network/reachable-servers.ts'
import { stageTimes } from '../network/stage-times.ts'
import { within } from '../network/time-limit.ts'
import { namesOf, SHOW_CHECK_MS, type ShowCheckParts } from './show-check-parts.ts'
import { keyIsRefused } from './show-whip-key.ts'

/** ms for the way to one server, name, TCP and TLS together: three round trips even to the other side of the world. */
const REACH_MS = 1500
/** The key is asked about in what is left of that, but in no less than this, ms. */
const LEAST_KEY_MS = 250

type Found = FindingOf<'show.destinations'>
interface Problem {
  code: Found['code']
  evidence: string
}
/** The worst first. */
const ORDER: readonly Found['code'][] = ['address', 'key-refused', 'not-found', 'refused', 'tls', 'unreachable']

/**
 * Whether every destination that is switched on can be reached, and takes the key where the protocol lets one ask without
 * going on air: WHIP alone. With RTMP that would begin a broadcast.
 */
export const showDestinations = (parts: Pick<ShowCheckParts, 'targets' | 'lookUp' | 'clock'>) =>
  diagnostic({
    name: 'show.destinations',
    group: 'show',
    uses: 'nothing',
    timeoutMs: SHOW_CHECK_MS,
    async perform({ signal }) {
      const enabled = parts.targets().filter(({ destination }) => destination.enabled)
      return judgeDestinations(await Promise.all(enabled.map(async (target) => ({ target, problem: await problemOf(target, parts, signal) }))))
    },
  })

export function judgeDestinations(looked: readonly { target: Pick<Target, 'destination'>; problem: Problem | null }[]): Found {
  if (looked.length === 0) return { status: 'fail', code: 'none-on', actions: ['go-to-destination'] }
  for (const code of ORDER) {
    const such = looked.filter(({ problem }) => problem?.code === code)
    const [first] = such
    if (!first) continue
    const evidence = such.map(({ problem }) => problem?.evidence ?? '').filter((each) => each !== '').join('; ')
    const names = namesOf(such.map(({ target: { destination } }) => ({ name: destination.name || destination.kind })))
    return { status: 'fail', code, params: { names }, actions: ['go-to-destination'], about: first.target.destination.id, ...(evidence !== '' && { evidence }) }
  }
  return { status: 'pass', code: 'good', params: { n: looked.length } }
}

async function problemOf(target: Target, { clock, lookUp }: Pick<ShowCheckParts, 'lookUp' | 'clock'>, signal: AbortSignal): Promise<Problem | null> {
  const beginMs = clock.monotonicMs()
  const reached = await reachProblem(target, { clock, lookUp }, signal)
  signal.throwIfAborted()
  // A token that is fetched anew before connecting is not the one that is kept now.
  if (reached || target.destination.kind !== 'whip' || target.tokenSource) return reached
  const leftMs = Math.max(LEAST_KEY_MS, REACH_MS - (clock.monotonicMs() - beginMs))
  // A server that does not answer this question may well answer the real one.
  const refused = await within(leftMs, { clock, signal }, (limit) => keyIsRefused(target, { clock, signal: limit, timeoutMs: leftMs })).catch(() => null)
  signal.throwIfAborted()
  return refused ? { code: 'key-refused', evidence: refused } : null
}

async function reachProblem({ destination }: Target, parts: Pick<ShowCheckParts, 'lookUp' | 'clock'>, signal: AbortSignal): Promise<Problem | null> {
  try {
    const server = serverOf(destination)
    if (!server) return null
    const { failure } = await within(REACH_MS, { clock: parts.clock, signal }, (limit) => stageTimes(server, { ...parts, signal: limit }))
    if (!failure) return null
    const evidence = `${failure.reason}${failure.evidence ? `: ${failure.evidence}` : ''}`
    if (failure.stage === 'dns') return { code: 'not-found', evidence }
    if (failure.stage === 'tls') return { code: 'tls', evidence }
    return { code: failure.reason === 'connection-refused' ? 'refused' : 'unreachable', evidence }
  } catch (thrown) {
    const { reason, evidence } = StudioError.from(thrown)
    // What an address has wrong may be quoted by its parser; where it is entered, it says so itself.
    if (reason === 'address-invalid' || reason === 'address-scheme-unknown') return { code: 'address', evidence: reason }
    return { code: 'unreachable', evidence: `${reason}${evidence ? `: ${evidence}` : ''}` }
  }
}
