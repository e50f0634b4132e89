import { type Channel, type ToMain, type ToPage, toPage } from '@shared/contracts/messages.ts'
import type { Client, Service } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'

interface Waiting {
  resolve(output: unknown): void
  reject(error: StudioError): void
}

interface Watched {
  last: { revision: number; state: unknown } | null
  readonly handlers: Set<(state: unknown) => void>
}

/** What all clients of one channel share: one count of calls, one snapshot per watched topic. */
class Line {
  readonly #waiting = new Map<number, Waiting>()
  readonly #watched = new Map<string, Watched>()
  #nextId = 1
  #closed = false

  constructor(private readonly channel: Channel) {
    channel.onMessage((message) => this.#receive(message))
    channel.onClose(() => this.#close())
  }

  call(service: string, call: string, input: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(mainIsGone())
      const id = this.#nextId++
      this.#waiting.set(id, { resolve, reject })
      this.#send({ type: 'call', id, service, call, input })
    })
  }

  watch(service: string, topic: string, onState: (state: unknown) => void): () => void {
    const key = `${service}/${topic}`
    let watched = this.#watched.get(key)
    if (!watched) {
      watched = { last: null, handlers: new Set() }
      this.#watched.set(key, watched)
      this.#send({ type: 'watch', service, topic })
    }
    const { handlers, last } = watched
    // A handler of its own for each watch, so that the same function may watch twice.
    const handler = (state: unknown): void => onState(state)
    handlers.add(handler)
    if (last) queueMicrotask(() => handlers.has(handler) && handler(watched.last?.state))
    return () => {
      if (!handlers.delete(handler) || handlers.size > 0) return
      this.#watched.delete(key)
      this.#send({ type: 'unwatch', service, topic })
    }
  }

  #receive(raw: unknown): void {
    const message = toPage.safeParse(raw)
    if (!message.success) return tellDeveloper(new StudioError('protocol-error', 'a message of main was not understood'))
    if (message.data.type === 'topic') return this.#show(message.data)
    const waiting = this.#waiting.get(message.data.id)
    this.#waiting.delete(message.data.id)
    if (message.data.type === 'result') waiting?.resolve(message.data.output)
    else waiting?.reject(new StudioError(message.data.reason, message.data.evidence, { serviceCode: message.data.serviceCode }))
  }

  #show(message: Extract<ToPage, { type: 'topic' }>): void {
    const watched = this.#watched.get(`${message.service}/${message.topic}`)
    if (!watched || (watched.last && message.revision < watched.last.revision)) return
    watched.last = { revision: message.revision, state: message.state }
    for (const handler of watched.handlers) handler(message.state)
  }

  #close(): void {
    this.#closed = true
    for (const waiting of this.#waiting.values()) waiting.reject(mainIsGone())
    this.#waiting.clear()
  }

  #send(message: ToMain): void {
    if (!this.#closed) this.channel.send(message)
  }
}

/** Numbers of calls must be unique per channel, not per client. */
const lines = new WeakMap<Channel, Line>()

/**
 * The page's end of a contract: one async function per call, and `watch`. Calls reject with a
 * StudioError: main's own, `input-invalid` for an input that does not fit, `protocol-error` for an
 * answer that does not, `connection-lost` when main is gone.
 * A watch hears the newest state at once (never before `watch` has returned) and then every change.
 */
export function connect<S extends Service>(contract: S, channel: Channel): Client<S> {
  let line = lines.get(channel)
  if (!line) lines.set(channel, (line = new Line(channel)))
  const theLine = line
  const calls: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const [name, { input: inputSchema, output: outputSchema }] of Object.entries(contract.calls)) {
    calls[name] = async (input) => {
      const parsed = inputSchema.safeParse(input)
      if (!parsed.success) throw new StudioError('input-invalid', parsed.error.issues[0]?.message ?? '')
      // What is sent is what was typed: main parses it itself, and a transform must not run twice.
      const output = outputSchema.safeParse(await theLine.call(contract.name, name, input))
      if (!output.success) throw new StudioError('protocol-error', `${contract.name}.${name}`)
      return output.data
    }
  }
  const watch = (topic: string, onState: (state: unknown) => void): (() => void) =>
    theLine.watch(contract.name, topic, (raw) => {
      const state = contract.topics[topic]?.safeParse(raw)
      if (state?.success) onState(state.data)
      else tellDeveloper(new StudioError('protocol-error', `${contract.name}/${topic}`))
    })
  return { ...calls, watch } as Client<S>
}

const mainIsGone = (): StudioError => new StudioError('connection-lost', 'the studio has ended')

/** A mistake of ours that no caller waits for: the page's error handler shows and logs it. */
function tellDeveloper(error: StudioError): void {
  const page = globalThis as { reportError?: (error: unknown) => void }
  page.reportError?.(error)
}
