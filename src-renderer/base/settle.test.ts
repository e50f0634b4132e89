import { describe, expect, it } from 'vitest'
import { FakePageClock } from './fake-page-clock.ts'
import { whenSettled } from './settle.ts'

function setUp() {
  const clock = new FakePageClock()
  const runs: number[] = []
  const startMs = clock.now()
  const settling = whenSettled(clock, 500, 2000, () => runs.push(clock.now() - startMs))
  return { clock, runs, settling }
}

describe('whenSettled', () => {
  it('runs once, after changes have stopped', () => {
    const { clock, runs, settling } = setUp()
    settling.touch()
    clock.advance(400)
    settling.touch()
    clock.advance(499)
    expect(runs).toEqual([])
    clock.advance(1)
    expect(runs).toEqual([900])
    clock.advance(10_000)
    expect(runs).toEqual([900])
  })

  it('does not wait for ever while changes go on', () => {
    const { clock, runs, settling } = setUp()
    for (let each = 0; each < 30; each++) {
      settling.touch()
      clock.advance(100)
    }
    expect(runs).toEqual([2000])
  })

  it('flushes what waits, and nothing else', () => {
    const { clock, runs, settling } = setUp()
    settling.flush()
    expect(runs).toEqual([])
    settling.touch()
    settling.flush()
    expect(runs).toEqual([0])
    clock.advance(5000)
    expect(runs).toEqual([0])
    expect(clock.pending).toBe(0)
  })

  it('forgets a waiting run', () => {
    const { clock, runs, settling } = setUp()
    settling.touch()
    settling.cancel()
    clock.advance(5000)
    expect(runs).toEqual([])
  })
})
