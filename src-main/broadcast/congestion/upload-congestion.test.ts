import { describe, expect, it } from 'vitest'
import type { Packet } from '@shared/domain/packet.ts'
import { HLS_LIMITS } from '../../outputs/hls/hls-limits.ts'
import { UploadLine, type WaitingSegment } from '../../outputs/hls/upload-line.ts'
import type { LineFigures } from './line-watch.ts'
import { OfferedRate } from './offered-rate.ts'
import { RateController, type RateDecision } from './rate-controller.ts'
import { simulate, SimulatedEncoder } from './simulated-studio.ts'

const BOUNDS = { ceilingKbps: 5000, floorKbps: 500, frameRate: 30, audioKbps: 128 }
const SEGMENT_MS = 4000
const STEP_MS = 5
/** Until the server has answered and has the playlist, too. */
const ANSWER_MS = 80

/** An upload of segments over a simulated line: looked at and reported as often as by the output. */
class SimulatedUpload {
  readonly #line = new UploadLine()
  readonly #waiting: WaitingSegment[] = []
  #current = { fromMs: 0, sizeBytes: 0 }
  #arrived = 0
  #answeredAtMs: number | null = null
  #busy = false
  /** Most segments that ever waited; the latest that one came, ms. */
  worst = { waiting: 0, lateMs: 0 }
  figures: LineFigures = { queueMs: 0, lineKbps: null, bytesSent: 0, bytesAcknowledged: null, rttMs: null }
  #sentBytes = 0

  push({ kind, key, data }: Packet, nowMs: number): void {
    if (kind === 'video' && key && nowMs - this.#current.fromMs >= SEGMENT_MS - 1000) {
      this.#waiting.push({ sizeBytes: this.#current.sizeBytes, durationMs: nowMs - this.#current.fromMs, atMs: nowMs })
      this.#current = { fromMs: nowMs, sizeBytes: 0 }
      this.worst.waiting = Math.max(this.worst.waiting, this.#waiting.length)
    }
    this.#current.sizeBytes += data.byteLength
  }

  tick(nowMs: number, capacityKbps: number): void {
    const [head] = this.#waiting
    if (head && !this.#busy) {
      this.#busy = true
      this.#arrived = 0
      this.#line.begins(head.sizeBytes, nowMs)
    }
    if (head) {
      this.#arrived = Math.min(head.sizeBytes, this.#arrived + (capacityKbps / 8) * STEP_MS)
      if (this.#arrived === head.sizeBytes) this.#answeredAtMs ??= nowMs + ANSWER_MS
    }
    if (head && this.#answeredAtMs !== null && nowMs >= this.#answeredAtMs) {
      this.#line.ends(true, nowMs)
      this.#waiting.shift()
      this.#busy = false
      this.#answeredAtMs = null
      this.#sentBytes += head.sizeBytes
      this.worst.lateMs = Math.max(this.worst.lateMs, nowMs - head.atMs - head.durationMs)
    }
    if (nowMs % (HLS_LIMITS.reportMs / 2) === 0) this.#line.arrived(this.#arrived, nowMs)
    if (nowMs % HLS_LIMITS.reportMs === 0) this.figures = { ...this.figures, queueMs: this.#line.lateMs(this.#waiting, nowMs), lineKbps: this.#line.kbps(nowMs), knownKbps: this.#line.knownKbps(nowMs), bytesSent: this.#sentBytes }
  }
}

function show(capacityKbps: (atMs: number) => number, toMs: number) {
  const controller = new RateController()
  const offered = new OfferedRate()
  const encoder = new SimulatedEncoder(BOUNDS.ceilingKbps)
  const upload = new SimulatedUpload()
  const moments: (RateDecision & { atMs: number; queueMs: number })[] = []
  simulate(0, toMs, (atMs) => {
    for (const packet of encoder.tick(atMs)) upload.push(packet, atMs)
    upload.tick(atMs, capacityKbps(atMs))
    if (atMs % 100 !== 0) return
    const decision = controller.decide([{ id: 'a', figures: upload.figures }], { ...BOUNDS, offeredKbps: offered.look(encoder.bytes, atMs, 2) }, atMs)
    encoder.wish(decision.videoKbps, decision.frameStep, atMs)
    moments.push({ ...decision, atMs, queueMs: upload.figures.queueMs })
  })
  return { worst: upload.worst, moments, between: (fromMs: number, untilMs = toMs) => moments.filter((each) => each.atMs >= fromMs && each.atMs < untilMs) }
}

describe('an upload in segments of 4 s over a line that goes from 8 to 1.5 and back to 8 Mbit/s', () => {
  // In the middle of an upload and just before one: what is coded already is the same, what is seen of it is not.
  it.each([17_000, 20_000, 22_300])('steps down in time to drop nothing, whenever that is (%i ms)', (changesAtMs) => {
    const { worst, moments, between } = show((atMs) => (atMs < changesAtMs || atMs >= 80_000 ? 8000 : 1500), 120_000)
    expect(between(0, changesAtMs).every(({ state }) => state === 'full')).toBe(true)
    const down = moments.find(({ state }) => state === 'reduced')
    // When the change comes between two uploads it shows in the next.
    expect((down?.atMs ?? Infinity) - changesAtMs).toBeLessThan(SEGMENT_MS + 1500)
    expect(down?.decidedBy).toBe('a')
    expect(Math.abs((between((down?.atMs ?? 0) + 2000)[0]?.lineKbps ?? 0) - 1500)).toBeLessThan(150)
    expect(worst.waiting).toBeLessThanOrEqual(HLS_LIMITS.maxWaiting)
    // What was coded for 8 Mbit/s takes its time; from then on segments are in time again.
    expect(between(60_000, 80_000).every(({ queueMs }) => queueMs < 200)).toBe(true)
    expect(between(60_000, 80_000).every(({ videoKbps }) => videoKbps > 1000 && videoKbps < 1500)).toBe(true)
    expect(between(105_000).every(({ videoKbps }) => videoKbps >= 4500)).toBe(true)
    expect(moments.at(-1)).toMatchObject({ state: 'full', videoKbps: 5000 })
  })
})

describe('an upload over a line that keeps up', () => {
  it('is never taken for one that does not, though it is busy nearly all the time', () => {
    expect(show(() => 5600, 60_000).moments.every(({ state }) => state === 'full')).toBe(true)
  })
})
