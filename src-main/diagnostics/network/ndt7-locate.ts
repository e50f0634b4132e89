import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import { NDT7_PATHS, NDT7_PROTOCOL } from '../../speed-server/speed-protocol.ts'
import type { Clock } from '../../base/clock.ts'
import { askForJson } from './bounded-json.ts'
import type { LineSocketAddress } from './line-socket.ts'
import { parseTestServer } from './test-server-address.ts'
import { within } from './time-limit.ts'

/** Where an ndt7 server takes and gives bytes. */
export interface Ndt7Addresses {
  /** For people. */
  name: string
  download: LineSocketAddress
  upload: LineSocketAddress
}

const located = z.object({
  results: z.array(z.object({ machine: z.string().max(300).catch(''), urls: z.record(z.string().max(300), z.string().max(4000)) })).min(1).max(50),
})

/** An ndt7 server of the user's own. Throws `address-invalid`. */
export function ownNdt7(testServer: string): Ndt7Addresses {
  const { webSocketOrigin, token, host } = parseTestServer(testServer)
  const at = (path: string): LineSocketAddress => ({ url: webSocketOrigin + path, token, protocol: NDT7_PROTOCOL })
  return { name: host, download: at(NDT7_PATHS.download), upload: at(NDT7_PATHS.upload) }
}

/**
 * The public server that is nearest, by M-Lab's Locate API: it learns this computer's address. Rejects with how it could not be
 * reached, `server-busy` (its own limit of questions), or `protocol-error`.
 */
export async function locateNdt7(url: string, asking: { clock: Clock; signal: AbortSignal }): Promise<Ndt7Addresses> {
  const { status, body } = await within(8000, asking, (signal) => askForJson({ url, signal }))
  if (status === 429 || status === 204) throw new StudioError('server-busy', `HTTP ${status}`)
  const answer = located.safeParse(body)
  const nearest = answer.success ? answer.data.results[0] : undefined
  const download = nearest?.urls[`wss://${NDT7_PATHS.download}`] ?? nearest?.urls[`ws://${NDT7_PATHS.download}`]
  const upload = nearest?.urls[`wss://${NDT7_PATHS.upload}`] ?? nearest?.urls[`ws://${NDT7_PATHS.upload}`]
  if (status !== 200 || !nearest || !isWebSocket(download) || !isWebSocket(upload)) throw new StudioError('protocol-error', `no list of servers came (HTTP ${status})`)
  // Their addresses carry a token of their own.
  const to = (address: string): LineSocketAddress => ({ url: address, token: '', protocol: NDT7_PROTOCOL })
  return { name: nearest.machine, download: to(download), upload: to(upload) }
}

const isWebSocket = (address: string | undefined): address is string => address !== undefined && /^wss?:\/\//.test(address) && URL.canParse(address)
