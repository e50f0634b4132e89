import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { StudioError } from '@shared/domain/errors.ts'
import { socketFailure } from '../../outputs/rtmp/rtmp-reasons.ts'
import { NDT7_MAX_MESSAGE } from '../../speed-server/speed-protocol.ts'

/** A WebSocket with the connection under it, whose bytes are counted. */
export interface LineSocket {
  webSocket: WebSocket
  socket: Socket
  /** The other end's address. */
  ip: string
}

export interface LineSocketAddress {
  url: string
  /** Sent as `Authorization: Bearer`; empty for none (addresses of M-Lab carry theirs). */
  token: string
  protocol?: string
}

/**
 * Opens a WebSocket; messages of more than 16 MiB end it. It is the caller's to `terminate`.
 * Rejects with a StudioError: how the server could not be reached, `token-rejected`, `server-busy`, `endpoint-not-found`,
 * `protocol-error`; or with the signal's reason.
 */
export function openLineSocket({ url, token, protocol }: LineSocketAddress, signal: AbortSignal): Promise<LineSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const webSocket = new WebSocket(url, protocol === undefined ? [] : [protocol], {
      perMessageDeflate: false, maxPayload: NDT7_MAX_MESSAGE, ...(token !== '' && { headers: { authorization: `Bearer ${token}` } }),
    })
    let socket: Socket | null = null
    const fail = (failure: unknown): void => {
      signal.removeEventListener('abort', onAbort)
      reject(failure)
      webSocket.terminate()
    }
    const onAbort = (): void => fail(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    webSocket.once('upgrade', (response) => (socket = response.socket))
    webSocket.once('unexpected-response', (request, response) => {
      request.destroy()
      fail(refusal(response.statusCode ?? 0))
    })
    // A later error ends the connection, which whoever uses it sees as its close.
    webSocket.on('error', (error) => fail(failureOf(error)))
    webSocket.once('open', () => {
      signal.removeEventListener('abort', onAbort)
      if (!socket) return fail(new StudioError('protocol-error', 'no connection under the WebSocket'))
      socket.setNoDelay(true)
      resolve({ webSocket, socket, ip: socket.remoteAddress ?? '' })
    })
  })
}

function refusal(status: number): StudioError {
  const evidence = `HTTP ${status}`
  if (status === 401 || status === 403) return new StudioError('token-rejected', evidence)
  if (status === 404) return new StudioError('endpoint-not-found', evidence)
  return new StudioError(status === 429 || status === 503 ? 'server-busy' : 'server-error', evidence)
}

/** What is no WebSocket's answer has no system code. */
function failureOf(error: Error & { code?: string }): StudioError {
  const ofSystem = error.code !== undefined && !error.code.startsWith('HPE_') && !error.code.startsWith('WS_')
  return ofSystem ? socketFailure('connecting', error, false) : new StudioError('protocol-error', 'the answer is no WebSocket')
}
