import { describe, expect, it } from 'vitest'
import { judgeLevel, judgeNoise, judgeRate } from './judge-sound.ts'
import { barOf, noiseFloorDbfs, type SoundFacts, SoundGauge } from './sound-facts.ts'

const RATE = 48_000
type Wave = (seconds: number) => number

/** Puts a wave through the gauge in stretches of 10 ms, as a browser hands them on. */
function gauged(channels: Wave[], seconds = 4): SoundFacts {
  const gauge = new SoundGauge()
  for (let from = 0; from < seconds * RATE; from += 480) {
    gauge.add({ sampleRate: RATE, arrivedMs: 0, channels: channels.map((wave) => Float32Array.from({ length: 480 }, (_, at) => wave((from + at) / RATE))) })
  }
  return gauge.facts
}
const sine = (amplitude: number): Wave => (t) => amplitude * Math.sin(2 * Math.PI * 220 * t)
/** Rises and falls like words: loud for half a second, then a tenth of it. */
const speech = (amplitude: number): Wave => (t) => sine(amplitude * (t % 1 < 0.5 ? 1 : 0.1))(t)
const hard: (wave: Wave) => Wave = (wave) => (t) => Math.min(1, Math.max(-1, wave(t)))
/** Clipped once: six and more samples at full scale, at 1 s. */
const once: Wave = (t) => (Math.abs(t - 1.25) < 0.0002 ? 1 : speech(0.2)(t))
const judged = (channels: Wave[], muted = false) => {
  const { status, code } = judgeLevel(gauged(channels), muted)
  return `${status} ${code}`
}

describe('judgeLevel', () => {
  it('calls a voice at -20 dBFS good, with its level', () => {
    const found = judgeLevel(gauged([speech(0.14)]), false)
    expect(found).toMatchObject({ status: 'pass', code: 'good', unit: 'dBFS' })
    expect(found.value).toBeCloseTo(-20.1, 0)
    expect(found.samples).toHaveLength(8)
  })
  it.each<[string, Wave[], Wave[]]>([
    ['fail silent', [() => 0], [speech(0.14)]],
    ['fail silent', [() => 0.2], [(t) => 0.2 + speech(0.14)(t)]],
    ['fail unheard', [speech(0.0005)], [speech(0.14)]],
    ['warn too-quiet', [speech(0.01)], [speech(0.05)]],
    ['fail constant', [sine(0.14)], [speech(0.14)]],
    ['warn dead-channel', [speech(0.14), () => 0], [speech(0.14), speech(0.1)]],
    ['fail clipping', [hard(speech(3))], [speech(0.4)]],
    ['warn clipping', [once], [speech(0.2)]],
    ['warn loud', [speech(0.8)], [speech(0.4)]],
  ])('says %s, and not for less', (verdict, provoking, harmless) => {
    expect(judged(provoking)).toBe(verdict)
    expect(judged(harmless)).toBe('pass good')
  })
  it('says muted before anything else', () => {
    expect(judged([() => 0], true)).toBe('fail muted')
  })
  it('knows silence when nothing came at all', () => {
    expect(judgeLevel(new SoundGauge().facts, false)).toMatchObject({ code: 'silent' })
  })
})

describe('SoundGauge', () => {
  it('tells a level for each half second as it is complete, without a constant voltage', () => {
    const gauge = new SoundGauge()
    const add = () => gauge.add({ sampleRate: RATE, arrivedMs: 0, channels: [Float32Array.from({ length: 16_000 }, (_, at) => 0.1 + sine(0.5)(at / RATE))] })
    expect([add(), add()].map((each) => each.length)).toEqual([0, 1])
    expect(add()[0]?.rmsDbfs ?? gauge.facts.levelsDbfs[0]).toBeCloseTo(-9.03, 1)
  })
  it('keeps no more levels than it needs, however long it listens', () => {
    const gauge = new SoundGauge(10)
    for (let times = 0; times < 1000; times++) gauge.add({ sampleRate: RATE, arrivedMs: 0, channels: [new Float32Array(480)] })
    expect(gauge.facts.levelsDbfs).toHaveLength(300)
  })
  it('fills a bar of 100 from -60 dBFS up', () => {
    expect([-100, -60, -30, 0].map(barOf)).toEqual([0, 0, 50, 100])
  })
})

describe('judgeNoise', () => {
  const noise = (levelsDbfs: number[]): SoundFacts => ({ seconds: levelsDbfs.length / 2, levelsDbfs, peakDbfs: -40, clips: 0, channelPeaks: [0.01], sampleRate: RATE })
  it('judges the quietest second', () => {
    expect(noiseFloorDbfs([-20, -60, -60, -20])).toBeCloseTo(-60)
    // A single quiet half second is no quiet second.
    expect(noiseFloorDbfs([-40, -90, -40])).toBeCloseTo(-43, 0)
    expect(judgeNoise(noise([-30, -62, -61, -30]))).toMatchObject({ status: 'pass', code: 'quiet' })
    expect(judgeNoise(noise([-30, -50, -50]))).toMatchObject({ status: 'warn', code: 'audible' })
    expect(judgeNoise(noise([-30, -40, -40]))).toMatchObject({ status: 'fail', code: 'noisy' })
    expect(judgeNoise({ ...noise([-100, -100]), channelPeaks: [0] })).toMatchObject({ status: 'warn', code: 'silent' })
  })
})

describe('judgeRate', () => {
  it.each([
    [48_000, 48_000, 'pass', 'same'],
    [44_100, 48_000, 'warn', 'differs'],
    [48_000, 44_100, 'warn', 'differs'],
    [16_000, 48_000, 'warn', 'narrow'],
  ])('%i Hz beside %i Hz is %s: %s', (deviceHz, contextHz, status, code) => {
    expect(judgeRate({ deviceHz, contextHz })).toMatchObject({ status, code })
  })
})
