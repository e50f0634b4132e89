import type { Channel } from '@shared/contracts/messages.ts'

/** A message port to main, as the page's channel: Electron's transport. */
export function portChannel(port: MessagePort): Channel {
  const closeHandlers = new Set<() => void>()
  let closed = false
  const close = (): void => {
    if (closed) return
    closed = true
    for (const handler of closeHandlers) handler()
  }
  port.addEventListener('close', close)
  return {
    send(message) {
      if (!closed) port.postMessage(message)
    },
    onMessage(handler) {
      port.addEventListener('message', (event: { data: unknown }) => handler(event.data))
      port.start()
    },
    onClose: (handler) => void closeHandlers.add(handler),
    close() {
      port.close()
      close()
    },
  }
}
