import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { udpFailure } from './srt-reasons.ts'

export interface CallParts {
  port: number
  /** All of whoever is called, the favourite first; at least one. */
  addresses: readonly string[]
  /** Within so long each of them has had its turn. */
  withinMs: number
  clock: Pick<Clock, 'sleep'>
  onMessage(bytes: Buffer): void
  /** Before any answer: no address is left. After it: the system could not deliver something. */
  onFailure(failure: StudioError): void
}

/** An address that does not answer is left for the next after this long; as for RTMP. */
const LONGEST_TURN_MS = 1500

/**
 * The socket of a caller. Until somebody answers, the addresses are called by turns; whoever answers first is kept. One that
 * refuses, or has no way to it, is struck off at once. libsrt knocks four times a second, and never learns that it is at another door.
 */
export class SrtCall {
  readonly #candidates: string[]
  readonly #turnMs: number
  #socket: Socket | null = null
  #connected = false
  #answered = false
  #failure: StudioError | null = null
  /** What was last to be sent: whoever is called next hears it at once. */
  #last: Buffer | null = null
  #turn = new AbortController()
  #closed = false

  constructor(private readonly parts: CallParts) {
    this.#candidates = [...parts.addresses]
    this.#turnMs = Math.min(LONGEST_TURN_MS, parts.withinMs / this.#candidates.length)
    this.#begin()
  }

  send(bytes: Buffer): void {
    this.#last = bytes
    const socket = this.#socket
    if (this.#connected) socket?.send(bytes, (error) => void (error && this.#failed(socket, error)))
  }

  close(): void {
    this.#closed = true
    this.#leave()
  }

  #begin(): void {
    const address = this.#candidates[0]
    if (address === undefined) return
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
    this.#socket = socket
    socket.on('message', (bytes) => this.#heard(socket, bytes))
    socket.on('error', (error) => this.#failed(socket, error))
    socket.on('connect', () => {
      if (socket !== this.#socket) return
      this.#connected = true
      if (this.#last) this.send(this.#last)
    })
    socket.connect(this.parts.port, address)
    if (this.#candidates.length > 1) void this.parts.clock.sleep(this.#turnMs, this.#turn.signal).then(() => this.#next(), () => {})
  }

  /** Nobody said a word: the next one's turn, and this one's again after all others. */
  #next(): void {
    this.#leave()
    const silent = this.#candidates.shift()
    if (silent !== undefined) this.#candidates.push(silent)
    this.#begin()
  }

  #heard(socket: Socket, bytes: Buffer): void {
    if (socket !== this.#socket) return
    this.#answered = true
    this.#turn.abort()
    this.parts.onMessage(bytes)
  }

  #failed(socket: Socket, error: NodeJS.ErrnoException): void {
    if (socket !== this.#socket || this.#closed) return
    const failure = udpFailure(error)
    if (this.#answered) return this.parts.onFailure(failure)
    // A server that refuses says more than a way that is not there.
    if (this.#failure === null || failure.reason === 'connection-refused') this.#failure = failure
    this.#leave()
    this.#candidates.shift()
    if (this.#candidates.length > 0) this.#begin()
    else this.parts.onFailure(this.#failure)
  }

  #leave(): void {
    this.#turn.abort()
    this.#turn = new AbortController()
    this.#connected = false
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }
}
