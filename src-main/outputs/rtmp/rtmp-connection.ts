import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import type { PushAddress } from '@shared/domain/address.ts'
import type { Clock } from '../../base/clock.ts'
import { Delivery } from './delivery.ts'
import { CLIENT_HANDSHAKE_BYTES, RANDOM_BYTES } from './handshake.ts'
import { kernelQueueBytes } from './kernel-queue.ts'
import { mayWrite, windowBytesOf } from './pacing.ts'
import type { RtmpLimits } from './rtmp-limits.ts'
import { closedFailure, socketFailure, timeoutFailure } from './rtmp-reasons.ts'
import type { Phase } from './rtmp-reasons.ts'
import { RtmpSession } from './rtmp-session.ts'
import { openSocket, readyEvent } from './rtmp-socket.ts'
import type { TlsTrust } from '../tls-trust.ts'
import { StudioError } from '@shared/domain/errors.ts'

export interface ConnectionOptions {
  target: PushAddress
  trust: TlsTrust
  clock: Clock
  limits: RtmpLimits
  onPhase(phase: Phase): void
}

/** The system is asked what it keeps once a server that acknowledges has been silent for this long. */
const WITNESS_AFTER_MS = 1000
const STANDS_STILL_MS = 250
/**
 * Replies that wait to be taken by the system. Servers ping every few seconds, so a stalled line gathers a dozen;
 * a server that asks and asks and reads nothing would fill the memory with answers.
 */
const MAX_WAITING_REPLIES = 1000
const MAX_WAITING_REPLY_BYTES = 64 * 1024

/**
 * One connection to one server, from the name to the last byte. `signal` aborts, with the StudioError as its
 * reason, when the connection has failed; nothing else is thrown after `open`.
 */
export class RtmpConnection {
  readonly delivery = new Delivery(CLIENT_HANDSHAKE_BYTES)
  readonly session: RtmpSession
  readonly #failed = new AbortController()
  readonly #socket: Socket
  readonly #closed: Promise<void>
  readonly #waiters = new Set<() => void>()
  #phase: Phase
  #leaving = false
  #expectedKbps = Infinity
  #helloAtMs = 0
  #roundTripMs: number | null = null
  #acceptedAtBytes = Infinity
  #lastWriteAtMs = 0
  #waitingReplies = 0
  #waitingReplyBytes = 0

