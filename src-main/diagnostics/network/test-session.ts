import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { SESSION_PATH, sessionCount, speedSession, type SpeedSession } from '../../speed-server/speed-protocol.ts'
import { askForJson } from './bounded-json.ts'
import type { TestServer } from './test-server-address.ts'
import { within } from './time-limit.ts'

const ANSWER_MS = 5000

interface Asking {
  clock: Clock
  signal: AbortSignal
}

/**
 * Asks a test server of the studio's own for a place for datagrams. Rejects with how it could not be reached, `token-rejected`,
 * `server-busy`, `endpoint-not-found` (not such a server) or `protocol-error`.
 */
export async function openSession({ origin, token }: TestServer, asking: Asking): Promise<SpeedSession & { ip: string }> {
  const { status, body, ip } = await within(ANSWER_MS, asking, (signal) => askForJson({ url: origin + SESSION_PATH, method: 'POST', token, signal }))
  if (status === 401 || status === 403) throw new StudioError('token-rejected', `HTTP ${status}`)
  if (status === 503 || status === 429) throw new StudioError('server-busy', `HTTP ${status}`)
  if (status !== 200) throw new StudioError('endpoint-not-found', `HTTP ${status}`)
  const session = speedSession.safeParse(body)
  if (!session.success) throw new StudioError('protocol-error', 'this is no test server of a Castwright')
  return { ...session.data, ip }
}

/** How many datagrams came there, as the server says; null when it does not say. Only the signal's reason is thrown. */
export async function countAtServer({ origin, token }: TestServer, id: string, asking: Asking): Promise<number | null> {
  try {
    const { status, body } = await within(ANSWER_MS, asking, (signal) => askForJson({ url: `${origin}${SESSION_PATH}/${id}`, token, signal }))
    const count = sessionCount.safeParse(body)
    return status === 200 && count.success ? count.data.received : null
  } catch {
    asking.signal.throwIfAborted()
    return null
  }
}
