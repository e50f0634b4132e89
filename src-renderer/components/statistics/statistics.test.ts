import { describe, expect, it } from 'vitest'
import type { Bottleneck, SideSample, StatisticsSample } from '@shared/domain/statistics.ts'
import { chartsFor, columns } from './charts.ts'
import { lostTone, rateTone } from '../ui/tones.ts'
import { actionFor, stepsOf } from './verdict.ts'

const second = (atMs: number, sentKbps = 2600): StatisticsSample => ({
  atMs, live: true,
  program: {
    capturedFps: 29, composedFps: 30, encodedFps: 30, targetFps: 30, framesDropped: 0, videoKbps: 2450, targetKbps: 2500, audioKbps: 128, composeMs: 9, encodeMs: 12, keyFrameAgeMs: 300, cpuPercent: 40, heldBack: null,
  },
  outputs: { a: { content: 'mix', state: 'running', reason: null, sentFps: 30, sentKbps, acknowledgedKbps: null, queueMs: 15, framesDropped: 0, rttMs: 9, lossPercent: null, retransmits: null } },
})
/** The camera by itself for a, and nothing of the mix is coded. */
const withCamera = (main: Partial<SideSample> = {}): StatisticsSample => {
  const { program, outputs: { a }, ...rest } = second(0)
  return {
    ...rest, program: program && { ...program, encodedFps: 0 }, outputs: a ? { a: { ...a, content: 'main' } } : {},
    sides: { main: { capturedFps: 24, encodedFps: 15, targetFps: 15, videoKbps: 500, targetKbps: 600, audioKbps: 64, keyFrameAgeMs: 800, heldBack: null, ...main } },
  }
}
const limit = (part: Partial<Bottleneck>): Bottleneck => ({ stage: 'line', destinationId: 'a', seen: 1450, wanted: 2600, unit: 'kbps', severity: 'bad', ...part })

describe('the charts', () => {
  it('are five of the program, and two more of a destination', () => {
    expect(chartsFor(null).map(({ id }) => id)).toEqual(['frames', 'rates', 'work', 'keyFrames', 'processor'])
    expect(chartsFor('a').map(({ id }) => id)).toEqual(['frames', 'rates', 'work', 'keyFrames', 'processor', 'waiting', 'lost'])
    expect(chartsFor('a')[0]?.lines.map(({ label }) => label)).toEqual(['captured', 'composed', 'encoded', 'sent'])
  })

  it('take a column a line, and leave a hole where seconds are missing', () => {
    const rates = chartsFor('a')[1]
    const [seconds, wanted, encoded, sent] = columns([second(1000), second(2000, 1200), second(60_000)], rates?.lines ?? [])
    expect(seconds).toEqual([1, 2, 3, 60])
    expect(wanted).toEqual([2500, 2500, null, 2500])
    expect(encoded).toEqual([2578, 2578, null, 2578])
    expect(sent).toEqual([2600, 1200, null, 2600])
    expect(columns([second(1000)], chartsFor(null).find(({ id }) => id === 'keyFrames')?.lines ?? [])).toEqual([[1], [300]])
    expect(columns([second(1000)], chartsFor('gone')[1]?.lines ?? []).at(-1)).toEqual([null])
  })
})

describe('the verdict', () => {
  it('offers one action: a rate that the line takes, the picture settings, another try', () => {
    expect(actionFor(limit({}), second(0))).toEqual({ id: 'lower-rate', destinationId: 'a', videoKbps: 1000 })
    expect(actionFor(limit({ seen: 50 }), second(0))?.videoKbps).toBe(100)
    expect(actionFor(limit({ seen: 4000 }), second(0))).toBeNull()
    expect(actionFor(limit({ stage: 'compose', destinationId: null }), second(0))?.id).toBe('settings')
    expect(actionFor(limit({ stage: 'connect' }), second(0))).toMatchObject({ id: 'retry', destinationId: 'a' })
    expect(actionFor(limit({ stage: 'server' }), second(0))).toMatchObject({ id: 'reconnect', destinationId: 'a' })
    expect(actionFor(limit({ stage: 'capture', destinationId: null }), second(0))).toMatchObject({ id: 'reopen', content: 'mix' })
    expect(actionFor(limit({ stage: 'capture', destinationId: null, content: 'main' }), second(0))).toMatchObject({ id: 'reopen', content: 'main' })
    expect(actionFor(limit({}), withCamera())?.id).toBe('settings')
    expect(actionFor(limit({}), withCamera({ heldBack: { destinationId: 'a', lineKbps: 300, fps: 15 } }))).toBeNull()
  })

  it('colours the stage that is in the way, of this destination only', () => {
    const tones = (about: string | null, ...limits: Bottleneck[]) => Object.fromEntries(stepsOf(second(0), about, limits).map(({ id, tone }) => [id, tone]))
    expect(tones('a')).toEqual({ captured: '', composed: 'good', encoded: 'good', queued: 'good', sent: 'good' })
    expect(tones('a', limit({}))).toMatchObject({ queued: 'bad', sent: 'good' })
    expect(tones('a', limit({ destinationId: 'b' }))).toMatchObject({ queued: 'good' })
    expect(tones('a', limit({ stage: 'encode', destinationId: null, severity: 'warn' }))).toMatchObject({ encoded: 'warn' })
    expect(Object.keys(tones(null))).toEqual(['captured', 'composed', 'encoded'])
    expect(stepsOf({ ...second(0), live: false }, 'a', []).map(({ id }) => id)).toEqual(['captured', 'composed'])
    expect(stepsOf({ ...second(0), program: null }, 'a', [])).toEqual([])
  })

  it('shows a destination the stages of the stream that it gets, and nothing of the mix’s', () => {
    const slowMix = limit({ stage: 'encode', destinationId: null })
    const steps = stepsOf(withCamera(), 'a', [slowMix, limit({ stage: 'capture', destinationId: null, content: 'main', severity: 'warn' })])
    expect(steps.map(({ id, value, tone }) => [id, value, tone])).toEqual([['captured', 24, 'warn'], ['encoded', 15, 'good'], ['queued', 15, 'good'], ['sent', 30, 'good']])
    expect(steps[1]?.keyFrameAgeMs).toBe(800)
    const value = (chart: number, line: number) => columns([withCamera()], chartsFor('a')[chart]?.lines ?? [])[line + 1]?.[0]
    expect([value(0, 0), value(0, 1), value(0, 2), value(1, 0), value(1, 1), value(3, 0)]).toEqual([24, null, 15, 600, 564, 800])
    // Seconds from before such streams were measured.
    const { sides: _, ...before } = withCamera()
    expect(stepsOf(before, 'a', []).map(({ id }) => id)).toEqual(['captured', 'composed', 'queued', 'sent'])
  })

  it('turns yellow at 1 % and red at 5 % lost, and at 95 % and 80 % of the rate', () => {
    expect([0, 10, 11, 50, 51].map((lost) => lostTone(lost, 1000))).toEqual(['', '', 'warn', 'warn', 'bad'])
    expect([30, 28.5, 28.4, 24, 23.9].map((fps) => rateTone(fps, 30))).toEqual(['', '', 'warn', 'warn', 'bad'])
  })
})
