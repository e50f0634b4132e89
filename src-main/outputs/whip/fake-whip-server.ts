import { createServer, type IncomingHttpHeaders, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { ANSWER } from './sdp-sample.ts'

/** What the server was asked, in order. */
export interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** What it answers; `hang` = nothing, with the connection left open; `reset` = nothing, and the connection is gone. */
export type Reply = { status: number; headers?: Record<string, string | string[]>; body?: string } | 'hang' | 'reset'

export const CREATED: Reply = { status: 201, headers: { 'Content-Type': 'application/sdp', Location: '/session/1', ETag: '"first"' }, body: ANSWER }

/** A WHIP server that speaks HTTP only, with answers by script: each method's replies in order, the last one again and again. */
export class FakeWhipServer {
  readonly asked: Asked[] = []
  readonly sockets = new Set<Socket>()
  readonly script: Record<string, Reply[]>
  #server: Server
  #port = 0
  #gate: Promise<void> = Promise.resolve()

  constructor(script: Record<string, Reply[]> = {}, private readonly certificate: { key: string; cert: string } | null = null) {
    this.script = { POST: [CREATED], PATCH: [{ status: 204 }], DELETE: [{ status: 200 }], ...script }
    const listener: RequestListener = (request, response) => void this.#answer(request, response)
    this.#server = certificate ? createSecureServer(certificate, listener) : createServer(listener)
    this.#server.on('connection', (socket: Socket) => {
      this.sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => this.sockets.delete(socket))
    })
    this.#server.on('tlsClientError', () => {})
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.#port = (this.#server.address() as AddressInfo).port
    return this
  }

  get origin(): string {
    return `${this.certificate ? 'https' : 'http'}://localhost:${this.#port}`
  }

  requests(method: string): Asked[] {
    return this.asked.filter((each) => each.method === method)
  }

  /** Answers nothing more until the returned function is called. */
  hold(): () => void {
    let release = (): void => {}
    this.#gate = new Promise((resolve) => (release = resolve))
    return release
  }

  close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const method = request.method ?? ''
    this.asked.push({ method, path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts).toString() })
    const replies = this.script[method] ?? [{ status: 405 }]
    const reply = replies.length > 1 ? replies.shift() : replies[0]
    await this.#gate
    if (reply === 'hang' || reply === undefined) return
    if (reply === 'reset') return void request.socket.destroy()
    response.writeHead(reply.status, reply.headers)
    response.end(reply.body ?? '')
  }
}
