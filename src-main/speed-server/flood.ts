import { randomBytes } from 'node:crypto'
import type { WebSocket } from 'ws'

const FIRST_MESSAGE_BYTES = 8 * 1024
const LARGEST_MESSAGE_BYTES = 256 * 1024
/** Messages grow when so many of a size have been sent, and so many wait at once: ndt7's own figures. */
const GROW_AFTER_MESSAGES = 16
const MESSAGES_WAITING = 7
/** What compresses badly, so that nothing on the way makes the line look wider. */
const FILLING = randomBytes(LARGEST_MESSAGE_BYTES)

/** Sends as much as the line takes, as ndt7 does, until `goesOn` says no or the connection closes. Resolves with the bytes handed over. */
export async function flood(webSocket: WebSocket, goesOn: (sentBytes: number) => boolean, signal: AbortSignal): Promise<number> {
  let sent = 0
  let size = FIRST_MESSAGE_BYTES
  let wake = (): void => {}
  const onEnd = (): void => wake()
  webSocket.on('close', onEnd)
  signal.addEventListener('abort', onEnd)
  try {
    while (!signal.aborted && webSocket.readyState === webSocket.OPEN && goesOn(sent)) {
      if (size < LARGEST_MESSAGE_BYTES && sent >= size * GROW_AFTER_MESSAGES) size *= 2
      sent += size
      const room = new Promise<void>((resolve) => (wake = resolve))
      webSocket.send(FILLING.subarray(0, size), { binary: true, compress: false }, () => wake())
      if (webSocket.bufferedAmount >= MESSAGES_WAITING * size) await room
      // What else this process does comes in between.
      else await new Promise<void>((resolve) => void setImmediate(resolve))
    }
    return sent
  } finally {
    webSocket.off('close', onEnd)
    signal.removeEventListener('abort', onEnd)
  }
}
