import { describe, expect, it } from 'vitest'
import { OfferedRate } from './offered-rate.ts'
import { RateController, type RateBounds, type RateDecision } from './rate-controller.ts'
import { type EasyPicture, type Line, simulate, SimulatedEncoder, SimulatedOutput, steady } from './simulated-studio.ts'

const BOUNDS: RateBounds = { ceilingKbps: 5000, floorKbps: 500, frameRate: 30, audioKbps: 128 }

/** Of the simulated encoder. */
const GROUP_SECONDS = 2

interface Moment extends RateDecision {
  atMs: number
  queueMs: Record<string, number>
  dropped: Record<string, number>
}

interface ShowOptions {
  toMs: number
  bounds?: (atMs: number) => RateBounds
  deciding?: (id: string, atMs: number) => boolean
  easy?: (atMs: number) => EasyPicture | null
}

/** A show over simulated lines with the controller in charge: what happened, ten times a second. */
function show(lines: Record<string, Line>, { toMs, bounds = () => BOUNDS, deciding = () => true, easy = () => null }: ShowOptions) {
  const controller = new RateController()
  const offered = new OfferedRate()
  const first = bounds(0)
  const encoder = new SimulatedEncoder(first.ceilingKbps, first.frameRate, easy)
  const outputs = Object.entries(lines).map(([id, line]) => ({ id, output: new SimulatedOutput(line, first.ceilingKbps, () => (encoder.keyFrameWanted = true)) }))
  const moments: Moment[] = []
  simulate(0, toMs, (atMs) => {
    for (const packet of encoder.tick(atMs)) for (const { output } of outputs) output.push(packet)
    for (const { output } of outputs) output.tick(atMs)
    if (atMs % 100 !== 0) return
    const figures = outputs.map(({ id, output }) => ({ id, figures: output.figures }))
    const offeredKbps = offered.look(encoder.bytes, atMs, GROUP_SECONDS)
    const decision = controller.decide(figures.filter(({ id }) => deciding(id, atMs)), { ...bounds(atMs), offeredKbps }, atMs)
    encoder.wish(decision.videoKbps, decision.frameStep, atMs)
    const by = (pick: (each: (typeof figures)[number]) => number) => Object.fromEntries(figures.map((each) => [each.id, pick(each)]))
    moments.push({ ...decision, atMs, queueMs: by((each) => each.figures.queueMs), dropped: by((each) => each.figures.framesDropped) })
  })
  return {
    moments,
    last: moments.at(-1) as Moment,
    /** The longest that a frame took from the encoder to the server, ms. */
    worstDelayMs: (id: string) => outputs.find((each) => each.id === id)?.output.worstDelayMs ?? Number.NaN,
    between: (fromMs: number, untilMs = toMs) => moments.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs),
    at: (atMs: number) => moments.find((each) => each.atMs >= atMs) as Moment,
  }
}

const changing = (...steps: [atMs: number, kbps: number][]): Line => ({
  capacityKbps: (atMs) => steps.findLast(([from]) => from <= atMs)?.[1] ?? 0,
  delayMs: () => 20,
})

/** How often the rate went down after having gone up. */
const turns = (moments: readonly Moment[]): number => {
  let [count, rising] = [0, false]
  for (const [index, { videoKbps }] of moments.entries()) {
    const before = moments[index - 1]?.videoKbps ?? videoKbps
    if (videoKbps > before) rising = true
    else if (videoKbps < before && rising) [count, rising] = [count + 1, false]
  }
  return count
}
const rates = (moments: readonly Moment[]) => moments.map(({ videoKbps }) => videoKbps)

