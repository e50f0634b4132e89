import { CHANNEL_PATH, channelDescription } from '@shared/diagnostics/channel-messages.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { askForJson } from './bounded-json.ts'
import { parseTestServer } from './test-server-address.ts'
import { within } from './time-limit.ts'

const ANSWER_MS = 10_000

/**
 * Takes the offer of a data channel to a test server and resolves with its answer, for a page that may not speak to servers itself.
 * Rejects with `address-invalid`, how the server could not be reached, `token-rejected`, `server-busy`, `endpoint-not-found` or
 * `protocol-error`.
 */
export async function exchangeOffer({ server, sdp, clock, signal }: { server: string; sdp: string; clock: Clock; signal: AbortSignal }): Promise<string> {
  const { origin, token } = parseTestServer(server)
  const { status, body } = await within(ANSWER_MS, { clock, signal }, (signal) => askForJson({ url: origin + CHANNEL_PATH, method: 'POST', token, body: { sdp }, signal }))
  if (status === 401 || status === 403) throw new StudioError('token-rejected', `HTTP ${status}`)
  if (status === 503 || status === 429) throw new StudioError('server-busy', `HTTP ${status}`)
  if (status !== 200) throw new StudioError('endpoint-not-found', `HTTP ${status}`)
  const answer = channelDescription.safeParse(body)
  if (!answer.success) throw new StudioError('protocol-error', 'the answer describes no data channel')
  return answer.data.sdp
}
