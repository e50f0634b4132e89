import { describe, expect, it } from 'vitest'
import { FakeClock } from '../base/fake-clock.ts'
import { DISK_RESERVE_BYTES, DiskWatch } from './disk-watch.ts'
import { FakeDisk } from './fake-disk.ts'

function setUp(bytesPerSecond: number) {
  const clock = new FakeClock()
  const disk = new FakeDisk()
  const beganMs = clock.monotonicMs()
  const told = { low: [] as number[], full: [] as number[] }
  const watch = new DiskWatch({
    disk, clock, folder: '/recordings',
    bytes: () => ((clock.monotonicMs() - beganMs) / 1000) * bytesPerSecond,
    onLow: (minutes) => told.low.push(minutes),
    onFull: (freeBytes) => told.full.push(freeBytes),
  })
  return { clock, disk, told, watch }
}

describe('DiskWatch', () => {
  it('says how long the room lasts at the present rate, down to the reserve', async () => {
    const { clock, disk, watch, told } = setUp(1_000_000)
    disk.freeNow = DISK_RESERVE_BYTES + 60 * 60_000_000
    await clock.advance(1000)
    expect([watch.freeBytes, watch.minutesLeft]).toEqual([disk.freeNow, null])
    await clock.advance(9000)
    expect(watch.minutesLeft).toBeCloseTo(60, 5)
    expect(told).toEqual({ low: [], full: [] })
  })

  it('warns once at 10 min, and again only after there was more room', async () => {
    const { clock, disk, told } = setUp(1_000_000)
    const minutes = (count: number) => DISK_RESERVE_BYTES + count * 60_000_000
    disk.freeNow = minutes(11)
    await clock.advance(5000)
    expect(told.low).toEqual([])
    disk.freeNow = minutes(9)
    await clock.advance(5000)
    disk.freeNow = minutes(12)
    await clock.advance(2000)
    disk.freeNow = minutes(8)
    await clock.advance(5000)
    expect(told.low.map(Math.round)).toEqual([9])
    disk.freeNow = minutes(20)
    await clock.advance(2000)
    disk.freeNow = minutes(8)
    await clock.advance(2000)
    expect(told.low.map(Math.round)).toEqual([9, 8])
  })

  it('tells that the reserve is reached, whatever the rate', async () => {
    const { clock, disk, told, watch } = setUp(0)
    disk.freeNow = DISK_RESERVE_BYTES + 1
    await clock.advance(2000)
    expect(told.full).toEqual([])
    disk.freeNow = DISK_RESERVE_BYTES
    await clock.advance(1000)
    expect(told.full).toEqual([DISK_RESERVE_BYTES])
    watch.close()
    await clock.advance(5000)
    expect(told.full).toHaveLength(1)
    expect(clock.pending).toBe(0)
  })
})