describe('a line that goes from 6 to 1.5 and back to 6 Mbit/s', () => {
  const run = show({ a: changing([0, 6000], [10_000, 1500], [40_000, 6000]) }, { toMs: 70_000 })

  it('costs no frame', () => {
    const midGroup = show({ a: changing([0, 6000], [11_000, 1500], [40_000, 6000]) }, { toMs: 60_000 })
    expect(midGroup.last.dropped.a).toBe(0)
  })

  it('costs no more than a part of one group, after the step down, when the line changes just under a key frame; no frame is late by 2 s', () => {
    const firstDrop = run.moments.findIndex(({ dropped }) => (dropped.a ?? 0) > 0)
    if (firstDrop >= 0) expect(run.moments.findIndex(({ state }) => state === 'reduced')).toBeLessThan(firstDrop)
    expect(run.last.dropped.a).toBeLessThan(30)
    expect(run.worstDelayMs('a')).toBeLessThan(2000)
    expect(Math.max(...run.moments.map(({ queueMs }) => queueMs.a ?? 0))).toBeLessThan(2000)
  })

  it('leaves the rate alone before, steps down at once, and says whose line it is and what it takes', () => {
    expect(run.between(0, 10_000).every(({ state, videoKbps }) => state === 'full' && videoKbps === 5000)).toBe(true)
    expect(run.at(10_500)).toMatchObject({ state: 'reduced', decidedBy: 'a' })
    expect(Math.abs((run.at(10_500).lineKbps ?? 0) - 1500)).toBeLessThan(150)
    expect(run.at(10_500).videoKbps).toBeLessThan(1300)
  })

  it('settles near what the line takes, at the full frame rate, without swinging', () => {
    const settled = run.between(18_000, 40_000)
    expect(Math.min(...rates(settled))).toBeGreaterThan(800)
    expect(Math.max(...rates(settled))).toBeLessThan(2000)
    expect(settled.every(({ frameStep }) => frameStep === 1)).toBe(true)
    expect(Math.max(...settled.map(({ queueMs }) => queueMs.a ?? 0))).toBeLessThan(600)
    expect(turns(settled)).toBeLessThanOrEqual(5)
  })

  it('is back at 90 % of the ceiling within 15 s, at the ceiling soon after, and stays there', () => {
    expect(run.between(55_000).every(({ videoKbps }) => videoKbps >= 4500)).toBe(true)
    expect(run.last).toMatchObject({ state: 'full', videoKbps: 5000, frameStep: 1, decidedBy: null, lineKbps: null })
    expect(turns(run.between(42_000))).toBe(0)
  })
})

describe('other lines', () => {
  it('follows a sawtooth without a frame later than 2 s', () => {
    const saw: Line = { capacityKbps: (atMs) => 1500 + 4500 * (1 - (atMs % 20_000) / 20_000), delayMs: () => 30 }
    const run = show({ a: saw }, { toMs: 80_000 })
    expect(run.worstDelayMs('a')).toBeLessThan(2000)
    const frames = 80 * 30
    expect(run.last.dropped.a).toBeLessThan(frames * 0.01)
  })

  it('keeps the rate for the others while one takes nothing at all, and is soon as before when it does again', () => {
    const run = show({ a: changing([0, 6000], [10_000, 0], [16_000, 6000]), b: steady(9000) }, { toMs: 45_000 })
    expect(Math.min(...rates(run.between(10_000, 16_000)))).toBeGreaterThan(1000)
    expect(rates(run.between(12_500, 16_000)).every((rate) => rate >= 4500)).toBe(true)
    expect(run.moments.every(({ frameStep }) => frameStep === 1)).toBe(true)
    expect(run.last.dropped.b).toBe(0)
    expect(run.last).toMatchObject({ state: 'full', videoKbps: 5000 })
  })

  it('does not rise while the only line takes nothing', () => {
    const run = show({ a: changing([0, 6000], [5000, 1500], [10_000, 0], [20_000, 6000]) }, { toMs: 45_000 })
    const [before, after] = [run.at(10_400), run.at(19_900)]
    expect(after.videoKbps).toBeLessThanOrEqual(before.videoKbps)
    expect(run.last).toMatchObject({ state: 'full', videoKbps: 5000 })
  })

  it('halves the frame rate below the floor, and never goes under half the floor', () => {
    const run = show({ a: changing([0, 3000], [10_000, 560], [40_000, 3000]) }, { toMs: 70_000, bounds: () => ({ ...BOUNDS, ceilingKbps: 2500 }) })
    const low = run.between(14_000, 40_000)
    expect(Math.min(...rates(low))).toBeGreaterThanOrEqual(250)
    expect(low.some(({ frameStep }) => frameStep === 2)).toBe(true)
    expect(low.filter(({ videoKbps, frameStep }) => videoKbps < 499 && frameStep === 1)).toEqual([])
    expect(run.worstDelayMs('a')).toBeLessThan(2000)
    expect(run.last).toMatchObject({ state: 'full', frameStep: 1 })
  })

  it('goes from 60 to 30 to 15 frames', () => {
    const run = show({ a: changing([0, 6000], [5000, 280]) }, { toMs: 30_000, bounds: () => ({ ...BOUNDS, frameRate: 60 }) })
    expect(new Set(run.moments.map(({ frameStep }) => frameStep))).toEqual(new Set([1, 2, 4]))
    expect(Math.min(...rates(run.moments))).toBe(125)
  })

  it('takes a step back that a moment of silence has caused', () => {
    const run = show({ a: changing([0, 20_000], [10_000, 0], [10_400, 20_000]) }, { toMs: 20_000 })
    expect(run.at(12_000).videoKbps).toBeGreaterThanOrEqual(4500)
    expect(run.last.videoKbps).toBe(5000)
  })

  it('leaves a long but wide way alone', () => {
    const run = show({ a: steady(8000, 200) }, { toMs: 20_000 })
    expect(run.moments.every(({ state }) => state === 'full')).toBe(true)
  })
})

