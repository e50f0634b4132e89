import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { type Reason, StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { SrtAddress } from './srt-address.ts'
import { SrtLine } from './srt-line.ts'

export interface RelayParts {
  mode: 'caller' | 'listener'
  address: SrtAddress
  clock: Clock
  /** Told after every datagram, and when something broke. */
  onChange(): void
}

const LOOPBACK = '127.0.0.1'
/** One refusal may be of a server that begins anew at this moment; this many without a word in between are not. */
const REFUSALS = 3
/** A caller that is not let in makes room for another after this long. */
const KNOCKING_MS = 3000

const REASON_OF_CODE: Readonly<Record<string, Reason>> = {
  ENOTFOUND: 'name-not-resolved', EAI_AGAIN: 'name-not-resolved', EAI_NODATA: 'name-not-resolved', EAI_FAIL: 'name-not-resolved',
  ECONNREFUSED: 'connection-refused', ENETUNREACH: 'address-unreachable', EHOSTUNREACH: 'address-unreachable', ENETDOWN: 'address-unreachable',
  EADDRNOTAVAIL: 'address-unreachable', EADDRINUSE: 'port-taken', EACCES: 'port-taken',
}

/**
 * Passes datagrams between FFmpeg on this computer and its peer outside, and shows them to an `SrtLine` on the way. A name that
 * is not found, a port that nobody listens on or that is taken show here at once, where libsrt would wait or say nothing.
 */
export class SrtRelay {
  /** Where FFmpeg is to call (caller) or to wait (listener), on 127.0.0.1. */
  studioPort = 0
  #line: SrtLine
  #broken: StudioError | null = null
  #closed = false
  #refusals = 0
  #studioAt: number | null = null
  #peer: { address: string; port: number; sinceMs: number } | null = null

  private constructor(
    private readonly parts: RelayParts,
    private readonly inner: Socket,
    private readonly outer: Socket,
  ) {
    this.#line = new SrtLine(parts.mode)
    inner.on('message', (bytes, from) => this.#fromStudio(bytes, from.port))
    outer.on('message', (bytes, from) => this.#fromPeer(bytes, from))
    // FFmpeg is not there yet, or has gone: its own end tells more.
    inner.on('error', () => {})
    outer.on('error', (error: NodeJS.ErrnoException) => this.#failed(error))
  }

  /** Rejects with a StudioError: `name-not-resolved`, `port-taken`, `address-unreachable`. */
  static async open(parts: RelayParts): Promise<SrtRelay> {
    const { mode, address } = parts
    let relay: SrtRelay | null = null
    try {
      const host = address.host === '' ? '0.0.0.0' : (await lookup(address.host)).address
      relay = new SrtRelay(parts, createSocket('udp4'), createSocket({ type: isIPv6(host) ? 'udp6' : 'udp4', ipv6Only: false }))
      if (mode === 'caller') {
        relay.outer.connect(address.port, host)
        await once(relay.outer, 'connect')
        relay.studioPort = await bind(relay.inner, 0, LOOPBACK)
      } else {
        await bind(relay.outer, address.port, host)
        relay.studioPort = await freePort()
        await bind(relay.inner, 0, LOOPBACK)
        relay.#studioAt = relay.studioPort
      }
      return relay
    } catch (error) {
      relay?.close()
      throw failureOf(error)
    }
  }

  get line(): SrtLine {
    return this.#line
  }

  /** Why nothing gets through any more, or null. */
  get broken(): StudioError | null {
    return this.#broken
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const socket of [this.inner, this.outer]) socket.removeAllListeners('message').close()
  }

  #fromStudio(bytes: Buffer, port: number): void {
    if (this.#closed) return
    if (this.parts.mode === 'caller') this.#studioAt = port
    this.#line.fromStudio(bytes, this.parts.clock.monotonicMs())
    const onSent = (error: Error | null) => void (error && this.#failed(error))
    if (this.parts.mode === 'caller') this.outer.send(bytes, onSent)
    else if (this.#peer) this.outer.send(bytes, this.#peer.port, this.#peer.address, onSent)
    this.parts.onChange()
  }

  #fromPeer(bytes: Buffer, from: { address: string; port: number }): void {
    if (this.#closed || !this.#admits(from)) return
    this.#refusals = 0
    this.#line.fromPeer(bytes)
    if (this.#studioAt !== null) this.inner.send(bytes, this.#studioAt, LOOPBACK, () => {})
    this.parts.onChange()
  }

  /** A listener serves one caller at a time; one that was refused, or only knocked, makes room. */
  #admits(from: { address: string; port: number }): boolean {
    if (this.parts.mode === 'caller') return true
    const nowMs = this.parts.clock.monotonicMs()
    if (this.#peer?.address === from.address && this.#peer.port === from.port) return true
    const { state } = this.#line
    const free = this.#peer === null || state === 'refused' || (state !== 'open' && nowMs - this.#peer.sinceMs > KNOCKING_MS)
    if (!free) return false
    this.#line = new SrtLine('listener')
    this.#peer = { address: from.address, port: from.port, sinceMs: nowMs }
    return true
  }

  #failed(error: NodeJS.ErrnoException): void {
    if (this.#closed || this.#broken) return
    const failure = failureOf(error)
    const open = this.#line.state === 'open'
    if (open && ++this.#refusals < REFUSALS) return
    this.#broken = open ? new StudioError('connection-lost', failure.evidence) : failure
    this.parts.onChange()
  }
}

function failureOf(error: unknown): StudioError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return StudioError.from(error instanceof Error ? new StudioError(REASON_OF_CODE[code] ?? 'address-unreachable', code || error.message) : error)
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
