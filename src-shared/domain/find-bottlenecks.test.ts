import { describe, expect, it } from 'vitest'
import { findBottlenecks } from './find-bottlenecks.ts'
import type { OutputSample, ProgramSample, SideSample, StatisticsSample } from './statistics.ts'

const PROGRAM: ProgramSample = {
  capturedFps: 30, composedFps: 30, encodedFps: 30, targetFps: 30, framesDropped: 0, videoKbps: 2400, targetKbps: 2500, audioKbps: 128,
  composeMs: 9, encodeMs: 12, keyFrameAgeMs: 700, cpuPercent: 40, heldBack: null,
}
const OUTPUT: OutputSample = { content: 'mix', state: 'running', reason: null, sentFps: 30, sentKbps: 2528, acknowledgedKbps: null, queueMs: 20, framesDropped: 0, rttMs: 12, lossPercent: null, retransmits: null }

type Second = { program?: Partial<ProgramSample>; a?: Partial<OutputSample>; b?: Partial<OutputSample> }
const seconds = (...each: Second[]): StatisticsSample[] =>
  each.map(({ program, a, b }, index) => ({
    atMs: index * 1000, live: true, program: { ...PROGRAM, ...program },
    outputs: { a: { ...OUTPUT, ...a }, ...(b ? { b: { ...OUTPUT, ...b } } : {}) },
  }))
const stages = (...each: Second[]) => findBottlenecks(seconds(...each)).map(({ stage, destinationId }) => (destinationId ? `${stage} ${destinationId}` : stage))