describe('pictures that need less than they may have', () => {
  const still: EasyPicture = { kbps: 200, keyFrameBytes: 110_000 }

  it('are no reason to go down while the line takes what they need, however long a key frame waits', () => {
    const run = show({ a: steady(1500) }, { toMs: 40_000, easy: () => still })
    expect(Math.max(...run.between(5000).map(({ queueMs }) => queueMs.a ?? 0))).toBeGreaterThan(400)
    expect(run.moments.every(({ state, videoKbps }) => state === 'full' && videoKbps === 5000)).toBe(true)
    expect(run.last.dropped.a).toBe(0)
  })

  it('are one when it takes less than that', () => {
    const run = show({ a: changing([0, 1500], [10_000, 400]) }, { toMs: 30_000, easy: () => still })
    expect(run.between(0, 10_000).every(({ state }) => state === 'full')).toBe(true)
    expect(run.at(14_000)).toMatchObject({ state: 'reduced', decidedBy: 'a' })
    expect(run.at(14_000).videoKbps).toBeLessThan(400)
  })

  it('may begin to move at any time: the rate is down before a frame is late by 2 s', () => {
    for (const fromMs of [10_000, 10_700, 11_900]) {
      const run = show({ a: steady(1500) }, { toMs: 30_000, easy: (atMs) => (atMs < fromMs ? still : null) })
      expect(run.between(0, fromMs).every(({ state }) => state === 'full')).toBe(true)
      expect(run.at(fromMs + 1000).videoKbps).toBeLessThan(1500)
      expect(run.worstDelayMs('a')).toBeLessThan(2000)
    }
  })
})

describe('several destinations', () => {
  it('lets the slowest required one decide', () => {
    const run = show({ slow: changing([0, 9000], [8000, 2000]), slower: changing([0, 9000], [16_000, 1200]), fast: steady(9000) }, { toMs: 40_000 })
    expect(run.at(12_000).decidedBy).toBe('slow')
    expect(run.at(20_000).decidedBy).toBe('slower')
    expect(Math.max(...rates(run.between(24_000)))).toBeLessThan(1600)
    expect(run.last.dropped.fast).toBe(0)
  })

  it('does not let a best-effort one decide: its own queue drops', () => {
    const run = show({ good: steady(9000), poor: steady(1000) }, { toMs: 20_000, deciding: (id) => id === 'good' })
    expect(run.moments.every(({ state }) => state === 'full')).toBe(true)
    expect(run.last.dropped.poor).toBeGreaterThan(100)
    expect(run.worstDelayMs('poor')).toBeLessThan(2500)
  })

  it('goes on rising when the one that decided has gone, but not while there is none', () => {
    const run = show({ a: changing([0, 9000], [5000, 1500]), b: steady(9000) }, { toMs: 45_000, deciding: (id, atMs) => (id === 'a' ? atMs < 10_000 : atMs >= 15_000) })
    expect(new Set(rates(run.between(10_100, 15_000))).size).toBe(1)
    expect(run.at(12_000)).toMatchObject({ state: 'reduced', decidedBy: null })
    expect(run.last).toMatchObject({ state: 'full', videoKbps: 5000 })
  })
})

