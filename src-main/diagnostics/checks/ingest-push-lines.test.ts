import { describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { ingestData, type IngestStep } from '@shared/domain/ingest-push.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { Secret } from '../../base/secret.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import { FakeLine } from '../ingest/fake-line.ts'
import { ingestPush } from './ingest-push.ts'

/** SRT, because it has no connections to be counted beside it. */
const to = (id: string, kind: 'srt' | 'whip' | 'rehearsal' = 'srt', enabled = true): OutputTarget => ({
  destination: newDestination({ id, name: id, kind, address: { srt: 'srt://10.0.0.9:9000', whip: 'https://h.example/whip', rehearsal: '' }[kind], enabled }), key: new Secret(''), passphrase: new Secret(''),
})

/** The whole check at its usual times, minutes of them in a moment. */
async function perform(line: FakeLine, targets: OutputTarget[], videoKbps = DEFAULT_ENCODING.videoKbps, options: DiagnosticOptions = {}, isLive = false) {
  const clock = new FakeClock()
  const check = ingestPush({ clock, targets: () => targets, push: line.run, lookUp: async () => [], isLive: () => isLive, encoding: () => ({ ...DEFAULT_ENCODING, videoKbps }) })
  let fraction = 0
  const run = { over: false }
  const performed = check.perform({ clock, signal: new AbortController().signal, options, log: { info() {}, warn() {} }, progress: (done) => (fraction = done) }).finally(() => (run.over = true))
  const beganMs = clock.now()
  while (!run.over) await clock.advance(100)
  const finding = await performed
  expect(line.open).toBe(0)
  expect(clock.pending).toBe(0)
  return { finding, data: ingestData.parse(finding.data ?? NOTHING), tookMs: clock.now() - beganMs, fraction }
}
const NOTHING = { perDestination: [], togetherKbps: null, sharing: 0, recommended: null }
const tried = (steps: readonly IngestStep[]) => steps.map(({ targetKbps }) => targetKbps)

describe('a line to one destination', () => {
  it.each([700, 1800, 3000, 5000, 9000])('of %i kbit/s is measured within a tenth', async (kbps) => {
    const { data } = await perform(new FakeLine(kbps), [to('a')])
    const [one] = data.perDestination
    expect(one!.bestKbps).toBeGreaterThan(kbps * 0.9)
    expect(one!.bestKbps).toBeLessThan(kbps * 1.02)
    expect(one).toMatchObject({ outcome: 'measured', lineLimited: true, ackLagMs: 12, stages: { handshakeMs: 20, publishMs: 30 } })
    expect(one!.p10Kbps! / one!.meanKbps!).toBeGreaterThan(0.9)
  })

  it('with room for the show is said to be enough, and nothing needs to be done', async () => {
    const { finding, data, tookMs } = await perform(new FakeLine(5000), [to('a')])
    expect(finding).toMatchObject({ status: 'pass', code: 'enough' })
    expect(finding.actions).toBeUndefined()
    expect(data.recommended).toMatchObject({ width: 1280, height: 720, frameRate: 30, presetId: null })
    expect(data.recommended!.kbps).toBeGreaterThanOrEqual(2500)
    expect(tookMs).toBeLessThan(30_000)
  })

  it.each([['tight', 'warn', 3300], ['narrow', 'fail', 2600]] as const)('that is %s is told as one, with a preset that fits', async (code, status, kbps) => {
    const { finding, data } = await perform(new FakeLine(kbps), [to('a')])
    expect(finding).toMatchObject({ status, code, actions: ['apply-preset'], about: 'mixed:1280x720' })
    expect(data.recommended!.kbps).toBeLessThanOrEqual(data.perDestination[0]!.bestKbps! * 0.77)
  })

  it('that takes all that is tried may take more: who wants more is told that this is not known', async () => {
    const { finding, data, tookMs } = await perform(new FakeLine(100_000), [to('a')], 10_000)
    expect(tried(data.perDestination[0]!.steps)).toEqual([2500, 4000, 6000, 8000, 10_000, 12_000, 10_200])
    expect(finding).toMatchObject({ status: 'warn', code: 'untried' })
    expect(tookMs).toBeLessThan(45_000)
  })

  it('is held for as long as was asked for', async () => {
    const [short, long] = [await perform(new FakeLine(3000), [to('a')], 1000, { seconds: 2 }), await perform(new FakeLine(3000), [to('a')], 1000, { seconds: 12 })]
    expect(long.tookMs - short.tookMs).toBe(10_000)
  })

  it('whose server goes at a higher rate keeps what held before, and why', async () => {
    const line = new FakeLine(50_000)
    line.breaksAboveKbps = 5000
    const { data } = await perform(line, [to('a')])
    expect(data.perDestination[0]).toMatchObject({ outcome: 'measured', bestKbps: 4000, reason: 'server-closed', lineLimited: true })
  })

  it('whose server goes at every rate has failed', async () => {
    const line = new FakeLine(50_000)
    line.breaksAboveKbps = 100
    const { finding, data } = await perform(line, [to('a')])
    expect(finding).toMatchObject({ status: 'fail', code: 'broke', evidence: 'server-closed: too much' })
    expect(data.perDestination[0]).toMatchObject({ outcome: 'failed', bestKbps: null })
  })
})

describe('a line to several destinations', () => {
  it('is shared out: each alone takes what together they do not', async () => {
    const { finding, data } = await perform(new FakeLine(5000), [to('a'), to('b')])
    expect(data.perDestination.every(({ bestKbps }) => bestKbps! > 4500)).toBe(true)
    expect(data.sharing).toBe(2)
    expect(data.togetherKbps).toBeGreaterThan(4500)
    expect(data.togetherKbps).toBeLessThan(5100)
    expect(finding).toMatchObject({ status: 'fail', code: 'narrow' })
    expect(data.recommended!.kbps).toBeLessThanOrEqual((data.togetherKbps! / 2) * 0.7 - DEFAULT_ENCODING.audioKbps)
  })

  it('that is wide carries them all at once', async () => {
    const { finding, data } = await perform(new FakeLine(40_000), [to('a'), to('b')], 6000)
    expect(data.togetherKbps).toBeGreaterThan(23_000)
    expect(finding).toMatchObject({ status: 'pass', code: 'enough' })
  })

  it('allows for those that are switched on and cannot be tried, and for nothing that stays here', async () => {
    const { finding, data } = await perform(new FakeLine(9000), [to('a'), to('w', 'whip'), to('off', 'srt', false), to('here', 'rehearsal', false)])
    expect(data.sharing).toBe(2)
    expect(data.perDestination.map(({ outcome }) => outcome)).toEqual(['measured', 'kind-unsupported'])
    expect(finding).toMatchObject({ status: 'pass', code: 'enough-partly', params: { count: 1 } })
    expect(data.recommended!.kbps).toBeLessThanOrEqual(4500 * 0.7)
  })

  it('is not told by the built-in server, which is not at its other end', async () => {
    const alone = await perform(new FakeLine(50_000), [to('here', 'rehearsal')])
    expect(alone.finding).toMatchObject({ status: 'pass', code: 'rehearsal', params: { kbps: 12_000 } })
    expect(alone.data.recommended).toBe(null)
    const both = await perform(new FakeLine(3300), [to('here', 'rehearsal'), to('a')])
    expect(both.finding).toMatchObject({ status: 'warn', code: 'tight' })
    expect(both.data.sharing).toBe(1)
  })

  it('is left to the show while one is live', async () => {
    const line = new FakeLine(9000)
    expect((await perform(line, [to('a')], 2500, { agreed: ['while-live'] }, true)).finding).toMatchObject({ status: 'skipped', code: 'live' })
    expect(line.arrived.size).toBe(0)
  })

  it('that can none of them be tried is left alone', async () => {
    const line = new FakeLine(9000)
    expect((await perform(line, [to('w', 'whip')])).finding).toMatchObject({ status: 'skipped', code: 'not-supported' })
    expect(line.arrived.size).toBe(0)
  })
})
