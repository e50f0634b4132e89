import { describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { FakeDisk } from './fake-disk.ts'
import { RecordingWriter } from './recording-writer.ts'

const PATH = '/recordings/a.ts'

async function setUp() {
  const clock = new FakeClock()
  const disk = new FakeDisk()
  const failures: StudioError[] = []
  const writer = await RecordingWriter.create(PATH, { disk, clock, onFailure: (failure) => failures.push(failure) })
  return { clock, disk, failures, writer, written: () => disk.files.get(PATH)?.toString() }
}
const bytes = (text: string) => [Buffer.from(text)]

describe('RecordingWriter', () => {
  it('writes the first bytes at once and what comes then within 200 ms, and brings it to the disk within a second', async () => {
    const { clock, disk, writer, written } = await setUp()
    writer.append(bytes('one '))
    expect([written(), writer.queuedBytes, writer.sizeBytes]).toEqual(['', 4, 4])
    await clock.advance(0)
    expect(written()).toBe('one ')
    writer.append(bytes('two'))
    await clock.advance(100)
    expect([written(), writer.queuedBytes, writer.sizeBytes]).toEqual(['one ', 3, 7])
    await clock.advance(100)
    expect([written(), writer.queuedBytes, writer.sizeBytes]).toEqual(['one two', 0, 7])
    await clock.advance(800)
    expect(disk.syncs).toBe(1)
    await clock.advance(5000)
    expect(disk.syncs).toBe(1)
  })

  it('puts patches over what is there when it closes, and leaves no timer behind', async () => {
    const { clock, disk, writer, written } = await setUp()
    writer.append(bytes('size ???? end'))
    await writer.close([{ at: 5, bytes: Buffer.from('0013') }])
    expect(written()).toBe('size 0013 end')
    expect([disk.syncs, clock.pending]).toEqual([2, 0])
    writer.append(bytes('late'))
    expect(writer.queuedBytes).toBe(0)
  })

  it('queues while the disk stands still, and loses nothing', async () => {
    const { clock, disk, writer, written } = await setUp()
    let go = () => {}
    disk.standsStill = new Promise((resolve) => (go = resolve))
    writer.append(bytes('a'))
    await clock.advance(1000)
    writer.append(bytes('b'))
    await clock.advance(5000)
    expect([written(), writer.queuedBytes]).toEqual(['', 2])
    disk.standsStill = null
    go()
    await clock.advance(400)
    expect([written(), writer.queuedBytes]).toEqual(['ab', 0])
  })

  it.each([['ENOSPC', 'disk-full'], ['EIO', 'recording-failed']])('tells %s once as %s and takes nothing more', async (code, reason) => {
    const { clock, disk, failures, writer } = await setUp()
    disk.failNext = code
    writer.append(bytes('a'))
    await clock.advance(200)
    writer.append(bytes('b'))
    await clock.advance(1000)
    await writer.close([{ at: 0, bytes: Buffer.from('x') }])
    expect(failures.map((failure) => failure.reason)).toEqual([reason])
    expect(writer.queuedBytes).toBe(0)
  })
})
