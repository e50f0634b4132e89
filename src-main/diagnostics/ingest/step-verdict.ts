import type { IngestStep, StepFailure } from '@shared/domain/ingest-push.ts'

/** What an output told at one time; counters since the run began. */
export interface PushSample {
  atMs: number
  /** Taken by the system. */
  sentBytes: number
  /** Received by the server, by its word; null = it says nothing. */
  acknowledgedBytes: number | null
  /** How long a frame that comes now waits. */
  queueMs: number
  framesDropped: number
}

/** Less of the rate than this has not arrived. */
export const ARRIVES_SHARE = 0.95
const MAX_QUEUE_MS = 1000
/** A queue that grows this often in a row, each time by more than a key frame's or an acknowledgement's worth, goes on growing. */
const [RISE_EVERY_MS, RISES, RISE_MS] = [500, 3, 30]
/** A server that acknowledges less often than that many times in a window says too little to count by. */
const MIN_NEWS = 5

/** Judges one rate by what was told over the measured seconds. `broken`: the line ended meanwhile. */
export function judgeStep(targetKbps: number, samples: readonly PushSample[], broken = false): IngestStep {
  const goodputKbps = goodputOf(samples) ?? 0
  const queueMs = Math.max(0, ...samples.map((each) => each.queueMs))
  const dropped = (samples.at(-1)?.framesDropped ?? 0) - (samples[0]?.framesDropped ?? 0)
  const failed: StepFailure | null = broken ? 'broken' : dropped > 0 ? 'dropped' : goodputKbps < targetKbps * ARRIVES_SHARE ? 'goodput' : queueMs > MAX_QUEUE_MS ? 'queue' : isRising(samples) ? 'queue-rising' : null
  return { targetKbps, goodputKbps: Math.round(goodputKbps), queueMs: Math.round(queueMs), failed }
}

/** kbit/s from the first sample to the last; null of fewer than two. */
export function goodputOf(samples: readonly PushSample[]): number | null {
  const points = receivedOf(samples)
  const [first, last] = [points[0], points.at(-1)]
  return first && last && last.atMs > first.atMs ? ((last.bytes - first.bytes) * 8) / (last.atMs - first.atMs) : null
}

/**
 * How much had been received when: by the server's acknowledgements where it gives them often, else what the system has taken,
 * which is up to a full send buffer ahead (the queue then tells).
 */
export function receivedOf(samples: readonly PushSample[]): { atMs: number; bytes: number }[] {
  const told = samples.map(({ acknowledgedBytes }) => acknowledgedBytes)
  const news = told.filter((bytes, at) => at > 0 && bytes !== told[at - 1]).length
  const byServer = news >= Math.min(MIN_NEWS, samples.length - 1) && told.every((bytes) => bytes !== null)
  return samples.map(({ atMs, sentBytes, acknowledgedBytes }) => ({ atMs, bytes: byServer ? (acknowledgedBytes ?? 0) : sentBytes }))
}

/** kbit/s of each quarter second, oldest first. */
export function ratesOf(samples: readonly PushSample[], everyMs = 250): number[] {
  const rates: number[] = []
  let from: { atMs: number; bytes: number } | undefined
  for (const point of receivedOf(samples)) {
    from ??= point
    if (point.atMs - from.atMs < everyMs) continue
    rates.push(((point.bytes - from.bytes) * 8) / (point.atMs - from.atMs))
    from = point
  }
  return rates
}

function isRising(samples: readonly PushSample[]): boolean {
  const spaced: number[] = []
  let nextMs = -Infinity
  for (const { atMs, queueMs } of samples) {
    if (atMs < nextMs) continue
    spaced.push(queueMs)
    nextMs = atMs + RISE_EVERY_MS
  }
  let rises = 0
  return spaced.some((queueMs, at) => (rises = at > 0 && queueMs - spaced[at - 1]! > RISE_MS ? rises + 1 : 0) >= RISES)
}
