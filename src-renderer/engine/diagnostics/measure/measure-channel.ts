import { askForCounts, packetOf } from '@shared/diagnostics/channel-messages.ts'
import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'
import { type CountedPackets, PacketCount } from './packet-count.ts'

/** The part of an open data channel that is measured through. */
export interface PacketChannel {
  readonly bufferedAmount: number
  /** Throws once the channel is closed. */
  send(bytes: Uint8Array<ArrayBuffer>): void
  onBytes(take: (bytes: Uint8Array) => void): void
}

/** For the round trip: 100 packets, one every 20 ms. */
const TIMED = { packets: 100, everyMs: 20, atOnce: 1 }
/** For losses: 1000 packets, 10 every 10 ms (the usual test of a data channel without repetition). */
const BURSTS = { packets: 1000, everyMs: 10, atOnce: 10 }
/** More than this waits on this side, not on the line. */
const MAX_BUFFERED_BYTES = 64 * 1024
/**
 * At most so many of the last second's are on their way. A socket's usual buffer (208 KiB) holds some 90 small datagrams, of which
 * the system counts up to 2.3 KiB each: a computer that is busy for a moment shall lose nothing by itself.
 */
const MAX_ON_THE_WAY = 64
/** What sending may take at most, with its waiting. */
const SENDING_MS = 12_000
/** So long after the newest echo, the rest is lost. */
const STRAGGLERS_MS = 3000
const ENDING_MS = 15_000
const ASK_EVERY_MS = 250
const LOOK_EVERY_MS = 10

export interface MeasuringChannel {
  clock: DiagnosticClock
  signal: AbortSignal
  /** 0 to 1. */
  progress(fraction: number): void
}

/** Sends packets through a channel that echoes, counts what comes back, and asks for the other side's counts. Ends within 35 s. */
export async function measureChannel(channel: PacketChannel, { clock, signal, progress }: MeasuringChannel): Promise<CountedPackets> {
  const count = new PacketCount(TIMED.packets)
  channel.onBytes((bytes) => count.take(bytes, clock.monotonicMs()))
  // A way that has carried a question and an answer is a way; what was lost until then is nobody's loss.
  if (!(await askForTheCounts(channel, count, { clock, signal }))) return count.result
  const beginMs = clock.monotonicMs()
  const room = (): boolean => channel.bufferedAmount < MAX_BUFFERED_BYTES && count.unanswered(clock.monotonicMs() - 1000) < MAX_ON_THE_WAY
  let sent = 0
  for (const { packets, everyMs, atOnce } of [TIMED, BURSTS]) {
    const end = sent + packets
    while (sent < end && clock.monotonicMs() - beginMs < SENDING_MS) {
      // A late timer does not make up for what it is behind: larger bursts would lose more.
      for (let i = 0; i < atOnce && sent < end && room(); i++, sent++) if (!trySend(channel, packetOf(count.next(clock.monotonicMs())))) return count.result
      progress((sent / (TIMED.packets + BURSTS.packets)) * 0.8)
      await clock.sleep(everyMs, signal)
    }
  }
  await waitForStragglers(channel, count, { clock, signal })
  count.askAnew()
  await askForTheCounts(channel, count, { clock, signal })
  return count.result
}

/** Waits for what is still on its way. */
async function waitForStragglers(channel: PacketChannel, count: PacketCount, { clock, signal }: Pick<MeasuringChannel, 'clock' | 'signal'>): Promise<void> {
  const beginMs = clock.monotonicMs()
  const goesOn = (): boolean => clock.monotonicMs() - beginMs < ENDING_MS
  // What waits on this side or comes slowly is not lost: the 3 s begin with the newest sign of life.
  let aliveMs = beginMs
  while (!count.complete && goesOn()) {
    if (channel.bufferedAmount > 0) aliveMs = clock.monotonicMs()
    if (clock.monotonicMs() - Math.max(aliveMs, count.lastMs) > STRAGGLERS_MS) break
    await clock.sleep(LOOK_EVERY_MS, signal)
  }
}

/** Asks until there is an answer; false when there is none. Questions and answers can get lost like any packet. */
async function askForTheCounts(channel: PacketChannel, count: PacketCount, { clock, signal }: Pick<MeasuringChannel, 'clock' | 'signal'>): Promise<boolean> {
  const askedMs = clock.monotonicMs()
  for (let nextMs = askedMs; !count.answered && clock.monotonicMs() - askedMs < STRAGGLERS_MS; ) {
    if (clock.monotonicMs() >= nextMs) {
      if (!trySend(channel, askForCounts())) return false
      nextMs += ASK_EVERY_MS
    }
    await clock.sleep(LOOK_EVERY_MS, signal)
  }
  return count.answered
}

function trySend(channel: PacketChannel, bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    channel.send(bytes)
    return true
  } catch {
    return false
  }
}
