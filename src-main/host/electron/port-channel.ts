import type { Channel, ProgramChannel } from '@shared/contracts/messages.ts'
import type { MainPort } from './electron-api.ts'

/** A port to the page as a channel of structured messages. */
export function rpcChannel(port: MainPort): Channel {
  const line = listen(port)
  return { ...line, onMessage: (handler) => line.onMessage(handler) }
}

/** A port to the page's engine worker: binary from the page, small commands back. Other messages are not the program's. */
export function programChannel(port: MainPort): ProgramChannel {
  const line = listen(port)
  return {
    ...line,
    onMessage: (handler) =>
      line.onMessage((message) => {
        if (message instanceof ArrayBuffer) handler(new Uint8Array(message))
        else if (ArrayBuffer.isView(message)) handler(new Uint8Array(message.buffer, message.byteOffset, message.byteLength))
      }),
  }
}

function listen(port: MainPort): Channel {
  const closeHandlers = new Set<() => void>()
  let closed = false
  const close = (): void => {
    if (closed) return
    closed = true
    for (const handler of closeHandlers) handler()
  }
  port.on('close', close)
  return {
    send(message) {
      if (!closed) port.postMessage(message)
    },
    onMessage(handler) {
      port.on('message', (event) => handler(event.data))
      port.start()
    },
    onClose: (handler) => void closeHandlers.add(handler),
    close() {
      port.close()
      close()
    },
  }
}
