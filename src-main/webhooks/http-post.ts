import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { type Phase, socketFailure } from '../outputs/rtmp/rtmp-reasons.ts'

export interface Post {
  /** With its query. */
  url: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array
  /** The whole answer must be there by then. */
  withinMs: number
  /** Certificates trusted besides the system's own, PEM; for tests. */
  certificateAuthority?: string
}

export interface PostAnswer {
  status: number
  /** The beginning of the body. */
  text: string
  /** The server's clock by its `Date` header, ms since 1970; null without one. */
  dateMs: number | null
}

/** A back end that answers with a film does not fill the memory. */
const KEPT_BYTES = 2000
const MAX_ANSWER_BYTES = 1_000_000

/**
 * Posts JSON once. No redirect is followed, private addresses are allowed, certificates are checked, and the connection
 * is closed afterwards. Rejects with StudioError (`connect-timeout` when the time is up) or with `signal.reason`.
 */
export async function postOnce(post: Post, clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Promise<PostAnswer> {
  signal.throwIfAborted()
  const limit = new AbortController()
  const onAbort = () => limit.abort(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  clock.sleep(post.withinMs, limit.signal).then(
    () => limit.abort(new StudioError('connect-timeout', `no answer within ${post.withinMs / 1000} s`)),
    () => {},
  )
  try {
    return await exchange(post, limit.signal)
  } finally {
    signal.removeEventListener('abort', onAbort)
    limit.abort()
  }
}

function exchange({ url, headers, body, certificateAuthority }: Post, signal: AbortSignal): Promise<PostAnswer> {
  return new Promise((resolve, reject) => {
    const target = new URL(url)
    const options = {
      method: 'POST', agent: false, rejectUnauthorized: true, ...(certificateAuthority ? { ca: certificateAuthority } : {}),
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': String(body.byteLength) },
    }
    const outgoing = target.protocol === 'https:' ? requestHttps(target, options) : requestHttp(target, options)
    let phase: Phase = 'connecting'
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => (phase = target.protocol === 'https:' ? 'securing' : 'sending'))
      socket.once('secureConnect', () => (phase = 'sending'))
    })
    const fail = (error: unknown) => {
      // Which it was, when it is cut because of us.
      reject(signal.aborted ? signal.reason : failureOf(error, phase))
      outgoing.destroy()
    }
    const onAbort = () => fail(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    outgoing.on('error', fail)
    outgoing.on('close', () => signal.removeEventListener('abort', onAbort))
    outgoing.on('response', (incoming) => readAnswer(incoming, fail, resolve))
    outgoing.end(body)
  })
}

function readAnswer(incoming: IncomingMessage, fail: (error: unknown) => void, resolve: (answer: PostAnswer) => void): void {
  const chunks: Buffer[] = []
  let keptBytes = 0
  let bytes = 0
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) return fail(new StudioError('notice-refused', 'the answer has no end'))
    if (keptBytes < KEPT_BYTES) chunks.push(chunk)
    keptBytes += chunk.length
  })
  incoming.on('error', fail)
  incoming.on('end', () => {
    const dateMs = Date.parse(incoming.headers.date ?? '')
    resolve({ status: incoming.statusCode ?? 0, text: plain(Buffer.concat(chunks).subarray(0, KEPT_BYTES)), dateMs: Number.isNaN(dateMs) ? null : dateMs })
  })
}

/** Control characters of a stranger do not belong in a window or a log. */
const plain = (bytes: Buffer): string => bytes.toString('utf8').replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()

function failureOf(error: unknown, phase: Phase): StudioError {
  if (error instanceof StudioError) return error
  // Node names what broke the parser of answers; such a server speaks no HTTP.
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('HPE_')) return new StudioError('protocol-error', String(error.code), { cause: error })
  return socketFailure(phase, error, true)
}
