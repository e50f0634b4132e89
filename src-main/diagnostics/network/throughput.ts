import type { Clock } from '../../base/clock.ts'
import { flood } from '../../speed-server/flood.ts'
import { ndt7Measurement } from '../../speed-server/speed-protocol.ts'
import { type ByteSample, rateKbps } from './line-numbers.ts'
import { type LineSocketAddress, openLineSocket } from './line-socket.ts'
import { within } from './time-limit.ts'

export interface ThroughputTest {
  address: LineSocketAddress
  clock: Clock
  signal: AbortSignal
  /** How long bytes flow. */
  forMs: number
  /** Ends it sooner. */
  maxBytes: number
  /** Called ten times a second with what has been counted so far. */
  onRate?: (kbps: number) => void
}

export interface Throughput {
  /** null = not to be told, `wrong` says why where the server is to blame. */
  kbps: number | null
  bytes: number
  /** The other end's address. */
  ip: string
  /** What the server said that cannot be true; null = nothing. */
  wrong: string | null
}

const CONNECT_MS = 5000
const SAMPLE_EVERY_MS = 100
/** Enough for ten measurements a second over a test's longest time; what a server says beyond is not kept. */
const MAX_SAMPLES = 1000
const MAX_TEXT = 16 * 1024
/** Between what is handed over and what is counted there are frames and TLS records. */
const OVERHEAD = 1.06
const SLACK_BYTES = 64 * 1024

/** Takes what the server sends and counts it on this side. Rejects as `openLineSocket` does. */
export async function measureDownload(test: ThroughputTest): Promise<Throughput> {
  const { clock, signal } = test
  const { webSocket, socket, ip } = await within(CONNECT_MS, test, (limit) => openLineSocket(test.address, limit))
  const before = socket.bytesRead
  const samples: ByteSample[] = [{ atMs: clock.monotonicMs(), bytes: 0 }]
  const ended = new AbortController()
  webSocket.once('close', () => ended.abort())
  const count = (): void => {
    const bytes = socket.bytesRead - before
    samples.push({ atMs: clock.monotonicMs(), bytes })
    const kbps = rateKbps(samples)
    if (kbps !== null) test.onRate?.(kbps)
    if (bytes >= test.maxBytes || samples.length >= MAX_SAMPLES) ended.abort()
  }
  const stop = clock.every(SAMPLE_EVERY_MS, count)
  try {
    await clock.sleep(test.forMs, AbortSignal.any([ended.signal, signal])).catch(() => {})
    signal.throwIfAborted()
    // A server that has sent all and closed before it was counted.
    if (socket.bytesRead - before > samples.at(-1)!.bytes) samples.push({ atMs: clock.monotonicMs(), bytes: socket.bytesRead - before })
    return { kbps: rateKbps(samples), bytes: socket.bytesRead - before, ip, wrong: null }
  } finally {
    stop()
    webSocket.terminate()
  }
}

/** Sends as much as the line takes; what counts is what the server says it has got. Rejects as `openLineSocket` does. */
export async function measureUpload(test: ThroughputTest): Promise<Throughput> {
  const { clock, signal } = test
  const { webSocket, socket, ip } = await within(CONNECT_MS, test, (limit) => openLineSocket(test.address, limit))
  const counter = new ServerCounter(() => (socket.bytesWritten - before) * OVERHEAD + SLACK_BYTES)
  const before = socket.bytesWritten
  const base: ByteSample = { atMs: clock.monotonicMs(), bytes: 0 }
  const counted = () => rateKbps([base, ...counter.samples])
  let allBytes = Infinity
  const ended = new AbortController()
  webSocket.once('close', () => ended.abort())
  webSocket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return
    counter.take(data, clock.monotonicMs())
    const kbps = counted()
    if (kbps !== null) test.onRate?.(kbps)
    if ((counter.samples.at(-1)?.bytes ?? 0) >= allBytes) ended.abort()
  })
  void clock.sleep(test.forMs, AbortSignal.any([ended.signal, signal])).catch(() => {}).then(() => ended.abort())
  try {
    allBytes = await flood(webSocket, (sent) => sent < test.maxBytes, AbortSignal.any([ended.signal, signal]))
    // What is still on its way is waited for until all of it has come, or the time is over.
    if (!ended.signal.aborted && !signal.aborted) await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve(), { once: true }))
    signal.throwIfAborted()
    return { kbps: counter.wrong === null ? counted() : null, bytes: socket.bytesWritten - before, ip, wrong: counter.wrong }
  } finally {
    ended.abort()
    webSocket.terminate()
  }
}

/** Reads a server's measurements, and believes none that cannot be true. */
export class ServerCounter {
  readonly samples: ByteSample[] = []
  #wrong: string | null = null
  #garbage = false

  /** `mostBytes`: more cannot have come there by now. */
  constructor(private readonly mostBytes: () => number) {}

  /** What it said that cannot be true; null = nothing. */
  get wrong(): string | null {
    return this.#wrong ?? (this.#garbage && this.samples.length === 0 ? 'its measurements cannot be read' : null)
  }

  take(text: Buffer, atMs: number): void {
    if (this.samples.length >= MAX_SAMPLES) return
    const bytes = text.length > MAX_TEXT ? undefined : readBytes(text)
    if (bytes === undefined) this.#garbage = true
    if (bytes === undefined || bytes === null) return
    const least = this.samples.at(-1)?.bytes ?? 0
    if (bytes < 0) this.#wrong = 'it says that fewer than no bytes came'
    else if (bytes > this.mostBytes()) this.#wrong = 'it says that more came than was sent'
    else if (bytes < least) this.#wrong = 'its count goes back'
    else this.samples.push({ atMs, bytes })
  }
}

/** undefined = cannot be read; null = counts nothing. */
function readBytes(text: Buffer): number | null | undefined {
  try {
    const measured = ndt7Measurement.safeParse(JSON.parse(text.toString('utf8')))
    return measured.success ? (measured.data.TCPInfo?.BytesReceived ?? measured.data.AppInfo?.NumBytes ?? null) : undefined
  } catch {
    return undefined
  }
}
