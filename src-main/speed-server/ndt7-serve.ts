import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Clock } from '../base/clock.ts'
import { flood } from './flood.ts'

/** What one test may take; ndt7 tests last 10 s, and whoever receives may end one after 15 s. */
export interface TestLimits {
  maxMs: number
  maxBytes: number
}

const MEASURE_EVERY_MS = 100

export interface Ndt7Test {
  webSocket: WebSocket
  socket: Socket
  clock: Clock
  limits: TestLimits
  signal: AbortSignal
}

/** Sends as fast as the line takes it, until the time or the bytes are over or the client goes. */
export async function serveDownload({ webSocket, socket, clock, limits, signal }: Ndt7Test): Promise<void> {
  const beginMs = clock.monotonicMs()
  // A client that reads nothing keeps `flood` waiting.
  const ending = new AbortController()
  void clock.sleep(limits.maxMs, AbortSignal.any([ending.signal, signal])).catch(() => {}).then(() => ending.abort())
  const before = socket.bytesWritten
  const measuring = clock.every(MEASURE_EVERY_MS, () => tell(webSocket, 'download', clock.monotonicMs() - beginMs, socket.bytesWritten - before))
  try {
    await flood(webSocket, (sent) => sent < limits.maxBytes, AbortSignal.any([ending.signal, signal]))
  } finally {
    ending.abort()
    measuring()
  }
}

/** Takes what comes, and tells what came: the truth about an upload is with the receiver. */
export async function serveUpload({ webSocket, socket, clock, limits, signal }: Ndt7Test): Promise<void> {
  const beginMs = clock.monotonicMs()
  const before = socket.bytesRead
  const measuring = clock.every(MEASURE_EVERY_MS, () => {
    const bytes = socket.bytesRead - before
    tell(webSocket, 'upload', clock.monotonicMs() - beginMs, bytes)
    if (bytes > limits.maxBytes) webSocket.close(1000)
  })
  const ended = new AbortController()
  webSocket.once('close', () => ended.abort())
  try {
    await clock.sleep(limits.maxMs, AbortSignal.any([ended.signal, signal])).catch(() => {})
  } finally {
    measuring()
  }
}

function tell(webSocket: WebSocket, test: 'download' | 'upload', elapsedMs: number, bytes: number): void {
  if (webSocket.readyState !== webSocket.OPEN) return
  const ElapsedTime = Math.round(elapsedMs * 1000)
  const counted = test === 'upload' ? { TCPInfo: { ElapsedTime, BytesReceived: bytes } } : {}
  webSocket.send(JSON.stringify({ AppInfo: { ElapsedTime, NumBytes: bytes }, ...counted, Origin: 'server', Test: test }), () => {})
}
