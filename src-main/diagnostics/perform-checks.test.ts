import { describe, expect, it } from 'vitest'
import type { CheckState, Finding } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { performChecks, type RunnableCheck } from '@shared/diagnostics/perform-checks.ts'

const GOOD: Finding = { status: 'pass', code: 'good' }
const log = { info() {}, warn() {} }

function check(name: string, perform: RunnableCheck['perform'], parts: Partial<RunnableCheck> = {}): RunnableCheck {
  return { name, group: 'system', uses: 'nothing', timeoutMs: 1000, perform, ...parts }
}

function begin(checks: RunnableCheck[]) {
  const clock = new FakeClock()
  const cancel = new AbortController()
  const told: CheckState[] = []
  const done = performChecks({ checks, options: {}, clock, log, signal: cancel.signal, onState: (state) => told.push(state) })
  return { clock, cancel, told, done, of: (name: string) => told.filter((each) => each.name === name).map(({ status }) => status) }
}

describe('performChecks', () => {
  it('tells every change, and answers in the order given', async () => {
    const run = begin([check('slow', async ({ clock, signal, progress }) => (progress(0.5, { kbps: 3 }), await clock.sleep(100, signal), GOOD)), check('quick', async () => GOOD)])
    await run.clock.advance(100)
    expect((await run.done).map(({ name }) => name)).toEqual(['slow', 'quick'])
    expect(run.of('slow')).toEqual(['pending', 'running', 'running', 'pass'])
    expect(run.told.find(({ progress }) => progress === 0.5)?.live).toEqual({ kbps: 3 })
    expect(run.told.at(-1)).toMatchObject({ name: 'slow', progress: 1, durationMs: 100, finding: GOOD })
    expect(run.told.at(-1)).not.toHaveProperty('live')
    expect(run.clock.pending).toBe(0)
  })

  it('performs those that use the same thing one after the other, others beside them', async () => {
    const running: string[] = []
    const busy = (name: string, uses: RunnableCheck['uses']) =>
      check(name, async ({ clock, signal }) => (running.push(`${name}+`), await clock.sleep(10, signal), running.push(`${name}-`), GOOD), { uses })
    const run = begin([busy('a', 'line'), busy('b', 'line'), busy('c', 'camera')])
    await run.clock.advance(20)
    await run.done
    expect(running.slice(0, 2).sort()).toEqual(['a+', 'c+'])
    expect(running.indexOf('b+')).toBeGreaterThan(running.indexOf('a-'))
  })

  it('takes a failure as an error of that check alone', async () => {
    const run = begin([check('bad', async () => { throw new StudioError('device-busy', 'NotReadableError') }), check('worse', async () => { throw new TypeError('oh') }), check('good', async () => GOOD)])
    expect((await run.done).map(({ finding }) => finding)).toEqual([
      { status: 'error', code: 'failed', evidence: 'device-busy: NotReadableError' },
      { status: 'error', code: 'failed', evidence: 'unexpected: oh' },
      GOOD,
    ])
  })

  it('calls off what takes too long, and leaves what does not come back', async () => {
    const run = begin([
      check('obedient', ({ clock, signal }) => clock.sleep(60_000, signal).then(() => GOOD), { uses: 'line' }),
      check('deaf', () => new Promise(() => {}), { uses: 'line' }),
      check('last', async () => GOOD, { uses: 'line' }),
    ])
    await run.clock.advance(1000)
    expect(run.of('obedient').at(-1)).toBe('error')
    await run.clock.advance(3000)
    expect((await run.done).map(({ finding }) => finding?.code)).toEqual(['timed-out', 'timed-out', 'good'])
    expect(run.clock.pending).toBe(0)
  })

  it('skips what waits when it is called off', async () => {
    const run = begin([check('first', ({ clock, signal }) => clock.sleep(500, signal).then(() => GOOD), { uses: 'line' }), check('second', async () => GOOD, { uses: 'line' })])
    run.cancel.abort(new StudioError('stopped'))
    expect((await run.done).map(({ status, finding }) => [status, finding?.code])).toEqual([['skipped', 'cancelled'], ['skipped', 'cancelled']])
    expect(run.clock.pending).toBe(0)
  })

  it('hears nothing more of a check that is over', async () => {
    let late: (() => void) | null = null
    const run = begin([check('talks', async ({ progress }) => ((late = () => progress(0.1)), GOOD))])
    await run.done
    const before = run.told.length
    late!()
    expect(run.told).toHaveLength(before)
  })

  it('cuts evidence to what a report takes', async () => {
    const run = begin([check('wordy', async () => ({ ...GOOD, evidence: 'x'.repeat(9000) }))])
    expect((await run.done)[0]?.finding?.evidence).toHaveLength(2000)
  })
})
