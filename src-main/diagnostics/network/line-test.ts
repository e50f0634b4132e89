import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { NDT7_PATHS, NDT7_PROTOCOL, PING_PATH } from '../../speed-server/speed-protocol.ts'
import { EchoProbe, LOST_AFTER_MS } from './echo-probe.ts'
import { median, lossRates } from '@shared/diagnostics/line-numbers.ts'
import { openLineSocket } from './line-socket.ts'
import { PingProbe } from './ping-probe.ts'
import { countAtServer, openSession } from './test-session.ts'
import type { TestServer } from './test-server-address.ts'
import { measureDownload, measureUpload, type Throughput } from './throughput.ts'
import { within } from './time-limit.ts'

export interface LineTest {
  server: TestServer
  clock: Clock
  signal: AbortSignal
  /** The whole test, about. */
  seconds: number
  /** Leave a direction out. */
  down: boolean
  up: boolean
  progress(fraction: number, live: { phase: 'idle' | 'down' | 'up'; kbps?: number; rttMs?: number }): void
}

/** What was measured, before anybody judges it. null = not to be told. */
export interface MeasuredLine {
  ip: string
  /** Idle, in the order of sending. */
  rttsMs: readonly number[]
  /** null = the server has no datagrams. */
  udp: { sent: number; there: number | null; back: number } | null
  lossUp: number | null
  lossDown: number | null
  downKbps: number | null
  upKbps: number | null
  idlePingMs: number | null
  /** The worse direction. */
  loadedPingMs: number | null
  /** What the server said that cannot be true; null = nothing. */
  wrong: string | null
}

/** Of the whole time: listening to the idle line, then filling it each way. */
const IDLE_SHARE = 0.3
const LOAD_SHARE = 0.27
/** 160 bytes a hundred times a second are 150 kbit/s: enough to count a percent within seconds, too little to fill a line. */
const DATAGRAM_EVERY_MS = 10
const PING_EVERY_MS = 100
/** A faster line ends a direction sooner than time does. */
const MAX_BYTES = 60_000_000
/** Late echoes are waited for at most so long beyond the last round trips seen. */
const ECHO_WAIT_MS = 1500

/**
 * Listens to the idle line (datagrams both ways, pings), then fills it downwards and upwards, pinging on. Rejects with a StudioError
 * when the server cannot be used at all.
 */
export async function testLine(test: LineTest): Promise<MeasuredLine> {
  const { server, clock, signal, seconds } = test
  const session = await openSession(server, test)
  const { webSocket } = await within(5000, test, (limit) => openLineSocket({ url: server.webSocketOrigin + PING_PATH, token: server.token }, limit))
  const pings = new PingProbe(webSocket, clock, (rttMs) => (latestRttMs = rttMs))
  let latestRttMs: number | undefined
  let progress = 0
  const tell = (step: number, phase: 'idle' | 'down' | 'up', kbps?: number): void =>
    test.progress((progress = Math.max(progress, step)), { phase, ...(kbps !== undefined && { kbps: Math.round(kbps) }), ...(latestRttMs !== undefined && { rttMs: Math.round(latestRttMs * 10) / 10 }) })
  const stopPings = clock.every(PING_EVERY_MS, () => pings.send())
  try {
    const idle = await listen(test, { ip: session.ip, port: session.udpPort, id: session.id }, (fraction) => tell(fraction * IDLE_SHARE, 'idle'))
    const idlePings = pings.rttsMs.length
    const load = async (phase: 'down' | 'up', measure: typeof measureDownload): Promise<Throughput & { pingMs: number | null }> => {
      const before = pings.rttsMs.length
      const beginMs = clock.monotonicMs()
      const forMs = seconds * 1000 * LOAD_SHARE
      const begin = phase === 'down' ? IDLE_SHARE : 0.65
      const address = { url: server.webSocketOrigin + NDT7_PATHS[phase === 'down' ? 'download' : 'upload'], token: server.token, protocol: NDT7_PROTOCOL }
      const result = await measure({ address, clock, signal, forMs, maxBytes: MAX_BYTES, onRate: (kbps) => tell(begin + ((clock.monotonicMs() - beginMs) / forMs) * 0.35, phase, kbps) })
      return { ...result, pingMs: median(pings.rttsMs.slice(before)) }
    }
    const down = test.down ? await load('down', measureDownload) : null
    const up = test.up ? await load('up', measureUpload) : null
    const loaded = [down?.pingMs, up?.pingMs].filter((each) => typeof each === 'number')
    const udpBack = idle.udp !== null && idle.udp.back > 0
    const loss = idle.udp ? lossRates(idle.udp) : { up: null, down: null }
    return {
      ip: session.ip, rttsMs: udpBack ? idle.rttsMs : pings.rttsMs.slice(0, idlePings), udp: idle.udp, lossUp: loss.up, lossDown: loss.down,
      downKbps: down?.kbps ?? null, upKbps: up?.kbps ?? null,
      idlePingMs: median(pings.rttsMs.slice(0, idlePings)), loadedPingMs: loaded.length > 0 ? Math.max(...loaded) : null,
      wrong: idle.wrong ?? up?.wrong ?? (down?.kbps === null ? 'it sent nothing that could be counted' : up?.kbps === null ? 'it never said how much came' : null),
    }
  } finally {
    stopPings()
    webSocket.terminate()
  }
}

interface IdleLine {
  rttsMs: readonly number[]
  udp: MeasuredLine['udp']
  wrong: string | null
}

async function listen(test: LineTest, place: { ip: string; port: number | null; id: string }, progress: (fraction: number) => void): Promise<IdleLine> {
  const { clock, signal } = test
  const forMs = test.seconds * 1000 * IDLE_SHARE
  const beginMs = clock.monotonicMs()
  if (place.port === null) {
    await clock.sleep(forMs, signal)
    return { rttsMs: [], udp: null, wrong: null }
  }
  const rttsMs: number[] = []
  let there = 0
  const probe = await EchoProbe.open({ ...place, port: place.port }, clock, (echo) => {
    rttsMs.push(echo.rttMs)
    there = Math.max(there, echo.there)
  }).catch((error: unknown) => { throw StudioError.from(error, 'address-unreachable') })
  try {
    const most = Math.round(forMs / DATAGRAM_EVERY_MS)
    while (probe.sent < most) {
      await clock.sleep(DATAGRAM_EVERY_MS, signal)
      // A timer that came late is made up for; never more than a few at once, which would be a load of its own.
      const due = Math.min(most, Math.floor((clock.monotonicMs() - beginMs) / DATAGRAM_EVERY_MS), probe.sent + 5)
      while (probe.sent < due) probe.send()
      if (probe.sent % 25 === 0) progress(probe.sent / most)
    }
    const lastMs = clock.monotonicMs()
    const waitMs = Math.min(LOST_AFTER_MS, Math.max(ECHO_WAIT_MS, (median(rttsMs) ?? 0) * 3))
    while (probe.back < probe.sent && clock.monotonicMs() - lastMs < waitMs) await clock.sleep(50, signal)
    const counted = await countAtServer(test.server, place.id, test)
    const wrong = [counted, there].some((count) => count !== null && (count < 0 || count > probe.sent || !Number.isInteger(count))) ? 'it says that other datagrams came than were sent' : null
    return { rttsMs, udp: { sent: probe.sent, there: wrong === null ? (counted ?? (there > 0 ? there : null)) : null, back: probe.back }, wrong }
  } finally {
    await probe.close()
  }
}
