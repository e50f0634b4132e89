import { STOP } from './processor-names.ts'

export function listen<Message>(port: MessagePort, hear: (message: Message) => void): void {
  port.addEventListener('message', (event: MessageEvent<Message>) => hear(event.data))
  port.start()
}

/** A processor that ends when its node is no longer wanted; a live one is never freed. */
export abstract class Ending extends AudioWorkletProcessor {
  protected live = true

  constructor() {
    super()
    listen(this.port, (message) => {
      if (message === STOP) this.live = false
    })
  }
}