describe('findBottlenecks', () => {
  it('finds none where all is well, in the first second and without a program', () => {
    expect(stages({}, {}, {})).toEqual([])
    expect(stages({})).toEqual([])
    expect(findBottlenecks([])).toEqual([])
    expect(findBottlenecks([{ atMs: 0, live: true, program: null, outputs: {} }])).toEqual([])
  })

  it('takes a rate just below the wanted one for noise', () => {
    expect(stages({ program: { composedFps: 29, encodedFps: 29 } }, { program: { composedFps: 29, encodedFps: 29 } })).toEqual([])
  })

  it.each([
    [27, 'warn'],
    [20, 'bad'],
  ])('names composing when only %d of 30 frames are made, however little is coded of them', (fps, severity) => {
    const slow = { program: { composedFps: fps, encodedFps: fps - 6 } }
    expect(findBottlenecks(seconds(slow, slow, slow))[0]).toMatchObject({ stage: 'compose', seen: fps, wanted: 30, unit: 'fps', severity })
  })

  it('names the encoder when frames are made but not coded', () => {
    const slow = { program: { encodedFps: 18 } }
    expect(findBottlenecks(seconds(slow, slow))).toEqual([{ stage: 'encode', destinationId: null, seen: 18, wanted: 30, unit: 'fps', severity: 'bad' }])
  })

  it('names the encoder when nothing is coded at all', () => {
    const dead = { program: { encodedFps: 0, videoKbps: 0 }, a: { sentKbps: 128, sentFps: 0 } }
    expect(findBottlenecks(seconds(dead, dead, dead))).toEqual([{ stage: 'encode', destinationId: null, seen: 0, wanted: 30, unit: 'fps', severity: 'bad' }])
  })

  it('names a source that gives far less than just before, not one that is slow by nature', () => {
    expect(stages({}, { program: { capturedFps: 9 } })).toEqual(['capture'])
    expect(stages({ program: { capturedFps: 10 } }, { program: { capturedFps: 10 } })).toEqual([])
    expect(stages({ program: { capturedFps: null } })).toEqual([])
  })

  it('names the line when media waits or is dropped, with what gets out', () => {
    const slow = { a: { queueMs: 900, sentKbps: 1000 } }
    expect(findBottlenecks(seconds(slow, slow))).toEqual([{ stage: 'line', destinationId: 'a', seen: 1000, wanted: 2528, unit: 'kbps', severity: 'bad' }])
    expect(stages({ a: { framesDropped: 4, sentKbps: 900 } }, {})).toEqual(['line a'])
    expect(findBottlenecks(seconds({ a: { queueMs: 400, sentKbps: 2000 } }))[0]).toMatchObject({ stage: 'line', severity: 'warn' })
  })

  it('names the line for which the encoder is held back, and does not blame the encoder for fewer pictures', () => {
    const held = { program: { heldBack: { destinationId: 'a', lineKbps: 900, fps: 15 }, encodedFps: 15, videoKbps: 700 }, a: { sentKbps: 828, sentFps: 15 }, b: {} }
    expect(findBottlenecks(seconds(held, held))).toEqual([{ stage: 'line', destinationId: 'a', seen: 900, wanted: 2628, unit: 'kbps', severity: 'warn' }])
  })

  it('names the server when nothing at all is taken, within two seconds', () => {
    expect(stages({}, { a: { sentKbps: 0, queueMs: 600 } }, { a: { sentKbps: 0, queueMs: 1600 } })).toEqual(['server a'])
  })

  it('names the server when it confirms nothing more, although the system still takes what is sent', () => {
    expect(stages({ a: { acknowledgedKbps: 2500 } }, { a: { acknowledgedKbps: 0 } }, { a: { acknowledgedKbps: 0 } })).toEqual(['server a'])
    expect(stages({ a: { acknowledgedKbps: 2500 } }, { a: { acknowledgedKbps: 2500 } }, { a: { acknowledgedKbps: 0 } })).toEqual([])
    expect(stages({ a: { acknowledgedKbps: null } }, { a: { acknowledgedKbps: null } })).toEqual([])
  })

  it('does not hold the mix against a single stream', () => {
    const single = { a: { content: 'main' as const, sentKbps: 100, acknowledgedKbps: null } }
    expect(stages({ program: { videoKbps: 6000 }, ...single }, { program: { videoKbps: 6000 }, a: { ...single.a, queueMs: 40 } })).toEqual([])
    expect(findBottlenecks(seconds({ a: { ...single.a, sentKbps: 600 } }, { a: { ...single.a, sentKbps: 300, queueMs: 900 } }))[0]).toMatchObject({ stage: 'line', wanted: 600 })
  })

  it('does not miss the mix where only single streams are sent', () => {
    const rests = { program: { encodedFps: 0, videoKbps: 0 }, a: { content: 'main' as const } }
    expect(stages(rests, rests, rests)).toEqual([])
    expect(stages({ ...rests, b: { state: 'idle' } }, { ...rests, b: { state: 'idle' } })).toEqual([])
    expect(stages({ ...rests, b: {} }, { ...rests, b: {} })).toEqual(['encode'])
    // A recording of the mix is judged.
    const slow = { ...rests, program: { encodedFps: 10 } }
    expect(stages(slow, slow)).toEqual(['encode'])
  })

  it('judges what gets a stream beside the mix by that stream’s own stages, the mix by its own', () => {
    const MAIN: SideSample = { capturedFps: 30, encodedFps: 15, targetFps: 15, videoKbps: 500, targetKbps: 550, audioKbps: 64, keyFrameAgeMs: 500, heldBack: null }
    const beside = (main: Partial<SideSample>, a: Partial<OutputSample> = {}, program: Partial<ProgramSample> = {}) => {
      const each = { program, a: { content: 'main' as const, sentKbps: 564, ...a } }
      return findBottlenecks(seconds(each, each, each).map((sample) => ({ ...sample, sides: { main: { ...MAIN, ...main } } })))
    }
    expect(beside({})).toEqual([])
    expect(beside({ encodedFps: 9 })).toEqual([{ stage: 'encode', destinationId: null, content: 'main', seen: 9, wanted: 15, unit: 'fps', severity: 'bad' }])
    // One slow computer is one thing to say.
    expect(beside({ encodedFps: 9 }, {}, { composedFps: 15, encodedFps: 15 })).toMatchObject([{ stage: 'compose' }])
    const heldBack = { destinationId: 'a', lineKbps: 300, fps: 15 }
    expect(beside({ heldBack })).toEqual([{ stage: 'line', destinationId: 'a', seen: 300, wanted: 614, unit: 'kbps', severity: 'warn' }])
    expect(beside({}, { queueMs: 900, sentKbps: 200 })).toMatchObject([{ stage: 'line', seen: 200, wanted: 564 }])
    expect(beside({}, { sentKbps: 0, queueMs: 700, silentMs: 1500 })).toMatchObject([{ stage: 'server', destinationId: 'a' }])
  })

  it('takes a server for a stalled one as soon as it is known to be silent', () => {
    expect(stages({}, {}, { a: { silentMs: 1500 } })).toEqual(['server a'])
    expect(stages({}, {}, { a: { silentMs: 1000 } })).toEqual([])
  })

  it('names the connection while it is sought or restored', () => {
    expect(stages({ a: { state: 'recovering', reason: 'connection-lost', sentKbps: 0 } })).toEqual(['connect a'])
    expect(findBottlenecks(seconds({ a: { state: 'connecting' } }))[0]?.severity).toBe('warn')
    expect(stages({ a: { state: 'idle' } })).toEqual([])
  })

  it('judges each destination by itself, behind the program', () => {
    const both = { program: { composedFps: 15, encodedFps: 15 }, a: { queueMs: 800, sentKbps: 300 }, b: {} }
    expect(stages(both, both)).toEqual(['compose', 'line a'])
  })
})
