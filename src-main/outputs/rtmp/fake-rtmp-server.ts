import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import * as tls from 'node:tls'
import type { AmfValue } from './amf0.ts'
import { decodeAmf0 } from './amf0.ts'
import { ChunkReader } from './chunk-reader.ts'
import type { RtmpMessage } from './chunk-reader.ts'
import { ChunkWriter } from './chunk-writer.ts'
import type { OutgoingMessage } from './chunk-writer.ts'
import { acknowledgement, command, MESSAGE, readCommand } from './messages.ts'

/** One client, seen from the server of a test. */
export class FakePeer {
  readonly messages: RtmpMessage[] = []
  readonly received: Buffer[] = []
  receivedBytes = 0
  closed = false
  /** Acknowledge each time that many bytes have come; 0 = never. */
  acknowledgeEvery = 0
  #acknowledged = 0
  #handshakeLeft = 1 + 2 * 1536
  readonly #hello: Buffer[] = []
  readonly #reader = new ChunkReader((message) => this.#onMessage(message))
  readonly #writer = new ChunkWriter()
  readonly #waiters = new Set<() => void>()

  constructor(
    readonly socket: Socket,
    private readonly replies: Replies,
  ) {
    socket.on('data', (bytes) => this.#onData(bytes))
    socket.on('error', () => {})
    socket.on('close', () => {
      this.closed = true
      this.#changed()
    })
  }

  send(message: OutgoingMessage): void {
    this.socket.write(Buffer.concat(this.#writer.write(message)))
  }

  status(level: string, code: string, description: string, name = 'onStatus', transaction = 0): void {
    this.send(command(name, transaction, [null, { level, code, description }], name === 'onStatus' ? 1 : 0))
  }

  /** Names of the commands received so far. */
  get commands(): string[] {
    return this.messages.flatMap(({ type, payload }) => readCommand(type, payload)?.name ?? [])
  }

  media(kind: 'audio' | 'video'): RtmpMessage[] {
    return this.messages.filter(({ type }) => type === MESSAGE[kind])
  }

  data(): AmfValue[][] {
    return this.messages.filter(({ type }) => type === MESSAGE.data).map(({ payload }) => decodeAmf0(payload))
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiters.add(resolve)
      })
    }
  }

  #onData(bytes: Buffer): void {
    this.receivedBytes += bytes.length
    const used = Math.min(this.#handshakeLeft, bytes.length)
    if (used > 0) {
      this.#hello.push(bytes.subarray(0, used))
      const before = this.#handshakeLeft
      this.#handshakeLeft -= used
      // C0 and C1 are there: S0, S1 (zeros) and S2 (C1 back) in one go.
      if (before > 1536 && this.#handshakeLeft <= 1536) this.#reply('handshake', () => this.socket.write(Buffer.concat([Buffer.of(3), Buffer.alloc(1536), Buffer.concat(this.#hello).subarray(1, 1537)])))
    }
    this.#reader.push(bytes.subarray(used))
    if (this.acknowledgeEvery > 0 && this.receivedBytes - this.#acknowledged >= this.acknowledgeEvery) {
      this.#acknowledged = this.receivedBytes
      this.send(acknowledgement(this.receivedBytes))
    }
    this.#changed()
  }

  #onMessage(message: RtmpMessage): void {
    this.messages.push(message)
    const received = readCommand(message.type, message.payload)
    if (!received) return
    const { name, transaction } = received
    if (name === 'connect') this.#reply('connect', () => this.send(command('_result', transaction, [{ fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, { level: 'status', code: 'NetConnection.Connect.Success', description: 'Connection succeeded.' }])))
    if (name === 'releaseStream' || name === 'FCPublish') this.status('error', 'NetConnection.Call.Failed', 'unknown', '_error', transaction)
    if (name === 'createStream') this.#reply('createStream', () => this.send(command('_result', transaction, [null, 1])))
    if (name === 'publish') this.#reply('publish', () => this.status('status', 'NetStream.Publish.Start', 'Start publishing'))
  }

  #reply(stage: keyof Replies, usual: () => void): void {
    const own = this.replies[stage]
    if (own) own(this, usual)
    else usual()
  }

  #changed(): void {
    for (const wake of this.#waiters) wake()
    this.#waiters.clear()
  }
}

/** What a server does instead of the usual answer; `usual` gives that. */
export interface Replies {
  handshake?(peer: FakePeer, usual: () => void): void
  connect?(peer: FakePeer, usual: () => void): void
  createStream?(peer: FakePeer, usual: () => void): void
  publish?(peer: FakePeer, usual: () => void): void
}

/** A real TCP (or TLS) server on a free port that speaks as much RTMP as a publisher needs. */
export class FakeRtmpServer {
  readonly peers: FakePeer[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #arrivals = new Set<() => void>()

  constructor(
    private readonly replies: Replies = {},
    certificate: { key: string; cert: string } | null = null,
  ) {
    const onSocket = (socket: Socket) => {
      this.peers.push(new FakePeer(socket, this.replies))
      for (const wake of this.#arrivals) wake()
      this.#arrivals.clear()
    }
    this.#server = certificate ? tls.createServer(certificate, onSocket) : createServer(onSocket)
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => {})
    })
    this.#server.on('tlsClientError', () => {})
  }

  async listen(host = '127.0.0.1'): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, host, resolve)
    })
    return (this.#server.address() as AddressInfo).port
  }

  /** The n-th client, as soon as it is there. */
  async peer(index = 0): Promise<FakePeer> {
    for (;;) {
      const peer = this.peers[index]
      if (peer) return peer
      await new Promise<void>((resolve) => {
        this.#arrivals.add(resolve)
      })
    }
  }

  get openSockets(): number {
    return this.#sockets.size
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
  }
}
