import { REPLACED_CLOSE_CODE } from '@shared/contracts/messages.ts'
import type { PageChannel } from './page-channel.ts'

/** A WebSocket that carries JSON, as the page's channel. Resolves once it is open; rejects with a plain Error. */
export function openSocketChannel(url: string, Socket: typeof WebSocket = WebSocket): Promise<PageChannel> {
  return new Promise((resolve, reject) => {
    const socket = new Socket(url)
    socket.addEventListener('open', () => resolve(socketChannel(socket)), { once: true })
    socket.addEventListener('close', () => reject(new Error('the studio does not take this page')), { once: true })
  })
}

function socketChannel(socket: WebSocket): PageChannel {
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message))
    },
    onMessage(handler) {
      socket.addEventListener('message', (event: { data: unknown }) => handler(parseJson(event.data)))
    },
    onClose(handler) {
      socket.addEventListener('close', ({ code }) => handler(code === REPLACED_CLOSE_CODE ? 'replaced' : 'ended'), { once: true })
    },
    close: () => socket.close(),
  }
}

/** What is not JSON becomes null, which no contract understands. */
function parseJson(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return null
  }
}
