import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import type { Clock } from '../base/clock.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { ECHO_AT, ECHO_MAGIC, ECHO_MAX_BYTES, ECHO_MIN_BYTES } from './speed-protocol.ts'

/** A place of which nothing was heard for so long is given up. */
const IDLE_MS = 60_000
const MAX_SESSIONS = 16
/** Per place: more than any test of ours sends, and too little to do harm with. */
const MAX_PER_SECOND = 1000

interface Session {
  received: number
  heardMs: number
  /** The second that `inSecond` counts. */
  second: number
  inSecond: number
}

/** Sends datagrams back to where they came from, to those who have a place, with how many came. */
export class UdpEcho {
  readonly #sessions = new Map<string, Session>()

  private constructor(
    private readonly socket: Socket,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
  ) {
    socket.on('message', (datagram, from) => this.#take(datagram, from))
    // What a network says about one datagram (nobody there, no way there) concerns no other.
    socket.on('error', () => {})
  }

  /** Rejects with the system's error when the port is taken. */
  static async open({ host, port, clock }: { host: string; port: number; clock: Pick<Clock, 'monotonicMs'> }): Promise<UdpEcho> {
    const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(port, host, () => {
        socket.off('error', reject)
        resolve()
      })
    })
    return new UdpEcho(socket, clock)
  }

  get port(): number {
    return this.socket.address().port
  }

  /** Throws `server-busy` when all places are taken. */
  add(id: string): void {
    const nowMs = this.clock.monotonicMs()
    for (const [each, { heardMs }] of this.#sessions) if (nowMs - heardMs > IDLE_MS) this.#sessions.delete(each)
    if (this.#sessions.size >= MAX_SESSIONS) throw new StudioError('server-busy')
    this.#sessions.set(id, { received: 0, heardMs: nowMs, second: 0, inSecond: 0 })
  }

  /** null = there is no such place (any more). */
  received(id: string): number | null {
    return this.#sessions.get(id)?.received ?? null
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.socket.close(() => resolve()))
  }

  #take(datagram: Buffer, from: RemoteInfo): void {
    if (datagram.length < ECHO_MIN_BYTES || datagram.length > ECHO_MAX_BYTES || !datagram.subarray(0, ECHO_MAGIC.length).equals(ECHO_MAGIC)) return
    const session = this.#sessions.get(datagram.toString('hex', ECHO_AT.id, ECHO_AT.number))
    if (!session) return
    session.heardMs = this.clock.monotonicMs()
    const second = Math.floor(session.heardMs / 1000)
    if (session.second !== second) Object.assign(session, { second, inSecond: 0 })
    if (++session.inSecond > MAX_PER_SECOND) return
    session.received++
    datagram.writeUInt32BE(session.received >>> 0, ECHO_AT.received)
    this.socket.send(datagram, from.port, from.address, () => {})
  }
}
