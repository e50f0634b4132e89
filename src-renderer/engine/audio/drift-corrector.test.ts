import { describe, expect, it } from 'vitest'
import { DriftCorrector, type TimedPcm } from './drift-corrector.ts'
import { BATCH_FRAMES } from './tap-protocol.ts'

const START_US = 1_760_000_000_000_000
/** Samples are numbered modulo this, exact in Float32, so that an output sample tells which input frame it is. */
const WRAP = 2 ** 20
const BATCH_US = (BATCH_FRAMES / 48_000) * 1e6

/** A repeatable source of chance in [0, 1). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A sound card of its own: `ppm` fast, rendering in bursts, behind a busy thread. */
class Card {
  frame = 0
  nowUs = START_US
  readonly out: TimedPcm[] = []
  readonly corrector = new DriftCorrector((pcm) => this.onPcm(pcm))
  onPcm: (pcm: TimedPcm) => void = (pcm) => this.out.push(pcm)
  #lastTickUs = START_US
  #lastArrivalUs = 0
  extraLateUs = 0
  readonly #left = new Float32Array(BATCH_FRAMES)

  constructor(readonly ppm: number, readonly random: () => number = chance(1), readonly jitterUs = 4000) {}

  get #batchUs(): number {
    return BATCH_US / (1 + this.ppm / 1e6)
  }

  /** True wall time at which a frame is rendered. */
  offsetUs = 0
  renderedAtUs(frame: number): number {
    return START_US + this.offsetUs + (frame / BATCH_FRAMES) * this.#batchUs
  }

  run(seconds: number): void {
    const untilUs = this.nowUs + seconds * 1e6
    while (this.renderedAtUs(this.frame + BATCH_FRAMES) < untilUs) this.batch()
    this.nowUs = untilUs
  }

  batch(value = (frame: number) => frame % WRAP): void {
    for (let i = 0; i < BATCH_FRAMES; i++) this.#left[i] = value(this.frame + i)
    const renderedUs = this.renderedAtUs(this.frame + BATCH_FRAMES)
    const lateUs = Math.min(150_000, -this.jitterUs * Math.log(1 - this.random()) * (this.random() < 0.02 ? 10 : 0.3))
    const arrivalUs = (this.#lastArrivalUs = Math.max(this.#lastArrivalUs, renderedUs + 200 + lateUs + this.extraLateUs))
    this.#tickUntil(arrivalUs)
    this.corrector.push(this.frame, this.#left, this.#left, arrivalUs)
    this.frame += BATCH_FRAMES
    this.nowUs = Math.max(this.nowUs, renderedUs)
  }

  /** The context stands: nothing comes, ticks go on. */
  stand(seconds: number): void {
    this.offsetUs += seconds * 1e6
    this.nowUs += seconds * 1e6
    this.#tickUntil(this.nowUs)
  }

  /** The computer sleeps: neither batches nor ticks. */
  sleep(seconds: number): void {
    this.offsetUs += seconds * 1e6
    this.nowUs += seconds * 1e6
    this.#lastTickUs += seconds * 1e6
  }

  /** The batches of this time are lost on the way. */
  lose(batches: number): void {
    this.frame += batches * BATCH_FRAMES
  }

  #tickUntil(us: number): void {
    while (this.#lastTickUs + 100_000 <= us) this.corrector.tick((this.#lastTickUs += 100_000))
  }

  /** How late (+) or early the stamp of a block is against the time at which its first sample was rendered, µs; null at a wrap of the numbers. */
  errorUs(pcm: TimedPcm): number | null {
    const read = pcm.planar[0]!
    if (Math.abs(pcm.planar[3]! - read - 3) > 0.01) return null
    const near = ((pcm.timestampUs - START_US - this.offsetUs) / this.#batchUs) * BATCH_FRAMES
    const frame = read + Math.round((near - read) / WRAP) * WRAP
    return pcm.timestampUs - this.renderedAtUs(frame)
  }
}

const isGrid = (out: readonly TimedPcm[]) => out.every((pcm, i) => i === 0 || pcm.timestampUs === out[i - 1]!.timestampUs + out[i - 1]!.durationUs)

describe('DriftCorrector', () => {
  it('passes a context on the same clock through untouched', () => {
    const card = new Card(0, () => 0)
    card.corrector.start()
    card.run(30)
    expect(card.out.length).toBeGreaterThan(1400)
    expect(isGrid(card.out)).toBe(true)
    const last = card.out.at(-1)!
    expect(last.planar[1]! - last.planar[0]!).toBe(1)
    expect(card.out.every((pcm) => Number.isInteger(pcm.planar[0]))).toBe(true)
  })

  it.each([200, -200, 40, -7])('learns a clock that is %d ppm off, out of jittery arrivals', (ppm) => {
    const card = new Card(ppm)
    card.corrector.start()
    card.run(90)
    expect(Math.abs(card.corrector.driftPpm - ppm)).toBeLessThan(8)
  })

  it.each([[60, 200], [10, -200]])('stays within 1 ms for %d minutes at %d ppm', (minutes, ppm) => {
    const card = new Card(ppm, chance(7))
    let worstUs = 0
    let blocks = 0
    let previousEndUs = 0
    let holes = 0
    card.onPcm = (pcm) => {
      if (previousEndUs > 0 && pcm.timestampUs !== previousEndUs) holes++
      previousEndUs = pcm.timestampUs + pcm.durationUs
      blocks++
      const error = card.errorUs(pcm)
      if (error !== null && blocks > 20 * 47) worstUs = Math.max(worstUs, Math.abs(error - 300))
    }
    card.corrector.start()
    card.run(minutes * 60)
    expect(blocks).toBeGreaterThan(minutes * 2800)
    expect(holes).toBe(0)
    expect(worstUs).toBeLessThan(1000)
    // 48,000 frames per wall second: the stream is as long as the hour was.
    expect(Math.abs(previousEndUs - card.nowUs)).toBeLessThan(30_000)
  }, 60_000)

  it('never bends the pitch by more than 0.2 %', () => {
    const card = new Card(900)
    card.corrector.start()
    card.run(60)
    for (const pcm of card.out) {
      const frames = pcm.planar[BATCH_FRAMES - 1]! - pcm.planar[0]!
      if (frames > 0) expect(Math.abs(frames / (BATCH_FRAMES - 1) - 1)).toBeLessThan(0.002_05)
    }
  })

  it('fills a context that stands with silence as time passes, and finds the sound its place again', () => {
    const card = new Card(50)
    card.corrector.start()
    card.run(10)
    const before = card.out.length
    card.stand(5)
    const silent = card.out.slice(before)
    expect(silent.length * BATCH_US).toBeGreaterThan(4.5e6)
    expect(silent.slice(1).every((pcm) => pcm.planar.every((sample) => sample === 0))).toBe(true)
    card.run(20)
    expect(isGrid(card.out)).toBe(true)
    expect(Math.abs(card.errorUs(card.out.at(-1)!)!)).toBeLessThan(2000)
  })

  it('puts silence of the same length where batches were lost', () => {
    const card = new Card(0)
    card.corrector.start()
    card.run(10)
    card.lose(3)
    card.run(5)
    expect(isGrid(card.out)).toBe(true)
    expect(Math.abs(card.errorUs(card.out.at(-1)!)!)).toBeLessThan(2000)
    expect(card.out.filter((pcm) => pcm.planar.every((sample) => sample === 0)).length).toBeGreaterThanOrEqual(2)
  })

  it('takes a jump of the context clock that no gap announced', () => {
    const card = new Card(0)
    card.corrector.start()
    card.run(15)
    card.offsetUs += 300_000
    card.run(20)
    expect(isGrid(card.out)).toBe(true)
    expect(Math.abs(card.errorUs(card.out.at(-1)!)!)).toBeLessThan(2000)
  })

  it('is right again 4 s after a busy machine lost 20 ms of rendering, and does not take it for drift', () => {
    const card = new Card(30)
    card.corrector.start()
    card.run(40)
    card.offsetUs += 20_000
    card.run(4)
    expect(isGrid(card.out)).toBe(true)
    expect(Math.abs(card.errorUs(card.out.at(-1)!)! - 300)).toBeLessThan(1000)
    card.run(20)
    expect(Math.abs(card.corrector.driftPpm - 30)).toBeLessThan(10)
  })

  it('is not moved by a second in which every batch came late', () => {
    const card = new Card(0, () => 0)
    card.corrector.start()
    card.run(20)
    card.extraLateUs = 30_000
    card.run(1.2)
    card.extraLateUs = 0
    card.run(5)
    for (const pcm of card.out.slice(60)) expect(Math.abs(card.errorUs(pcm) ?? 0)).toBeLessThan(1000)
  })

  it('jumps rather than filling a hole of a minute', () => {
    const card = new Card(0)
    card.corrector.start()
    card.run(10)
    const blocks = card.out.length
    card.sleep(60)
    card.run(10)
    expect(isGrid(card.out)).toBe(false)
    expect((card.out.length - blocks) * BATCH_US).toBeLessThan(13e6)
    expect(card.out.every((pcm, i) => i === 0 || pcm.timestampUs > card.out[i - 1]!.timestampUs)).toBe(true)
    expect(Math.abs(card.errorUs(card.out.at(-1)!)!)).toBeLessThan(5000)
  })

  it('keeps its place when the reader stood and the batches come late, in one burst', () => {
    const card = new Card(0, () => 0)
    card.corrector.start()
    card.run(10)
    const left = new Float32Array(BATCH_FRAMES).fill(5)
    const burstUs = card.renderedAtUs(card.frame) + 600_000
    card.corrector.tick(burstUs)
    for (let i = 0; i < 28; i++, card.frame += BATCH_FRAMES) card.corrector.push(card.frame, left, left, burstUs + i)
    card.nowUs = burstUs
    card.run(10)
    expect(isGrid(card.out)).toBe(true)
    expect(card.out.slice(20).some((pcm) => pcm.planar[0] === 0 && pcm.planar[1] === 0)).toBe(false)
    expect(Math.abs(card.errorUs(card.out.at(-1)!)!)).toBeLessThan(1000)
  })

  it('stops at once, learns on while stopped, and starts with later stamps', () => {
    const card = new Card(100)
    card.run(60)
    expect(card.out).toHaveLength(0)
    expect(Math.abs(card.corrector.driftPpm - 100)).toBeLessThan(10)
    card.corrector.start()
    card.run(2)
    const first = card.out.length
    card.corrector.stop()
    card.run(2)
    expect(card.out).toHaveLength(first)
    card.corrector.start()
    card.run(1)
    expect(card.out[first]!.timestampUs - card.out[first - 1]!.timestampUs).toBeGreaterThan(1.9e6)
    expect(Math.abs(card.errorUs(card.out[first]!)! - 300)).toBeLessThan(1000)
  })

  it('says where the next frames will lie', () => {
    const card = new Card(0, () => 0)
    expect(card.corrector.anchor).toBeNull()
    card.run(3)
    const anchor = card.corrector.anchor!
    expect(anchor.frame).toBe(card.frame)
    expect(Math.abs(anchor.wallUs - card.renderedAtUs(card.frame))).toBeLessThan(300)
  })
})
