import type { LossCause, PageChannel } from './page-channel.ts'

/** What of a MessagePort a channel needs. */
export interface PagePort {
  postMessage(message: unknown): void
  start(): void
  close(): void
  addEventListener(type: 'message' | 'close', handler: (event: unknown) => void): void
}

/** A message port to main, as the page's channel: Electron's transport. It has one window, so no page replaces another. */
export function portChannel(port: PagePort): PageChannel {
  const closeHandlers = new Set<(why: LossCause) => void>()
  let closed = false
  const close = (): void => {
    if (closed) return
    closed = true
    for (const handler of closeHandlers) handler('ended')
  }
  port.addEventListener('close', close)
  return {
    send(message) {
      if (!closed) port.postMessage(message)
    },
    onMessage(handler) {
      port.addEventListener('message', (event) => handler((event as { data: unknown }).data))
      port.start()
    },
    onClose: (handler) => void closeHandlers.add(handler),
    close() {
      port.close()
      close()
    },
  }
}
