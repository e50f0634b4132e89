import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'
import { createSocket, type Socket as UdpSocket } from 'node:dgram'

export interface LineShape {
  /** Each way takes so much longer, ms. */
  delayMs?: number
  /** Shared by all connections; absent = no limit. */
  upKbps?: number
  downKbps?: number
  /** Each `n`th datagram of that direction goes nowhere; absent = none. */
  loseEveryUp?: number
  loseEveryDown?: number
}

type Direction = 'up' | 'down'

const SLICE_BYTES = 2048
/** What waits before the narrow place; a sender is held back beyond it. */
const QUEUE_BYTES = 32 * 1024
/** A timer that came late is made up for, up to this much: on a busy computer the line would be narrower than asked for. */
const MAKE_UP_MS = 100

/** A line between two computers, for tests: a queue and a token bucket each way that all connections share, with delay, and datagrams that are lost by number. */
export class FakeShapedLine {
  readonly #tcp: Server
  readonly #udp: UdpSocket
  readonly #ends = new Set<Socket>()
  readonly #back = new Map<number, UdpSocket>()
  readonly #counted = { up: 0, down: 0 }
  readonly #freeAtMs = { up: 0, down: 0 }
  /** Where connections and datagrams come out. */
  target = { tcp: 0, udp: 0 }
  #closed = false

  private constructor(readonly shape: LineShape) {
    this.#tcp = createServer((client) => this.#connect(client))
    this.#udp = createSocket('udp4')
  }

  /** Its `target` is set once the server behind it runs. */
  static async open(shape: LineShape): Promise<FakeShapedLine> {
    const line = new FakeShapedLine(shape)
    await new Promise<void>((resolve) => line.#tcp.listen(0, '127.0.0.1', resolve))
    await new Promise<void>((resolve) => line.#udp.bind(0, '127.0.0.1', resolve))
    line.#udp.on('message', (data, from) => {
      let upstream = line.#back.get(from.port)
      if (!upstream) {
        upstream = createSocket('udp4').on('message', (answer) => line.#datagram('down', () => line.#udp.send(answer, from.port, from.address)))
        line.#back.set(from.port, upstream)
      }
      line.#datagram('up', () => upstream.send(data, line.target.udp, '127.0.0.1'))
    })
    return line
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port
  }

  get udpPort(): number {
    return this.#udp.address().port
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const end of this.#ends) end.destroy()
    for (const socket of this.#back.values()) socket.close()
    await Promise.all([new Promise<void>((resolve) => this.#tcp.close(() => resolve())), new Promise<void>((resolve) => this.#udp.close(() => resolve()))])
  }

  #datagram(direction: Direction, send: () => void): void {
    const every = direction === 'up' ? this.shape.loseEveryUp : this.shape.loseEveryDown
    if (every !== undefined && ++this.#counted[direction] % every === 0) return
    const { delayMs = 0 } = this.shape
    if (delayMs === 0) return send()
    setTimeout(() => { if (!this.#closed) send() }, delayMs)
  }

  #connect(client: Socket): void {
    const server = connect(this.target.tcp, '127.0.0.1')
    for (const end of [client, server]) {
      end.setNoDelay(true)
      end.on('error', () => {})
      this.#ends.add(end)
      end.once('close', () => this.#ends.delete(end))
    }
    this.#carry('up', client, server)
    this.#carry('down', server, client)
  }

  #carry(direction: Direction, from: Socket, to: Socket): void {
    const kbps = direction === 'up' ? this.shape.upKbps : this.shape.downKbps
    const { delayMs = 0 } = this.shape
    const waiting: { slice: Buffer; dueMs: number }[] = []
    let queued = 0
    // Bytes stay in order, whichever timer comes first.
    const pass = (): void => {
      for (let head = waiting[0]; head && head.dueMs <= performance.now() + 0.5; head = waiting[0]) {
        waiting.shift()
        queued -= head.slice.length
        if (!to.destroyed) to.write(head.slice)
      }
      if (queued < QUEUE_BYTES) from.resume()
    }
    // What is still on its way arrives before the end does.
    from.once('close', () => setTimeout(() => (pass(), to.destroy()), Math.max(0, (waiting.at(-1)?.dueMs ?? 0) - performance.now()) + 20))
    from.on('data', (data) => {
      for (let at = 0; at < data.length; at += SLICE_BYTES) {
        const slice = data.subarray(at, at + SLICE_BYTES)
        const nowMs = performance.now()
        if (kbps !== undefined) this.#freeAtMs[direction] = Math.max(this.#freeAtMs[direction], nowMs - MAKE_UP_MS) + (slice.length * 8) / kbps
        const dueMs = Math.max(nowMs, kbps === undefined ? 0 : this.#freeAtMs[direction]) + delayMs
        waiting.push({ slice, dueMs })
        queued += slice.length
        if (kbps !== undefined && queued >= QUEUE_BYTES) from.pause()
        if (dueMs > nowMs) setTimeout(pass, Math.ceil(dueMs - nowMs) + 1)
      }
      pass()
    })
  }
}
