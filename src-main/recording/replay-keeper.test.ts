import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_RECORDING_SETTINGS } from '@shared/domain/recording.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { systemDisk } from './disk.ts'
import { DISK_RESERVE_BYTES } from './disk-watch.ts'
import { sampleProgram } from './fake-recording.ts'
import { Manifests } from './manifests.ts'
import { ReplayKeeper } from './replay-keeper.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castwright-replay-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function setUp(freeBytes: number) {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const disk = { ...systemDisk, freeNow: freeBytes, freeBytes: async () => disk.freeNow }
  const settings = { ...DEFAULT_RECORDING_SETTINGS, replaySeconds: 30 }
  const keeper = new ReplayKeeper({
    clock, disk, logger: silentLogger, manifests: new Manifests(), settings: () => settings, folder: () => root, showRun: () => ({ showRunId: 'run', name: '', startedAtMs: 0 }),
    program: { bus: () => bus, want: () => () => {}, figures: () => null, sources: () => [] },
  })
  keeper.look()
  const { headers, packets } = sampleProgram(3)
  bus.publishHeaders(headers)
  for (const packet of packets) {
    bus.publish(packet)
    await new Promise((resolve) => setImmediate(resolve))
  }
  const bytes = packets.reduce((sum, { data }) => sum + data.byteLength, 0)
  await expect.poll(() => keeper.bytes).toBe(bytes)
  return { keeper, disk, bytes }
}

describe('ReplayKeeper', () => {
  it('refuses a replay that would take of the room that is kept free, and begins no file', async () => {
    const { keeper, disk, bytes } = await setUp(DISK_RESERVE_BYTES + 1)
    await expect(keeper.save()).rejects.toMatchObject({ reason: 'disk-full' })
    disk.freeNow = DISK_RESERVE_BYTES + bytes
    await expect(keeper.save()).rejects.toMatchObject({ reason: 'disk-full' })
    expect(await readdir(root)).toEqual([])
    keeper.close()
  })

  it('needs no more than it said', async () => {
    const { keeper, disk, bytes } = await setUp(DISK_RESERVE_BYTES)
    disk.freeNow = DISK_RESERVE_BYTES + Math.ceil(bytes * 1.5)
    const { path } = await keeper.save()
    const { size } = await stat(join(root, path))
    expect(size).toBeGreaterThan(bytes)
    expect(size).toBeLessThan(bytes * 1.5)
    keeper.close()
  })
})
