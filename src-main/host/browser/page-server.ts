import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StudioError } from '@shared/domain/errors.ts'
import { programContent } from '@shared/domain/program-content.ts'
import { MAX_MESSAGE_BYTES } from '@shared/domain/wire.ts'
import { WebSocketServer } from 'ws'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { blankRefusal, PAGE_HEADERS, type PageResponse, type ReadAsset, refusal, servePage } from '../page-files.ts'
import { answerRecording, type FileAnswer, type FindRecording } from '../recorded-files.ts'
import { Access, type AccessRequest, OPEN_PATH } from './access.ts'
import { PAGE_ID, PageConnections } from './page-connections.ts'

/** The largest call is a picture of 40 million base64 characters. */
const MAX_RPC_MESSAGE_BYTES = 44 * 1024 * 1024
const MAX_HEADER_BYTES = 16 * 1024
const REQUEST_TIMEOUT_MS = 10_000
const LARGEST_CONNECTION_COUNT = 100

export interface PageServerOptions {
  /** Folder of the built page. */
  root: string
  /** 0 = any free port. */
  port: number
  readAsset: ReadAsset
  findRecording: FindRecording
  clock: Clock
  log: Logger
}

export interface PageServer {
  readonly access: Access
  readonly pages: PageConnections
  close(): Promise<void>
}

/**
 * Serves the page on 127.0.0.1 and takes its two WebSockets, `/rpc?page=<id>` and `/program?page=<id>`; more of the latter with
 * `&content=main` or `aux` while single streams are wanted.
 * Whoever lacks the cookie, comes by another name or from another page gets 403 and nothing else.
 * Rejects with StudioError `address-unreachable` when the port is taken.
 */
export async function openPageServer(options: PageServerOptions): Promise<PageServer> {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS })
  server.maxConnections = LARGEST_CONNECTION_COUNT
  const access = new Access(await listen(server, options.port), options.clock)
  // E.g. no file handle left for a new connection: the studio goes on with the ones it has.
  server.on('error', (error) => options.log.warn('the page server', { evidence: error.message }))
  const pages = new PageConnections()
  const sockets = {
    '/rpc': new WebSocketServer({ noServer: true, maxPayload: MAX_RPC_MESSAGE_BYTES, perMessageDeflate: false }),
    '/program': new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false }),
  }

  server.on('request', (request, response) => {
    void answerRequest(request, access, options)
      .catch((error: unknown) => {
        options.log.error('a request of the page failed', { stack: error instanceof Error ? error.stack : String(error) })
        return refusal(500)
      })
      .then((answer) => send(request, response, answer))
      .catch(() => response.destroy())
  })
  /** Sockets that HTTP has handed over, refused ones included: `server.close` waits for them, but ends none of them. */
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    socket.on('error', () => socket.destroy())
    const url = parseUrl(request)
    const pageId = url?.searchParams.get('page') ?? ''
    const content = programContent.safeParse(url?.searchParams.get('content') ?? 'mix')
    if (!url || !access.mayUpgrade(accessRequest(request)) || !PAGE_ID.test(pageId)) return refuseUpgrade(socket)
    if (url.pathname === '/rpc' && !pages.has(pageId)) {
      sockets['/rpc'].handleUpgrade(request, socket, head, (ws) => {
        // A message over the limit or a broken frame closes the socket; ws tells by an error first.
        ws.on('error', (error) => options.log.warn('the page spoke out of turn', { evidence: error.message }))
        pages.addRpc(pageId, ws)
      })
    } else if (url.pathname === '/program' && pages.has(pageId) && content.success) {
      sockets['/program'].handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', (error) => options.log.warn('the engine spoke out of turn', { evidence: error.message }))
        pages.addProgram(pageId, content.data, ws)
      })
    } else refuseUpgrade(socket)
  })

  return {
    access,
    pages,
    async close() {
      pages.closeAll()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      for (const socket of upgraded) socket.destroy()
      await closed
    },
  }
}

async function answerRequest(request: IncomingMessage, access: Access, options: PageServerOptions): Promise<PageResponse | FileAnswer> {
  const asked = accessRequest(request)
  const url = parseUrl(request)
  if (!url || !access.isAddressedToUs(asked)) return refusal(403)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(403)
  if (url.pathname === OPEN_PATH && request.method === 'GET') {
    const cookie = access.exchange(url)
    if (cookie === null) return refusal(403)
    // To the clean address: the token is neither in the address bar nor in the history.
    return { status: 303, headers: { ...PAGE_HEADERS, 'Set-Cookie': cookie, Location: '/', 'Cache-Control': 'no-store' }, body: null }
  }
  if (!access.hasCookie(asked)) return url.pathname === '/' ? blankRefusal() : refusal(403)
  // The path as it was sent: URL would have resolved `..` already, and a refusal should be one.
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  return (await answerRecording(path, request.headers.range ?? null, options.findRecording)) ?? servePage(options.root, path, options.readAsset)
}

async function send(request: IncomingMessage, response: ServerResponse, answer: PageResponse | FileAnswer): Promise<void> {
  // A body that nobody asked for is not read.
  if (request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined) response.shouldKeepAlive = false
  if ('file' in answer) {
    response.writeHead(answer.status, answer.headers)
    if (answer.file && request.method !== 'HEAD') await pipeline(createReadStream(answer.file.path, answer.file), response)
    else response.end()
    return
  }
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': answer.body?.length ?? 0 })
  response.end(request.method === 'HEAD' ? undefined : answer.body)
}

const accessRequest = (request: IncomingMessage): AccessRequest => ({ method: request.method, url: request.url, headers: request.headers })

function parseUrl(request: IncomingMessage): URL | null {
  const path = request.url ?? ''
  return path.startsWith('/') && URL.canParse(path, 'http://127.0.0.1') ? new URL(path, 'http://127.0.0.1') : null
}

function refuseUpgrade(socket: Duplex): void {
  // Not left half open for a peer that never closes its side.
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () => socket.destroy())
}

/** Resolves with the port. */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new StudioError('address-unreachable', `port ${port}: ${error.message}`, { cause: error })))
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
