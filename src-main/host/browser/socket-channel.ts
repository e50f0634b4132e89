import { type Channel, type ProgramChannel, REPLACED_CLOSE_CODE } from '@shared/contracts/messages.ts'
import type { RawData, WebSocket } from 'ws'

/** A page that has not read this much of what main told it will never: it is cut off, and reloaded by whoever watches it. */
const MAX_UNREAD_BYTES = 16 * 1024 * 1024

export interface RpcChannel extends Channel {
  /** Ends the channel at once and tells the page why: a page that hangs would answer a close only much later. */
  replace(): void
}

/** The page's `/rpc` WebSocket as a channel of JSON messages. */
export function rpcChannel(socket: WebSocket): RpcChannel {
  const closeHandlers = new Set<() => void>()
  let over = false
  const end = (): void => {
    if (over) return
    over = true
    for (const handler of closeHandlers) handler()
  }
  socket.once('close', end)
  return {
    send(message) {
      if (!over) sendJson(socket, message)
    },
    onMessage: (handler) =>
      void socket.on('message', (data, isBinary) => {
        if (!isBinary && !over) handler(parseJson(data))
      }),
    onClose: (handler) => void closeHandlers.add(handler),
    close: () => socket.close(),
    replace() {
      end()
      socket.close(REPLACED_CLOSE_CODE)
    },
  }
}

/** The page's `/program` WebSocket: binary from the page, JSON back. */
export function programChannel(socket: WebSocket): ProgramChannel {
  return {
    send: (command) => sendJson(socket, command),
    onMessage: (handler) =>
      void socket.on('message', (data, isBinary) => {
        if (isBinary) handler(toBytes(data))
      }),
    onClose: (handler) => void socket.once('close', handler),
    close: () => socket.close(),
  }
}

function sendJson(socket: WebSocket, message: unknown): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > MAX_UNREAD_BYTES) return socket.terminate()
  socket.send(JSON.stringify(message))
}

/** What is not JSON becomes null, which no contract understands. */
function parseJson(data: RawData): unknown {
  try {
    return JSON.parse(toBytes(data).toString())
  } catch {
    return null
  }
}

function toBytes(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