describe('the user', () => {
  it('is obeyed at once at the full rate, up and down', () => {
    const run = show({ a: steady(9000) }, { toMs: 6000, bounds: (atMs) => ({ ...BOUNDS, ceilingKbps: atMs < 2000 ? 3000 : atMs < 4000 ? 6000 : 1000 }) })
    expect([run.at(1000), run.at(2000), run.at(4000)].map(({ videoKbps, state }) => [videoKbps, state])).toEqual([[3000, 'full'], [6000, 'full'], [1000, 'full']])
  })

  it('lowers the ceiling while reduced, and it holds from then on', () => {
    const run = show({ a: changing([0, 6000], [5000, 1500], [20_000, 6000]) }, { toMs: 50_000, bounds: (atMs) => ({ ...BOUNDS, ceilingKbps: atMs < 15_000 ? 5000 : 2000 }) })
    expect(Math.max(...rates(run.between(15_000)))).toBe(2000)
    expect(run.last).toMatchObject({ state: 'full', videoKbps: 2000 })
  })

  it('raises the ceiling while reduced: no jump, but the way up goes on to the new one', () => {
    const run = show({ a: changing([0, 9000], [5000, 1500], [20_000, 9000]) }, { toMs: 50_000, bounds: (atMs) => ({ ...BOUNDS, ceilingKbps: atMs < 15_000 ? 3000 : 6000 }) })
    expect(run.at(15_500).videoKbps).toBeLessThan(2200)
    expect(run.last).toMatchObject({ state: 'full', videoKbps: 6000 })
  })
})

describe('outputs that do not measure their line', () => {
  const figures = (changes: object) => ({ queueMs: 0, bytesSent: 0, bytesAcknowledged: null, rttMs: 40, ...changes })
  const decide = (each: (atMs: number) => object, toMs = 10_000, offeredKbps: number | null = null) => {
    const controller = new RateController()
    const made: RateDecision[] = []
    simulate(0, toMs, (atMs) => {
      if (atMs % 100 === 0) made.push(controller.decide([{ id: 'a', figures: figures(each(atMs)) }], { ...BOUNDS, offeredKbps }, atMs))
    })
    return made
  }

  it('measures it by what leaves while the queue stands, at two figures a second too', () => {
    const made = decide((atMs) => {
      const heardMs = atMs - (atMs % 500)
      return { queueMs: Math.max(0, heardMs - 2000) / 4, bytesSent: (heardMs * 2000) / 8 }
    }, 4600)
    expect(made.at(-1)).toMatchObject({ state: 'reduced', decidedBy: 'a', lineKbps: 2000 })
  })

  it('do not take for the line what was only what they were given', () => {
    const given = (atMs: number) => ({ queueMs: atMs < 2000 ? 0 : 300, bytesSent: (atMs * 400) / 8 })
    expect(decide(given, 4000).at(-1)).toMatchObject({ state: 'reduced', lineKbps: 400 })
    expect(decide(given, 4000, 400).every(({ state }) => state === 'full')).toBe(true)
    expect(decide(given, 4000, 600).at(-1)).toMatchObject({ state: 'reduced', lineKbps: 400 })
  })

  it('steps down when packets are lost while the way grows longer, though no queue is seen', () => {
    const made = decide((atMs) => ({ rttMs: atMs < 3000 ? 40 : 300, bytesSent: atMs, line: { lossPercent: atMs < 3000 ? 0 : 4 } }), 5000)
    expect(made[25]).toMatchObject({ state: 'full' })
    expect(made.at(-1)?.videoKbps).toBeLessThanOrEqual(4000)
  })

  it('does not mind losses alone: the protocol repeats them', () => {
    expect(decide((atMs) => ({ bytesSent: atMs, line: { lossPercent: 4 } })).every(({ state }) => state === 'full')).toBe(true)
  })
})
