import { describe, expect, it } from 'vitest'
import { FakeClock } from '../base/fake-clock.ts'
import { Snapshots } from './snapshots.ts'

const PNG = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3)

function setUp(answer: (snapshotId: string) => string | null) {
  const clock = new FakeClock()
  const snapshots = new Snapshots(clock)
  const asked: string[] = []
  snapshots.wanted.watch(({ snapshotId }) => {
    if (snapshotId === null) return
    asked.push(snapshotId)
    queueMicrotask(() => void snapshots.handlers.snapshot({ snapshotId, png: answer(snapshotId) }))
  })
  return { clock, snapshots, asked }
}

describe('Snapshots', () => {
  it('asks for one after the other and gives each its own answer', async () => {
    const { snapshots, asked, clock } = setUp((id) => Buffer.concat([PNG, Buffer.from(id)]).toString('base64'))
    const taken = await Promise.all([snapshots.take(), snapshots.take()])
    expect(taken.map((png) => png.subarray(PNG.length).toString())).toEqual(asked)
    expect(new Set(asked).size).toBe(2)
    expect([snapshots.wanted.value.snapshotId, clock.pending]).toEqual([null, 0])
  })

  it('says that there is no picture, also when what comes is none', async () => {
    await expect(setUp(() => null).snapshots.take()).rejects.toMatchObject({ reason: 'no-picture' })
    await expect(setUp(() => Buffer.from('<html>').toString('base64')).snapshots.take()).rejects.toMatchObject({ reason: 'no-picture' })
  })

  it('does not wait for ever for a page that is gone, and takes no answer to another question', async () => {
    const clock = new FakeClock()
    const snapshots = new Snapshots(clock)
    const taken = expect(snapshots.take()).rejects.toMatchObject({ reason: 'page-gone' })
    await clock.advance(1000)
    void snapshots.handlers.snapshot({ snapshotId: 'another', png: PNG.toString('base64') })
    await clock.advance(4000)
    await taken
  })
})
