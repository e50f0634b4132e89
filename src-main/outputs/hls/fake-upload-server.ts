import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** A web server for tests that keeps what is put there. */
export class FakeUploadServer {
  readonly files = new Map<string, Buffer>()
  /** Every request, as `PUT /live/index.m3u8`, in the order of their answers. */
  readonly requests: string[] = []
  readonly authorizations = new Set<string | undefined>()
  readonly sockets = new Set<Socket>()
  /** Answers by itself and returns true. */
  answer: (line: string, response: ServerResponse) => boolean = () => false
  onPut: (path: string, bytes: Buffer) => void = () => {}
  readonly #server: Server
  #stalled = false

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      this.authorizations.add(request.headers.authorization)
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        if (this.#stalled) return
        const path = request.url ?? ''
        const line = `${request.method} ${path}`
        this.requests.push(line)
        if (this.answer(line, response)) return
        if (request.method === 'PUT') {
          this.files.set(path, Buffer.concat(chunks))
          this.onPut(path, Buffer.concat(chunks))
          response.writeHead(201).end()
        } else if (request.method === 'DELETE') response.writeHead(this.files.delete(path) ? 204 : 404).end()
        else response.writeHead(200).end(this.files.get(path))
      })
    })
    this.#server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
  }

  listen(port = 0): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', () => resolve(this.port))
    })
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  text = (path: string): string => this.files.get(path)?.toString('utf8') ?? ''

  /** Reads no more and answers nothing, connections stay open. */
  stall(): void {
    this.#stalled = true
    for (const socket of this.sockets) socket.pause()
  }

  /** Goes without a word. */
  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
    for (const socket of this.sockets) socket.destroy()
    return closed
  }
}
