import { describe, expect, it } from 'vitest'
import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Source, SourceStatus } from '@shared/domain/source.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'
import { AutomaticStart } from './automatic-start.ts'
import { pictureIsOn } from './picture-on.ts'

function setUp() {
  const clock = new FakeClock()
  const status = new Topic({ live: false } as BroadcastStatus)
  const now = { enabled: true, picture: false, failing: null as StudioError | null }
  const startsAtMs: number[] = []
  const goLive = async () => {
    startsAtMs.push(clock.monotonicMs())
    if (now.failing) throw now.failing
    status.set({ ...status.value, live: true })
  }
  const automatic = new AutomaticStart({ session: { status, goLive }, enabled: () => now.enabled, pictureIsOn: () => now.picture, clock, logger: silentLogger })
  return { clock, status, now, startsAtMs, automatic, end: () => status.set({ ...status.value, live: false }) }
}

describe('AutomaticStart', () => {
  it('goes live within 3 s of a picture, once', async () => {
    const { clock, now, startsAtMs, status } = setUp()
    await clock.advance(10_000)
    expect(startsAtMs).toEqual([])
    now.picture = true
    await clock.advance(3000)
    expect(startsAtMs).toHaveLength(1)
    expect(status.value.live).toBe(true)
    await clock.advance(60_000)
    expect(startsAtMs).toHaveLength(1)
  })

  it('tries again every 5 s when it fails', async () => {
    const { clock, now, startsAtMs } = setUp()
    now.picture = true
    now.failing = new StudioError('no-destination')
    await clock.advance(16_000)
    expect(startsAtMs.slice(1).map((atMs, index) => atMs - (startsAtMs[index] ?? 0))).toEqual([5000, 5000, 5000])
    now.failing = null
    await clock.advance(5000)
    expect(startsAtMs).toHaveLength(5)
  })

  it('does not take a window that reloads, or a camera that starts anew, for the wish to be on air again', async () => {
    const { clock, now, startsAtMs, status, end } = setUp()
    now.picture = true
    await clock.advance(1000)
    end()
    for (const offMs of [500, 3000, 8000]) {
      now.picture = false
      await clock.advance(offMs)
      now.picture = true
      await clock.advance(20_000)
    }
    expect(startsAtMs).toHaveLength(1)
    expect(status.value.live).toBe(false)
  })

  it('leaves a show ended that the user has ended, until the picture has been off', async () => {
    const { clock, now, startsAtMs, end } = setUp()
    now.picture = true
    await clock.advance(1000)
    end()
    await clock.advance(60_000)
    expect(startsAtMs).toHaveLength(1)
    now.picture = false
    await clock.advance(11_000)
    now.picture = true
    await clock.advance(1000)
    expect(startsAtMs).toHaveLength(2)
  })

  it('does nothing while it is off, and nothing after its end', async () => {
    const { clock, now, startsAtMs, automatic } = setUp()
    now.enabled = false
    now.picture = true
    await clock.advance(10_000)
    expect(startsAtMs).toEqual([])
    await automatic.close()
    now.enabled = true
    await clock.advance(10_000)
    expect(startsAtMs).toEqual([])
  })
})

describe('pictureIsOn', () => {
  const sources = [{ id: 'c', kind: 'camera' }, { id: 'p', kind: 'test-pattern' }, { id: 'm', kind: 'microphone' }] as Source[]
  const status = (sourceId: string, condition: SourceStatus['condition'] = 'active') => ({ sourceId, condition }) as SourceStatus

  it.each([
    [[], false, false],
    [[status('m')], false, false],
    [[status('p')], true, false],
    [[status('c', 'starting')], false, false],
    [[status('c'), status('m')], true, true],
    [[status('gone')], false, false],
  ] as const)('judges %j', (statuses, any, device) => {
    expect(pictureIsOn(statuses, sources)).toBe(any)
    expect(pictureIsOn(statuses, sources, { devicesOnly: true })).toBe(device)
  })
})
