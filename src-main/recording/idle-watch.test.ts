import { describe, expect, it } from 'vitest'
import type { SourceStatus } from '@shared/domain/source.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { IdleWatch, isActive } from './idle-watch.ts'

const source = (condition: SourceStatus['condition'], width = 1280): SourceStatus => ({
  sourceId: 'camera', condition, width, height: width, frameRate: null, hasAudio: false, label: '', evidence: '',
})

describe('the idle end', () => {
  it('counts a picture of any source or sound above -60 dBFS as activity', () => {
    expect(isActive({ soundDbfs: -100 }, [source('ended'), source('active')])).toBe(true)
    expect(isActive({ soundDbfs: -59 }, [source('ended')])).toBe(true)
    expect(isActive({ soundDbfs: -61 }, [source('ended'), source('active', 0)])).toBe(false)
    expect(isActive(null, [source('active')])).toBe(false)
    expect(isActive({}, [])).toBe(true)
  })

  it('comes when there was none for as long as is set, counted from the last', async () => {
    const clock = new FakeClock()
    const idle: number[] = []
    let sources = [source('active')]
    const watch = new IdleWatch({ clock, figures: () => ({ soundDbfs: -100 }), sources: () => sources, maxIdleMs: () => 30_000, onIdle: (ms) => idle.push(ms) })
    await clock.advance(60_000)
    sources = [source('missing', 0)]
    await clock.advance(29_000)
    sources = [source('active')]
    await clock.advance(1000)
    sources = []
    await clock.advance(29_000)
    expect(idle).toEqual([])
    await clock.advance(1000)
    expect(idle).toEqual([30_000])
    watch.close()
    expect(clock.pending).toBe(0)
  })
})
