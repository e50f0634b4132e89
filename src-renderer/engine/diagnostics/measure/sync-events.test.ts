import { describe, expect, it } from 'vitest'
import { judgeSync } from './judge-sync.ts'
import { beepsIn, flashesIn, type Reading, risesOf } from './sync-events.ts'
import { ToneCourse } from './tone-course.ts'

const FLASH_MS = 160
const BEEP_MS = 120

/** Chance that is the same each time, 0 to 1. */
function chance(seed = 7): () => number {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
}
/** Share of [from, to] that lies in a flash or beep of so many ms that begins at each of these moments. */
const covered = (from: number, to: number, begins: readonly number[], lengthMs: number): number =>
  begins.reduce((sum, begin) => sum + Math.max(0, Math.min(to, begin + lengthMs) - Math.max(from, begin)), 0) / (to - from)
const everySecond = (seconds: number, { offsetMs = 0, driftPpm = 0 } = {}) => Array.from({ length: seconds }, (_, at) => 1000 * (at + 1) * (1 + driftPpm / 1e6) + offsetMs)

/** A camera whose frames gather light over their whole time, with a little noise. */
function camera(flashesMs: readonly number[], { fps = 30, dark = 40, bright = 150 } = {}): Reading[] {
  const next = chance()
  const frameMs = 1000 / fps
  return Array.from({ length: Math.ceil((flashesMs.at(-1)! + 1500) / frameMs) }, (_, at) => {
    const atMs = at * frameMs + 3
    return { atMs, value: dark + (bright - dark) * covered(atMs - frameMs / 2, atMs + frameMs / 2, flashesMs, FLASH_MS) + 2 * (next() - 0.5) }
  })
}
/** A microphone in a room with some noise, as the course of its tone: stretches of 5 ms. */
function microphone(beepsMs: readonly number[], { room = 0.004, loud = 0.1 } = {}): Reading[] {
  const next = chance(11)
  return Array.from({ length: Math.ceil((beepsMs.at(-1)! + 1500) / 5) }, (_, at) => ({ atMs: at * 5 + 2.5, value: room * next() + loud * covered(at * 5, at * 5 + 5, beepsMs, BEEP_MS) }))
}

describe('judgeSync', () => {
  it.each([
    [0, 0, 'in-sync', 'pass'],
    [20, 20, 'in-sync', 'pass'],
    [80, 0, 'late', 'warn'],
    [-60, 30, 'early', 'warn'],
    [250, 0, 'late', 'fail'],
    [-120, 0, 'early', 'fail'],
    [10, 400, 'drifts', 'warn'],
  ])('recovers %i ms and %i ppm from a minute: %s', (offsetMs, driftPpm, code, status) => {
    const flashes = everySecond(60)
    const beeps = everySecond(60, { offsetMs, driftPpm })
    const found = judgeSync(flashesIn(camera(flashes)), beepsIn(microphone(beeps)))
    expect(found).toMatchObject({ code, status, params: { events: 60 } })
    // In the middle of the course the drift has added half of what it adds in all.
    expect(Math.abs(found.value! - (offsetMs + (driftPpm * 30.5) / 1000))).toBeLessThan(5)
    expect(Math.abs(Number(found.data!['driftPpm']) - driftPpm)).toBeLessThan(20)
  })
  it('recovers the offset from twelve events of a slow camera', () => {
    const found = judgeSync(flashesIn(camera(everySecond(12), { fps: 15 })), beepsIn(microphone(everySecond(12, { offsetMs: 40 }))))
    expect(Math.abs(found.value! - 40)).toBeLessThan(5)
  })
  it('does not believe a drift that its few events cannot tell', () => {
    const next = chance(3)
    const shaken = everySecond(12).map((each) => each + 40 * (next() - 0.5))
    expect(judgeSync(shaken, everySecond(12))).toMatchObject({ status: 'pass', code: 'in-sync' })
  })
  it('leaves out a cough', () => {
    const beeps = everySecond(20, { offsetMs: 30 })
    beeps[7]! += 300
    expect(judgeSync(everySecond(20), beeps)).toMatchObject({ status: 'pass', params: { offsetMs: 30, events: 19 } })
  })
  it('says what was missing', () => {
    const still: Reading[] = camera([5000]).map((each) => ({ ...each, value: 90 }))
    expect(flashesIn(still)).toEqual([])
    expect(judgeSync(flashesIn(still), everySecond(12))).toMatchObject({ status: 'warn', code: 'no-flashes', params: { flashes: 0 } })
    const talk = microphone([1000], { room: 0.1, loud: 0 })
    expect(beepsIn(talk)).toEqual([])
    expect(judgeSync(everySecond(12), beepsIn(talk))).toMatchObject({ status: 'warn', code: 'no-beeps' })
    expect(judgeSync(everySecond(12), everySecond(12, { offsetMs: 30_500 }))).toMatchObject({ status: 'warn', code: 'too-few' })
  })
})

describe('risesOf', () => {
  it('finds nothing in too little', () => {
    expect(risesOf([{ atMs: 0, value: 0 }, { atMs: 1, value: 100 }], () => true)).toEqual([])
  })
  it('takes two beginnings close together as one', () => {
    expect(flashesIn(camera([1000, 1400, 3000]))).toHaveLength(2)
  })
})

describe('ToneCourse', () => {
  it('places the beginning of a tone on the page’s clock, whatever the length of the stretches', () => {
    const rate = 44_100
    const course = new ToneCourse(1000)
    const beginsAt = [1.2345, 2.2345]
    let sent = 0
    for (let turn = 0; sent < 4 * rate; turn++) {
      const length = turn % 2 === 0 ? 441 : 512
      const samples = Float32Array.from({ length }, (_, at) => {
        const t = (sent + at) / rate
        return beginsAt.some((begin) => t >= begin && t < begin + BEEP_MS / 1000) ? 0.2 * Math.sin(2 * Math.PI * 1000 * t) : 0
      })
      sent += length
      // Sometimes the page is late.
      course.add({ sampleRate: rate, channels: [samples], arrivedMs: 50_000 + (sent / rate) * 1000 + (turn % 7) * 3 })
    }
    const rises = risesOf(course.readings(), () => true)
    expect(rises).toHaveLength(2)
    for (const [at, begin] of beginsAt.entries()) expect(Math.abs(rises[at]! - (50_000 + begin * 1000))).toBeLessThan(2)
  })
})
