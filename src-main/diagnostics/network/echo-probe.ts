import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { Clock } from '../../base/clock.ts'
import { ECHO_AT, ECHO_BYTES, ECHO_MAGIC } from '../../speed-server/speed-protocol.ts'

export interface EchoPlace {
  /** An IP address. */
  ip: string
  port: number
  /** 16 bytes in hexadecimal. */
  id: string
}

/** One datagram that came back. */
export interface Echo {
  number: number
  rttMs: number
  /** How many the server says it had by then. */
  there: number
}

/** A datagram that has not come back by then is lost. */
export const LOST_AFTER_MS = 3000

/** Numbered datagrams, and those that come back: each counts once, and only within 3 s. */
export class EchoProbe {
  #sent = 0
  #back = 0
  readonly #waiting = new Map<number, number>()

  private constructor(
    private readonly socket: Socket,
    private readonly id: Buffer,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly onEcho: (echo: Echo) => void,
  ) {
    socket.on('message', (datagram: Buffer) => this.#take(datagram))
    // "Nobody listens there" is a loss like any other.
    socket.on('error', () => {})
  }

  /** Only datagrams from that very place are looked at. Rejects with the system's error. */
  static async open({ ip, port, id }: EchoPlace, clock: Pick<Clock, 'monotonicMs'>, onEcho: (echo: Echo) => void): Promise<EchoProbe> {
    const socket = createSocket(isIPv6(ip) ? 'udp6' : 'udp4')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    socket.once('error', reject)
    socket.connect(port, ip, () => resolve())
    try {
      await promise
    } catch (error) {
      socket.close()
      throw error
    }
    socket.off('error', reject)
    return new EchoProbe(socket, Buffer.from(id, 'hex'), clock, onEcho)
  }

  get sent(): number {
    return this.#sent
  }

  get back(): number {
    return this.#back
  }

  send(): void {
    const nowMs = this.clock.monotonicMs()
    for (const [number, sentMs] of this.#waiting) {
      if (nowMs - sentMs <= LOST_AFTER_MS) break
      this.#waiting.delete(number)
    }
    const datagram = Buffer.alloc(ECHO_BYTES)
    ECHO_MAGIC.copy(datagram)
    this.id.copy(datagram, ECHO_AT.id)
    datagram.writeUInt32BE(this.#sent, ECHO_AT.number)
    this.#waiting.set(this.#sent++, nowMs)
    this.socket.send(datagram, () => {})
  }

  /** Numbers that are still waited for. */
  get waiting(): ReadonlyMap<number, number> {
    return this.#waiting
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()))
  }

  #take(datagram: Buffer): void {
    if (datagram.length !== ECHO_BYTES || !datagram.subarray(0, ECHO_MAGIC.length).equals(ECHO_MAGIC)) return
    if (!datagram.subarray(ECHO_AT.id, ECHO_AT.number).equals(this.id)) return
    const number = datagram.readUInt32BE(ECHO_AT.number)
    const sentMs = this.#waiting.get(number)
    const rttMs = this.clock.monotonicMs() - (sentMs ?? 0)
    if (sentMs === undefined || !this.#waiting.delete(number) || rttMs > LOST_AFTER_MS) return
    this.#back++
    this.onEcho({ number, rttMs, there: datagram.readUInt32BE(ECHO_AT.received) })
  }
}
