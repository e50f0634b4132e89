import { describe, expect, it } from 'vitest'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { keepWindow } from './window-keeper.ts'

function setUp(reload: () => Promise<void> = async () => {}) {
  const clock = new FakeClock()
  const startMs = clock.now()
  const stop = new AbortController()
  const reloads: number[] = []
  let gone = (_evidence: string): void => {}
  const window = {
    reload: () => {
      reloads.push(clock.now() - startMs)
      return reload()
    },
    onGone: (handler: (evidence: string) => void) => void (gone = handler),
  }
  keepWindow(window, clock, silentLogger, stop.signal)
  return { clock, stop, reloads, crash: () => gone('crashed') }
}

describe('keepWindow', () => {
  it('loads a lost page anew at once, and rests before the next time', async () => {
    const { clock, reloads, crash } = setUp()
    crash()
    await clock.advance(500)
    crash()
    await clock.advance(5000)
    crash()
    await clock.advance(0)
    expect(reloads).toEqual([0, 2000, 5500])
  })

  it('does not begin a second reload during the first', async () => {
    const { clock, reloads, crash } = setUp(() => new Promise(() => {}))
    crash()
    crash()
    await clock.advance(10_000)
    expect(reloads).toEqual([0])
  })

  it('goes on after a reload that failed, and leaves it when the studio ends', async () => {
    const { clock, stop, reloads, crash } = setUp(() => Promise.reject(new Error('no browser')))
    crash()
    await clock.advance(3000)
    crash()
    await clock.advance(0)
    expect(reloads).toEqual([0, 3000])
    stop.abort()
    crash()
    await clock.advance(10_000)
    expect(reloads).toHaveLength(2)
    expect(clock.pending).toBe(0)
  })
})
