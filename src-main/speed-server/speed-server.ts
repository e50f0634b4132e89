import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { CHANNEL_PATH } from '@shared/diagnostics/channel-messages.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { answerOffer } from './answer-offer.ts'
import { ChannelEchoes, type ChannelOptions } from './channel-echoes.ts'
import { serveDownload, serveUpload, type TestLimits } from './ndt7-serve.ts'
import { NDT7_PATHS, NDT7_PROTOCOL, PING_PATH, SESSION_PATH, type SpeedSession, TOKEN_PARAMETER } from './speed-protocol.ts'
import { UdpEcho } from './udp-echo.ts'

export interface SpeedServerOptions {
  /** Where it listens; `0.0.0.0` for everybody who can reach this computer. */
  host: string
  /** 0 = any free one. The datagrams have the same number where it is free, else another one. */
  port: number
  /** Who does not know it gets nothing. */
  token: string
  clock: Clock
  limits?: Partial<ServerLimits>
  /** What clients are told instead of the datagrams' own port, behind a relay; null = none. */
  announcedUdpPort?: number | null
  /** Of data channels. */
  channels?: Omit<ChannelOptions, 'clock'>
}

export interface ServerLimits extends TestLimits {
  maxClients: number
}

/** 15 s is ndt7's longest test; 1 GB in that time is 530 Mbit/s. */
const LIMITS: ServerLimits = { maxMs: 15_000, maxBytes: 1_000_000_000, maxClients: 16 }
/** Of an upload; whoever sends larger messages is cut off. */
const MAX_MESSAGE_BYTES = 1 << 20

/** The test server for a second computer: bounded in time, bytes and clients. */
export class SpeedServer {
  readonly #ending = new AbortController()
  readonly #sockets = new Set<Duplex>()
  readonly #webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false, handleProtocols: (offered) => (offered.has(NDT7_PROTOCOL) ? NDT7_PROTOCOL : false) })
  readonly #http = createServer((request, response) => this.#answer(request, response))
  readonly #limits: ServerLimits
  readonly #channels: ChannelEchoes

  private constructor(
    private readonly options: SpeedServerOptions,
    private readonly echo: UdpEcho,
  ) {
    this.#limits = { ...LIMITS, ...options.limits }
    this.#channels = new ChannelEchoes({ ...options.channels, clock: options.clock })
    this.#http.maxConnections = this.#limits.maxClients * 4
    this.#http.headersTimeout = 5000
    this.#http.requestTimeout = 10_000
    this.#http.on('connection', (socket) => {
      socket.setNoDelay(true)
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.#http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket as Socket, head))
  }

  /** Rejects with `port-taken` or `address-unreachable`. */
  static async open(options: SpeedServerOptions): Promise<SpeedServer> {
    const { host, port, clock } = options
    const echo = await UdpEcho.open({ host, port, clock }).catch(() => UdpEcho.open({ host, port: 0, clock })).catch((error: unknown) => { throw StudioError.from(error, 'address-unreachable') })
    const server = new SpeedServer(options, echo)
    try {
      await new Promise<void>((resolve, reject) => server.#http.once('error', reject).listen(port, host, resolve))
    } catch (error) {
      await echo.close()
      throw StudioError.from(error, (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'port-taken' : 'address-unreachable')
    }
    return server
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port
  }

  get udpPort(): number {
    return this.echo.port
  }

  async close(): Promise<void> {
    if (this.#ending.signal.aborted) return
    this.#ending.abort()
    for (const webSocket of this.#webSockets.clients) webSocket.terminate()
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([this.echo.close(), this.#channels.close(), new Promise<void>((resolve) => this.#http.close(() => resolve()))])
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = urlOf(request)
    const entered = this.#mayEnter(request)
    if (entered && request.method === 'POST' && pathname === CHANNEL_PATH) return void answerOffer(request, this.#channels).then(({ status, body }) => reply(response, status, body))
    request.resume()
    if (!entered) return reply(response, 403, { error: 'the token is missing or wrong' })
    if (request.method === 'POST' && pathname === SESSION_PATH) return this.#open(response)
    const received = request.method === 'GET' && pathname.startsWith(`${SESSION_PATH}/`) ? this.echo.received(pathname.slice(SESSION_PATH.length + 1)) : null
    if (received !== null) return reply(response, 200, { received })
    if (request.method === 'GET' && pathname === '/') return reply(response, 200, { service: 'castwright-speed-server' })
    reply(response, 404, { error: 'there is nothing here' })
  }

  #open(response: ServerResponse): void {
    const id = randomBytes(16).toString('hex')
    try {
      this.echo.add(id)
    } catch {
      return reply(response, 503, { error: 'too many clients' })
    }
    const { announcedUdpPort } = this.options
    reply(response, 200, { service: 'castwright-speed-server', id, udpPort: announcedUdpPort === undefined ? this.echo.port : announcedUdpPort } satisfies SpeedSession)
  }

  #upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    socket.on('error', () => {})
    const { pathname } = urlOf(request)
    const known = pathname === PING_PATH || Object.values<string>(NDT7_PATHS).includes(pathname)
    if (!this.#mayEnter(request)) return refuse(socket, '403 Forbidden')
    if (!known) return refuse(socket, '404 Not Found')
    if (this.#webSockets.clients.size >= this.#limits.maxClients) return refuse(socket, '503 Service Unavailable')
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => void this.#serve(pathname, webSocket, socket))
  }

  async #serve(pathname: string, webSocket: WebSocket, socket: Socket): Promise<void> {
    webSocket.on('error', () => webSocket.terminate())
    const test = { webSocket, socket, clock: this.options.clock, limits: this.#limits, signal: this.#ending.signal }
    // Pings are answered by the library; a connection of them may last as long as somebody watches the line.
    if (pathname === PING_PATH) return
    await (pathname === NDT7_PATHS.download ? serveDownload(test) : serveUpload(test))
    webSocket.close(1000)
    await this.options.clock.sleep(1000, this.#ending.signal).catch(() => {})
    webSocket.terminate()
  }

  #mayEnter(request: IncomingMessage): boolean {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? urlOf(request).searchParams.get(TOKEN_PARAMETER) ?? ''
    const [one, other] = [Buffer.from(given), Buffer.from(this.options.token)]
    return one.length === other.length && timingSafeEqual(one, other)
  }
}

function urlOf(request: IncomingMessage): URL {
  const base = 'http://server.invalid'
  return URL.canParse(request.url ?? '/', base) ? new URL(request.url ?? '/', base) : new URL(base)
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}

const refuse = (socket: Socket, status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`)
