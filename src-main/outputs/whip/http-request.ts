import * as http from 'node:http'
import * as https from 'node:https'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { socketFailure } from '../rtmp/rtmp-reasons.ts'
import { type TlsTrust, tlsOptions } from '../tls-trust.ts'

export interface HttpRequest {
  method: 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS'
  url: URL
  headers: Readonly<Record<string, string>>
  body: string
}

export interface HttpAnswer {
  status: number
  /** Lower-case names; several headers of one name stay apart. */
  headers: ReadonlyMap<string, readonly string[]>
  body: string
  /** Where the answer came from: after redirects another one than was asked. */
  url: URL
}

export interface HttpLimits {
  /** From the first step to the whole answer. */
  timeoutMs: number
  /** An answer with more is no session description. */
  maxBodyBytes: number
}

/** 8 s is what OBS gives a WHIP server. */
export const HTTP_LIMITS: HttpLimits = { timeoutMs: 8000, maxBodyBytes: 256 * 1024 }

/** Per address, when a name has several: Node's own 250 ms would give up on every server that is far away. */
const NEXT_ADDRESS_AFTER_MS = 1500

/**
 * One HTTP exchange over a connection of its own: after a network has changed, an old connection hangs where a new one
 * works at once. Follows no redirects; any status is an answer.
 * Rejects with StudioError (name, TCP and TLS as for every output; `publish-timeout`, `connection-lost`, `protocol-error`)
 * or with `signal.reason`.
 */
export async function httpExchange(request: HttpRequest, trust: TlsTrust, clock: Clock, signal: AbortSignal, limits: HttpLimits = HTTP_LIMITS): Promise<HttpAnswer> {
  signal.throwIfAborted()
  const exchange = new Exchange(request, trust, limits)
  const onAbort = () => exchange.fail(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  const inTime = new AbortController()
  void clock.sleep(limits.timeoutMs, inTime.signal).then(() => exchange.timeUp(), () => {})
  try {
    return await exchange.answer
  } finally {
    inTime.abort()
    signal.removeEventListener('abort', onAbort)
  }
}

class Exchange {
  readonly answer: Promise<HttpAnswer>
  fail: (reason: unknown) => void = () => {}
  readonly #request: http.ClientRequest
  #phase: 'resolving' | 'connecting' | 'securing' | 'asking' = 'resolving'

  constructor(private readonly asked: HttpRequest, trust: TlsTrust, private readonly limits: HttpLimits) {
    const { url, method, body } = asked
    const secure = url.protocol === 'https:'
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
    const headers = { 'User-Agent': 'Castwright', ...asked.headers, ...(body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }) }
    const options = { method, headers, agent: false, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS }
    this.#request = secure ? https.request(url, { ...options, ...tlsOptions(host, trust) }) : http.request(url, options)
    this.answer = new Promise((resolve, reject) => {
      this.fail = (reason) => {
        reject(reason)
        this.#request.destroy()
      }
      this.#request.on('response', (response) => this.#read(response, resolve))
    })
    this.#request.on('socket', (socket) => {
      socket.on('lookup', () => (this.#phase = 'connecting'))
      socket.on('connect', () => (this.#phase = secure ? 'securing' : 'asking'))
      socket.on('secureConnect', () => (this.#phase = 'asking'))
    })
    this.#request.on('error', (error) => this.fail(this.#failureOf(error)))
    this.#request.end(body)
  }

  timeUp(): void {
    const afterS = Math.round(this.limits.timeoutMs / 100) / 10
    this.fail(this.#phase === 'asking' ? new StudioError('publish-timeout', `no answer within ${afterS} s`) : new StudioError('connect-timeout', `no connection within ${afterS} s (${this.#phase})`))
  }

  #read(response: http.IncomingMessage, resolve: (answer: HttpAnswer) => void): void {
    const parts: Buffer[] = []
    let sizeBytes = 0
    response.on('data', (part: Buffer) => {
      sizeBytes += part.length
      if (sizeBytes > this.limits.maxBodyBytes) this.fail(new StudioError('protocol-error', 'the answer is too long'))
      else parts.push(part)
    })
    response.on('error', (error) => this.fail(this.#failureOf(error)))
    response.on('end', () =>
      resolve({
        status: response.statusCode ?? 0,
        headers: new Map(Object.entries(response.headersDistinct).map(([name, values]) => [name, values ?? []])),
        body: Buffer.concat(parts).toString('utf8'),
        url: this.asked.url,
      }),
    )
  }

  #failureOf(error: Error): StudioError {
    if (this.#phase !== 'asking') return socketFailure(this.#phase, error, false)
    const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
    if (code.startsWith('HPE_')) return new StudioError('protocol-error', `the answer is not HTTP (${code})`, { cause: error })
    return new StudioError('connection-lost', `the connection broke before the answer (${code})`, { cause: error })
  }
}

/** One time limit for all exchanges that a question takes, e.g. where it is redirected. */
export function withinOne(limits: HttpLimits, clock: Pick<Clock, 'monotonicMs'>): () => HttpLimits {
  const endMs = clock.monotonicMs() + limits.timeoutMs
  return () => ({ ...limits, timeoutMs: Math.max(1, endMs - clock.monotonicMs()) })
}

/** The first value of a header; null without one. */
export function headerOf(answer: HttpAnswer, name: string): string | null {
  return answer.headers.get(name)?.[0] ?? null
}
