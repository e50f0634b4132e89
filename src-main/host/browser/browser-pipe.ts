import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'

/** A whole answer is small; more than this without an end is not the protocol. */
const MAX_PENDING_BYTES = 16 * 1024 * 1024
const ANSWER_TIMEOUT_MS = 5000

const messageSchema = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  sessionId: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
})

export type PipeParams = Record<string, unknown>
type EventHandler = (params: PipeParams, sessionId: string | undefined) => void

interface Waiting {
  resolve(result: PipeParams): void
  reject(error: Error): void
}

/**
 * The browser's DevTools protocol over two inherited file descriptors: JSON messages that end with a
 * zero byte. Only the process that started the browser holds them.
 */
export class BrowserPipe {
  readonly #waiting = new Map<number, Waiting>()
  readonly #handlers = new Map<string, Set<EventHandler>>()
  #pending: Buffer[] = []
  #pendingBytes = 0
  #nextId = 1
  #closed = false

  constructor(
    private readonly toBrowser: Writable,
    fromBrowser: Readable,
    private readonly clock: Clock,
  ) {
    toBrowser.on('error', () => this.#close())
    fromBrowser.on('data', (data: Buffer) => this.#receive(data))
    fromBrowser.on('close', () => this.#close())
    fromBrowser.on('error', () => this.#close())
  }

  /** Rejects with a plain Error: the browser's refusal, no answer within `timeoutMs`, or the browser's end. */
  async call(method: string, params: PipeParams = {}, sessionId?: string, timeoutMs = ANSWER_TIMEOUT_MS): Promise<PipeParams> {
    if (this.#closed) throw new Error('the browser has ended')
    const id = this.#nextId++
    const answered = new AbortController()
    const answer = new Promise<PipeParams>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    const tooLate = this.clock.sleep(timeoutMs, answered.signal).then(() => {
      throw new Error(`${method}: no answer within ${timeoutMs} ms`)
    })
    tooLate.catch(() => {})
    this.toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    try {
      return await Promise.race([answer, tooLate])
    } finally {
      answered.abort()
      this.#waiting.delete(id)
    }
  }

  /** Calls `handler` on every event of this name, of every session, until the returned function is called. */
  on(method: string, handler: EventHandler): () => void {
    const handlers = this.#handlers.get(method) ?? new Set()
    this.#handlers.set(method, handlers.add(handler))
    return () => void handlers.delete(handler)
  }

  #receive(data: Buffer): void {
    if (this.#closed) return
    let rest = data
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      const message = Buffer.concat([...this.#pending, rest.subarray(0, end)])
      this.#pending = []
      this.#pendingBytes = 0
      rest = rest.subarray(end + 1)
      this.#handle(message.toString('utf8'))
    }
    if (rest.length === 0) return
    this.#pending.push(rest)
    this.#pendingBytes += rest.length
    if (this.#pendingBytes > MAX_PENDING_BYTES) this.#close()
  }

  #handle(text: string): void {
    const parsed = messageSchema.safeParse(parseJson(text))
    if (!parsed.success) return
    const { id, method, params, sessionId, result, error } = parsed.data
    if (id !== undefined) {
      if (error) this.#waiting.get(id)?.reject(new Error(error.message))
      else this.#waiting.get(id)?.resolve(result ?? {})
    } else if (method !== undefined) {
      for (const handler of this.#handlers.get(method) ?? []) handler(params ?? {}, sessionId)
    }
  }

  #close(): void {
    this.#closed = true
    this.#pending = []
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('the browser has ended'))
    this.#waiting.clear()
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
