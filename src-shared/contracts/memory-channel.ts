import type { Channel } from './messages.ts'

/** One end of a pipe that also remembers what arrived before anybody listened, as the real ones do. */
class MemoryEnd implements Channel {
  readonly #messageHandlers = new Set<(message: unknown) => void>()
  readonly #closeHandlers = new Set<() => void>()
  readonly #early: unknown[] = []
  #closed = false
  peer: MemoryEnd | null = null

  constructor(private readonly copy: (message: unknown) => unknown) {}

  send(message: unknown): void {
    if (this.#closed) return
    const copied = this.copy(message)
    queueMicrotask(() => this.peer?.receive(copied))
  }

  receive(message: unknown): void {
    if (this.#closed) return
    if (this.#messageHandlers.size === 0) this.#early.push(message)
    for (const handler of this.#messageHandlers) handler(message)
  }

  onMessage(handler: (message: unknown) => void): void {
    this.#messageHandlers.add(handler)
    for (const message of this.#early.splice(0)) handler(message)
  }

  onClose(handler: () => void): void {
    this.#closeHandlers.add(handler)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const handler of this.#closeHandlers) handler()
    queueMicrotask(() => this.peer?.close())
  }
}

/**
 * Both ends of a pipe inside one process: for tests and for pages without a main process.
 * Messages are copied as JSON by default, as the strictest real transport does.
 */
export function memoryChannelPair(copy: (message: unknown) => unknown = (message) => JSON.parse(JSON.stringify(message)) as unknown): [Channel, Channel] {
  const a = new MemoryEnd(copy)
  const b = new MemoryEnd(copy)
  a.peer = b
  b.peer = a
  return [a, b]
}
