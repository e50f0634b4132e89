import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { authorizationOf, secretsOfToken } from '@shared/domain/addresses/http-authorization.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { findServiceCode } from '@shared/domain/service-answer.ts'
import { serviceRule } from '@shared/domain/service-codes.ts'
import { type Secret, withoutSecrets } from '../../base/secret.ts'
import { kernelQueueBytes } from '../rtmp/kernel-queue.ts'
import { socketFailure } from '../rtmp/rtmp-reasons.ts'
import { tlsOptions } from '../tls-trust.ts'
import { retryAfterMs } from '../whip/retry-after.ts'
import type { HlsPlace } from './hls-place.ts'

export interface UploadTarget {
  /** `http(s)://…/name.m3u8`, its query included. */
  address: string
  /** Empty for none. */
  token: Secret
  certificateAuthority: string
  verifyCertificate: boolean
}

const CONTENT_TYPES: Readonly<Record<string, string>> = { m3u8: 'application/vnd.apple.mpegurl', ts: 'video/mp2t' }
/** The playlist's name: at the end of the path, where a query may follow, or at the end of the query (YouTube: `…?cid=…&file=name.m3u8`). */
const PLAYLIST = /([^/=?&#]+\.m3u8)(?=$|\?)/i
/** Some servers close an idle connection after 5 s: a request that meets that is sent again by whoever asked for it. A DELETE is not waited for longer either. */
const IDLE_MS = 4000
/** Of what a server says to a refusal, so much is read: services come to the point sooner. */
const MAX_SAID_BYTES = 4096

/** A file is handed over in pieces: of one that is handed over as a whole nothing is known until the system has taken all of it. */
const PIECE_BYTES = 65_536

interface Answer {
  status: number
  /** The beginning of the body, unless it is a web page. */
  said: string
  /** How long it wants to be left alone (Retry-After, against its own clock); null when it does not say. */
  waitMs: number | null
}

/** A web server that takes files by PUT, beside the playlist's address. */
export class HlsUpload implements HlsPlace {
  readonly playlistName: string
  readonly #url: URL
  readonly #agent: HttpAgent | HttpsAgent
  #takenBytes = 0
  #underWay: { socket: Socket; before: number } | null = null
  /** A server that refused to delete, or did not answer, is not asked again. */
  #deletes = true
  /** One at a time: uploads must not wait for a connection. */
  #deleting: Promise<void> = Promise.resolve()

  constructor(
    private readonly target: UploadTarget,
    idleMs = IDLE_MS,
  ) {
    this.#url = readAddress(target.address)
    this.playlistName = PLAYLIST.exec(this.#url.href)?.[1] ?? ''
    const common = { keepAlive: true, maxSockets: 2, timeout: idleMs }
    this.#agent = this.#url.protocol === 'https:'
      ? new HttpsAgent({ ...common, ...tlsOptions(this.#url.hostname.replace(/^\[|\]$/g, ''), target) })
      : new HttpAgent(common)
  }

  get takenBytes(): number {
    const { socket, before } = this.#underWay ?? { socket: null, before: 0 }
    return this.#takenBytes + (socket ? Math.max(0, socket.bytesWritten - socket.writableLength - before) : 0)
  }

  async arrivedBytes(): Promise<number> {
    const { socket, before } = this.#underWay ?? {}
    if (!socket || before === undefined) return 0
    const { localPort, remotePort } = socket
    const handedOver = socket.bytesWritten - socket.writableLength - before
    const held = localPort && remotePort ? await kernelQueueBytes(localPort, remotePort) : null
    return this.#underWay?.socket === socket ? Math.max(0, handedOver - (held ?? 0)) : 0
  }

  // Whether a server gives back what it was given is its own affair.
  left = () => Promise.resolve(null)

  async put(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const answer = await this.#send('PUT', name, bytes, signal)
    // A token may look like a code.
    const said = () => withoutSecrets(answer.said, [...secretsOfToken(this.target.token.reveal()), ...this.#url.searchParams.values()])
    if (answer.status < 200 || answer.status > 299) throw refusal({ ...answer, said: said() })
    this.#takenBytes += bytes.byteLength
  }

  remove(name: string, signal: AbortSignal): Promise<void> {
    this.#deleting = this.#deleting.then(async () => {
      if (!this.#deletes || signal.aborted) return
      const status = await this.#send('DELETE', name, null, signal).then((answer) => answer.status, () => 0)
      if ([401, 403, 405, 501].includes(status)) this.#deletes = false
    })
    return this.#deleting
  }

  close(): void {
    this.#agent.destroy()
  }

  #send(method: 'PUT' | 'DELETE', name: string, bytes: Uint8Array | null, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted()
    const url = name === this.playlistName ? this.#url : new URL(this.#url.href.replace(PLAYLIST, () => encodeURIComponent(name)))
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const token = this.target.token.reveal()
    return new Promise((resolve, reject) => {
      let connected = false
      const request: ClientRequest = send(url, {
        method,
        agent: this.#agent,
        headers: {
          ...(bytes ? { 'content-length': bytes.byteLength, 'content-type': CONTENT_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream' } : {}),
          ...(token ? { authorization: authorizationOf(token) } : {}),
        },
      })
      const onAbort = () => request.destroy()
      signal.addEventListener('abort', onAbort, { once: true })
      request.on('socket', (socket) => {
        if (method === 'PUT') this.#underWay = { socket, before: socket.bytesWritten }
        socket.once(this.#url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (connected = true))
        connected ||= !socket.connecting && request.reusedSocket
      })
      const done = () => {
        signal.removeEventListener('abort', onAbort)
        if (method === 'PUT') this.#underWay = null
      }
      // An upload that stands still is for whoever asked for it to judge.
      request.on('timeout', () => {
        if (method !== 'DELETE') return
        this.#deletes = false
        request.destroy()
      })
      request.on('response', (response: IncomingMessage) => {
        const said = readBeginning(response)
        response.once('close', () => {
          done()
          const { date = '', 'retry-after': after = null } = response.headers
          resolve({ status: response.statusCode ?? 0, said: said(), waitMs: retryAfterMs(after, Date.parse(date)) || null })
        })
      })
      request.on('error', (error) => {
        done()
        reject(signal.aborted ? signal.reason : socketFailure(connected ? 'sending' : url.protocol === 'https:' ? 'securing' : 'connecting', error, true))
      })
      if (bytes) Readable.from(piecesOf(bytes), { objectMode: false }).pipe(request)
      else request.end()
    })
  }
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

function readAddress(text: string): URL {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || !PLAYLIST.test(url.href) || url.username || url.password || url.hash) {
    throw new StudioError('address-invalid', 'not of the form http(s)://host/path/name.m3u8')
  }
  return url
}

/** Reads all and keeps the beginning. */
function readBeginning(response: IncomingMessage): () => string {
  const parts: Buffer[] = []
  let sizeBytes = 0
  response.on('data', (part: Buffer) => {
    if (sizeBytes < MAX_SAID_BYTES) parts.push(part.subarray(0, MAX_SAID_BYTES - sizeBytes))
    sizeBytes += part.length
  })
  return () => {
    const text = Buffer.concat(parts).toString('utf8')
    return /html/i.test(response.headers['content-type'] ?? '') || text.trimStart().startsWith('<') ? '' : text
  }
}

/** What a status other than 2xx means, by its class where the number says no more; a code of the service's own goes first. */
function refusal({ status, said, waitMs }: Answer): StudioError {
  const evidence = `HTTP ${status}`
  const serviceCode = findServiceCode(said)
  const rule = serviceRule(serviceCode)
  if (serviceCode && rule) return new StudioError(rule.reason, `${evidence}: ${serviceCode}`, { serviceCode })
  if (status >= 300 && status < 400) return new StudioError('redirect-refused', evidence)
  if (status === 408 || status === 429 || status === 503) return new StudioError('server-busy', evidence, { retryAfterMs: waitMs ?? undefined })
  if (status === 507) return new StudioError('upload-refused', `${evidence}: the server has no room`)
  return new StudioError(status >= 500 ? 'server-error' : 'upload-refused', evidence)
}