  private constructor(private readonly options: ConnectionOptions) {
    const { target, trust } = options
    this.#phase = isIP(target.host) ? 'connecting' : 'resolving'
    options.onPhase(this.#phase)
    this.session = new RtmpSession(target, {
      write: (parts, isReply) => (isReply ? this.#reply(parts) : this.#write(parts)),
      phase: (phase) => this.#enter(phase),
      acknowledged: (bytes) => {
        this.delivery.acknowledged(bytes, this.#nowMs)
        this.#changed()
      },
    })
    const socket = openSocket(target, trust)
    this.#socket = socket
    socket.on('lookup', () => this.#phase === 'resolving' && this.#enter('connecting'))
    if (target.scheme === 'rtmps') socket.once('connect', () => this.#enter('securing'))
    socket.once(readyEvent(target.scheme), () => this.#start())
    socket.on('data', (bytes) => this.#onData(bytes))
    socket.once('end', () => this.#fail(closedFailure(this.#phase, 'end', this.#mediaAcknowledged)))
    socket.on('error', (error) => this.#fail(socketFailure(this.#phase, error, this.#mediaAcknowledged)))
    this.#closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.#fail(closedFailure(this.#phase, 'reset', this.#mediaAcknowledged))
        resolve()
      })
    })
  }

  /**
   * Connects and resolves once the server lets us publish. Rejects with a StudioError, or with `signal.reason`;
   * then nothing is left open.
   */
  static async open(options: ConnectionOptions, signal: AbortSignal): Promise<RtmpConnection> {
    signal.throwIfAborted()
    const connection = new RtmpConnection(options)
    const { connectMs } = options.limits
    const timer = new AbortController()
    void options.clock.sleep(connectMs, timer.signal).then(
      () => connection.#fail(timeoutFailure(connection.#phase, connectMs)),
      () => {},
    )
    try {
      await connection.until(() => connection.#phase === 'accepted', signal)
      return connection
    } catch (error) {
      await connection.close()
      throw error
    } finally {
      timer.abort()
    }
  }

  /** Aborts when the connection has failed. */
  get signal(): AbortSignal {
    return this.#failed.signal
  }

  /** From a byte sent to an answer to it, ms: by acknowledgements where the server sends them, else as first measured. */
  get roundTripMs(): number | null {
    return this.delivery.delayMs ?? this.#roundTripMs
  }

  /** For how long the last message has been waiting to be taken by the system, ms; 0 when none waits. */
  get waitingMs(): number {
    return this.#pendingBytes === 0 ? 0 : this.#nowMs - this.#lastWriteAtMs
  }

  /** Whether the next message may be written: the last one is with the system, and not too much is on the way. */
  get hasRoom(): boolean {
    return this.#pendingBytes === 0 && mayWrite(this.delivery, this.#expectedKbps, this.options.limits.onTheWayMs, this.#nowMs)
  }

  /** The rate of what will be sent, which tells how much is too much on the way. */
  expectRate(kbps: number): void {
    this.#expectedKbps = kbps
    this.#askToAcknowledge(windowBytesOf(kbps))
  }

  /** The first moments are over: from now on a close is a broken connection and no refusal. */
  settled(): void {
    this.#phase = 'sending'
  }

  /** Resolves as soon as `condition` holds; rejects with the connection's failure or with `signal.reason`. */
  async until(condition: () => boolean, signal: AbortSignal): Promise<void> {
    for (;;) {
      this.signal.throwIfAborted()
      signal.throwIfAborted()
      if (condition()) return
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiters.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiters.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      })
    }
  }

  /** Asks the system what it still keeps, and fails the connection when nothing has been accepted for too long. */
  async watch(): Promise<void> {
    const { delivery } = this
    const { localPort, remotePort } = this.#socket
    // A server that acknowledges often and in time needs no second witness.
    const wellKnown = delivery.onTheWay.finelyAcknowledged && delivery.stuckForMs(this.#nowMs) < WITNESS_AFTER_MS
    const kept = wellKnown || !localPort || !remotePort ? null : await kernelQueueBytes(localPort, remotePort)
    if (this.signal.aborted || this.#leaving) return
    delivery.onTheWay.keptBySystem(kept, this.#nowMs)
    delivery.keptBySystem(kept ?? 0, this.#nowMs)
    const stuckMs = delivery.stuckForMs(this.#nowMs)
    if (stuckMs >= this.options.limits.stallMs) {
      this.#fail(new StudioError('stalled', `no data was accepted for ${Math.round(stuckMs / 1000)} s`))
    }
    this.#fitAcknowledgements()
    this.#changed()
  }

  /** Ends the stream in order: farewell, all bytes out, connection closed by both sides; at most `farewellMs`. */
  async leave(): Promise<void> {
    if (this.signal.aborted) return
    this.#leaving = true
    this.session.goodbye()
    this.#socket.end()
    const timer = new AbortController()
    const tooLong = this.options.clock.sleep(this.options.limits.farewellMs, timer.signal).catch(() => {})
    await Promise.race([this.#closed, tooLong])
    timer.abort()
  }

  /** Closes at once; resolves when the socket is gone. */
  async close(): Promise<void> {
    this.#leaving = true
    this.#socket.destroy()
    await this.#closed
    this.#socket.removeAllListeners()
    // A late error of a socket that is gone concerns nobody.
    this.#socket.on('error', () => {})
  }

  get #nowMs(): number {
    return this.options.clock.monotonicMs()
  }

  get #pendingBytes(): number {
    return this.delivery.writtenBytes - this.delivery.drainedBytes
  }

  get #mediaAcknowledged(): boolean {
    return (this.delivery.acknowledgedBytes ?? 0) > this.#acceptedAtBytes
  }

  /** A still picture is coded with far less than expected; a window of its full rate would take too long to fill. */
  #fitAcknowledgements(): void {
    const { askedBytes, bitrateKbps } = this.delivery
    // What a line that stands still lets through says nothing about the program.
    if (this.#phase !== 'sending' || bitrateKbps === 0 || this.delivery.stuckForMs(this.#nowMs) >= STANDS_STILL_MS) return
    const fitting = windowBytesOf(bitrateKbps)
    if (fitting < askedBytes / 2 || fitting > askedBytes * 2) this.#askToAcknowledge(fitting)
  }

  #askToAcknowledge(windowBytes: number): void {
    this.session.askForAcknowledgements(windowBytes)
    this.delivery.asked(windowBytes)
  }

  #start(): void {
    const random = Uint8Array.from({ length: RANDOM_BYTES }, () => Math.floor(this.options.clock.random() * 256))
    this.#helloAtMs = this.#nowMs
    this.session.start(random)
  }

  #onData(bytes: Buffer): void {
    // The server's half of the handshake is its first answer, and costs it no thought.
    if (this.#roundTripMs === null) {
      this.#roundTripMs = this.#nowMs - this.#helloAtMs
      this.delivery.onTheWay.line.way(this.#roundTripMs, this.#nowMs)
    }
    if (this.signal.aborted || this.#leaving) return
    try {
      this.session.receive(bytes)
    } catch (error) {
      this.#fail(StudioError.from(error, 'protocol-error'))
    }
  }

  /** Throws StudioError `protocol-error`, which ends the reading as well, when too many replies wait already. */
  #reply(parts: readonly Uint8Array[]): void {
    const bytes = parts.reduce((sum, part) => sum + part.length, 0)
    if (this.#waitingReplies >= MAX_WAITING_REPLIES || this.#waitingReplyBytes + bytes > MAX_WAITING_REPLY_BYTES) {
      throw new StudioError('protocol-error', 'the server asks for more answers than it reads')
    }
    this.#waitingReplies++
    this.#waitingReplyBytes += bytes
    this.#write(parts, () => {
      this.#waitingReplies--
      this.#waitingReplyBytes -= bytes
    })
  }

  /** `taken` is called once the system has the bytes. */
  #write(parts: readonly Uint8Array[], taken: () => void = () => {}): void {
    if (this.#socket.destroyed || !this.#socket.writable) return
    const filled = parts.filter((part) => part.length > 0)
    const bytes = filled.reduce((sum, part) => sum + part.length, 0)
    this.#lastWriteAtMs = this.#nowMs
    this.delivery.written(bytes, this.#lastWriteAtMs)
    this.#socket.cork()
    for (const [index, part] of filled.entries()) {
      if (index < filled.length - 1) this.#socket.write(part)
      else {
        this.#socket.write(part, (error) => {
          if (error) return
          taken()
          this.#onDrained(bytes)
        })
      }
    }
    this.#socket.uncork()
  }

  #onDrained(bytes: number): void {
    this.delivery.drained(bytes, this.#nowMs)
    this.#changed()
  }

  #enter(phase: Phase): void {
    this.#phase = phase
    if (phase === 'accepted') this.#acceptedAtBytes = this.delivery.writtenBytes
    this.options.onPhase(phase)
    this.#changed()
  }

  #fail(failure: StudioError): void {
    if (this.#leaving || this.signal.aborted) return
    this.#failed.abort(failure)
    this.#changed()
  }

  #changed(): void {
    for (const wake of this.#waiters) wake()
  }
}
