import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv6 } from 'node:net'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { addressesOf, type Resolve } from './srt-addresses.ts'
import type { SrtAddress } from './srt-address.ts'
import { SrtCall } from './srt-call.ts'
import { SrtLine } from './srt-line.ts'
import { udpFailure } from './srt-reasons.ts'

export interface RelayParts {
  mode: 'caller' | 'listener'
  address: SrtAddress
  clock: Clock
  /** For the name, and then for all of its addresses together, ms. */
  connectMs: number
  /** Given up when it aborts. */
  signal: AbortSignal
  /** The system's, unless a test brings its own. */
  resolve?: Resolve
  /** Told after every datagram, and when something broke. */
  onChange(): void
}

/** The side that faces the peer. */
interface Outer {
  send(bytes: Buffer): void
  close(): void
}

const LOOPBACK = '127.0.0.1'
/** One refusal may be of a server that begins anew at this moment; this many without a word in between are not. */
const REFUSALS = 3
/** A caller that is not let in makes room for another after this long. */
const KNOCKING_MS = 3000

/**
 * Passes datagrams between FFmpeg on this computer and its peer outside, and shows them to an `SrtLine` on the way. A name that
 * is not found, a port that nobody listens on or that is taken show here at once, where libsrt would wait or say nothing.
 */
export class SrtRelay {
  /** Where FFmpeg is to call (caller) or to wait (listener), on 127.0.0.1. */
  studioPort = 0
  /** FFmpeg has begun to speak: it has read its options. */
  studioSpoke = false
  readonly #inner = createSocket('udp4')
  #outer: Outer | null = null
  #line: SrtLine
  #broken: StudioError | null = null
  #closed = false
  #refusals = 0
  #studioAt: number | null = null
  #peer: { address: string; port: number; sinceMs: number } | null = null

  private constructor(private readonly parts: RelayParts) {
    this.#line = new SrtLine(parts.mode)
    this.#inner.on('message', (bytes, from) => this.#fromStudio(bytes, from.port))
    // FFmpeg is not there yet, or has gone: its own end tells more.
    this.#inner.on('error', () => {})
  }

  /** Rejects with a StudioError (`name-not-resolved`, `port-taken`, `address-unreachable`), or with the signal's reason. */
  static async open(parts: RelayParts): Promise<SrtRelay> {
    const relay = new SrtRelay(parts)
    try {
      const { address: { host }, clock, connectMs: limitMs, signal, resolve } = parts
      const addresses = host === '' ? ['0.0.0.0'] : await addressesOf(host, { clock, limitMs, signal, resolve })
      if (parts.mode === 'caller') await relay.#call(addresses)
      else await relay.#listen(addresses[0] ?? host)
      return relay
    } catch (error) {
      relay.close()
      throw error === parts.signal.reason ? error : udpFailure(error)
    }
  }

  get line(): SrtLine {
    return this.#line
  }

  /** Why nothing gets through any more, or null. */
  get broken(): StudioError | null {
    return this.#broken
  }

  /** Listener: whom it serves, `address:port`; null while nobody is let in. */
  get caller(): string | null {
    if (!this.#peer || this.#line.state !== 'open') return null
    const { address, port } = this.#peer
    return isIPv6(address) && !address.startsWith('::ffff:') ? `[${address}]:${port}` : `${address.replace('::ffff:', '')}:${port}`
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#inner.removeAllListeners('message').close()
    this.#outer?.close()
  }

  async #call(addresses: readonly string[]): Promise<void> {
    this.studioPort = await bind(this.#inner, 0, LOOPBACK)
    const { clock, connectMs, address: { port } } = this.parts
    this.#outer = new SrtCall({
      port, addresses, clock, withinMs: connectMs,
      onMessage: (bytes) => this.#fromPeer(bytes),
      onFailure: (failure) => this.#failed(failure),
    })
  }

  async #listen(host: string): Promise<void> {
    const socket = createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', ipv6Only: false })
    this.#outer = {
      send: (bytes) => this.#peer && socket.send(bytes, this.#peer.port, this.#peer.address, (error) => void (error && this.#failed(udpFailure(error)))),
      close: () => socket.removeAllListeners('message').close(),
    }
    socket.on('message', (bytes, from) => this.#admits(from) && this.#fromPeer(bytes))
    socket.on('error', (error) => this.#failed(udpFailure(error)))
    await bind(socket, this.parts.address.port, host)
    this.#studioAt = this.studioPort = await freePort()
    await bind(this.#inner, 0, LOOPBACK)
  }

  #fromStudio(bytes: Buffer, port: number): void {
    if (this.#closed) return
    this.studioSpoke = true
    if (this.parts.mode === 'caller') this.#studioAt = port
    this.#line.fromStudio(bytes, this.parts.clock.monotonicMs())
    this.#outer?.send(bytes)
    this.parts.onChange()
  }

  #fromPeer(bytes: Buffer): void {
    if (this.#closed) return
    this.#refusals = 0
    this.#line.fromPeer(bytes)
    if (this.#studioAt !== null) this.#inner.send(bytes, this.#studioAt, LOOPBACK, () => {})
    this.parts.onChange()
  }

  /** A listener serves one caller at a time; one that was refused, or only knocked, makes room. */
  #admits(from: { address: string; port: number }): boolean {
    const nowMs = this.parts.clock.monotonicMs()
    if (this.#peer?.address === from.address && this.#peer.port === from.port) return true
    const { state } = this.#line
    const free = this.#peer === null || state === 'refused' || (state !== 'open' && nowMs - this.#peer.sinceMs > KNOCKING_MS)
    if (!free) return false
    this.#line = new SrtLine('listener')
    this.#peer = { address: from.address, port: from.port, sinceMs: nowMs }
    return true
  }

  #failed(failure: StudioError): void {
    if (this.#closed || this.#broken) return
    const open = this.#line.state === 'open'
    if (open && ++this.#refusals < REFUSALS) return
    this.#broken = open ? new StudioError('connection-lost', failure.evidence) : failure
    this.parts.onChange()
  }
}

async function bind(socket: Socket, port: number, address: string): Promise<number> {
  socket.bind({ port, address, exclusive: true })
  await once(socket, 'listening')
  return socket.address().port
}

/** A port that is free now. FFmpeg cannot say which one it was given, so it must be told one; one taken meanwhile ends the attempt. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  const port = await bind(socket, 0, LOOPBACK)
  socket.close()
  return port
}
