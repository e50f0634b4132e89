import { describe, expect, it } from 'vitest'
import type { CongestionStatus } from '@shared/contracts/broadcast.ts'
import type { ReducedRate } from '@shared/contracts/engine.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { Congestion, type CongestionParts } from './congestion.ts'

type Destinations = ReturnType<CongestionParts['destinations']>

function setUp(destination: Partial<Destinations[number]> = {}, content: ProgramContent = 'mix') {
  const clock = new FakeClock()
  const state = {
    settings: { enabled: true, floorKbps: 500 },
    encoding: DEFAULT_ENCODING,
    destinations: [{ id: 'a', kind: 'rtmp', priority: 'required', ...destination }] as Destinations,
    output: 'running' as 'running' | 'recovering',
    offeredBytes: 0,
    figures: { queueMs: 0, lineKbps: null as number | null, bytesSent: 0, bytesAcknowledged: null, rttMs: null },
  }
  const applied: { reduced: ReducedRate | null; status: CongestionStatus | null }[] = []
  const congestion = new Congestion({
    content,
    offeredBytes: () => state.offeredBytes,
    destinations: () => state.destinations,
    statuses: () => [{ destinationId: 'a', state: state.output }],
    figures: () => ({ a: state.figures }),
    settings: () => state.settings,
    encoding: () => state.encoding,
    apply: (reduced, status) => applied.push({ reduced, status }),
    clock,
    logger: silentLogger,
  })
  /** Time in which the encoder sends this much. */
  const pass = async (ms: number, offeredKbps = 2500) => {
    for (let left = ms; left > 0; left -= 100) {
      state.offeredBytes += (offeredKbps / 8) * 100
      await clock.advance(100)
    }
  }
  /** Its queue stands, and it is known to take this much. */
  const slow = async (lineKbps: number, offeredKbps?: number) => {
    await pass(500, offeredKbps)
    state.figures = { ...state.figures, queueMs: 400, lineKbps }
    await pass(300, offeredKbps)
  }
  const clean = () => (state.figures = { ...state.figures, queueMs: 0, lineKbps: null })
  return { clock, congestion, state, applied, slow, clean, last: () => applied.at(-1) }
}

describe('Congestion', () => {
  it('says that everything is as set, once, while it is', async () => {
    const { congestion, clock, applied } = setUp()
    congestion.start()
    await clock.advance(5000)
    expect(applied).toEqual([{ reduced: null, status: { state: 'full', videoKbps: 2500, frameRate: 30, decidedBy: null, lineKbps: null } }])
  })

  it('applies a step down at once, and the way up in steps that are worth it', async () => {
    const { congestion, clock, applied, slow, clean, last } = setUp()
    congestion.start()
    await slow(1200)
    expect(last()?.status).toMatchObject({ state: 'reduced', decidedBy: 'a', lineKbps: 1200, frameRate: 30 })
    expect(last()?.reduced?.videoKbps).toBeLessThan(1000)
    clean()
    const before = applied.length
    await clock.advance(20_000)
    const rates = applied.slice(before).flatMap(({ reduced }) => reduced?.videoKbps ?? [])
    expect(rates).toEqual(rates.toSorted((a, b) => a - b))
    for (const [index, rate] of rates.entries()) if (index > 0 && rate !== rates[index - 1]) expect(rate / (rates[index - 1] ?? 1)).toBeGreaterThanOrEqual(1.039)
    expect(last()).toMatchObject({ reduced: null, status: { state: 'full', videoKbps: 2500 } })
  })

  it.each([
    ['best-effort', { priority: 'best-effort' as const }], ['WebRTC, which codes for itself', { kind: 'whip' as const }], ['HLS into a folder, which has no line', { kind: 'hls' as const, address: '/srv/hls' }],
  ])('does not let a destination decide that is %s', async (_, destination) => {
    const { congestion, slow, applied } = setUp(destination)
    congestion.start()
    await slow(300)
    expect(applied.map(({ status }) => status?.state)).toEqual(['full'])
  })

  it('lets an upload of HLS decide', async () => {
    const { congestion, slow, last } = setUp({ kind: 'hls', address: 'https://example.com/live/show.m3u8' })
    congestion.start()
    await slow(1200)
    expect(last()?.status).toMatchObject({ state: 'reduced', decidedBy: 'a', lineKbps: 1200 })
  })

  it('asks no more of a line than it is given', async () => {
    const { congestion, slow, clean, applied } = setUp()
    congestion.start()
    await slow(1200, 300)
    expect(applied.map(({ status }) => status?.state)).toEqual(['full'])
    clean()
    await slow(200, 300)
    expect(applied.at(-1)?.status).toMatchObject({ state: 'reduced', lineKbps: 200 })
  })

  it.each([['mix', 'main', 'full'], ['main', 'mix', 'full'], ['aux', 'aux', 'reduced']] as const)('of the %s looks at a line with the %s: %s', async (of, gets, state) => {
    const { congestion, slow, last } = setUp({ content: gets }, of)
    congestion.start()
    await slow(300)
    expect(last()?.status?.state).toBe(state)
  })

  it('does not look at one that is not connected', async () => {
    const { congestion, state, slow, applied } = setUp()
    state.output = 'recovering'
    congestion.start()
    await slow(300)
    expect(applied.map(({ status }) => status?.state)).toEqual(['full'])
  })

  it('changes nothing while it is switched off, and gives everything back when it is', async () => {
    const { congestion, state, slow, clean, applied, last } = setUp()
    state.settings = { enabled: false, floorKbps: 500 }
    congestion.start()
    await slow(1000)
    expect(applied).toEqual([])
    state.settings = { enabled: true, floorKbps: 500 }
    clean()
    await slow(1000)
    expect(last()?.reduced).not.toBeNull()
    state.settings = { enabled: false, floorKbps: 500 }
    congestion.look()
    expect(last()).toEqual({ reduced: null, status: null })
  })

  it('obeys another ceiling when told to look', async () => {
    const { congestion, state, last } = setUp()
    congestion.start()
    state.encoding = { ...DEFAULT_ENCODING, videoKbps: 900 }
    congestion.look()
    expect(last()).toMatchObject({ reduced: null, status: { state: 'full', videoKbps: 900 } })
  })

  it('leaves nothing behind when the show is over', async () => {
    const { congestion, clock, slow, last } = setUp()
    congestion.start()
    await slow(1000)
    congestion.stop()
    expect(last()).toEqual({ reduced: null, status: null })
    expect(clock.pending).toBe(0)
  })
})
