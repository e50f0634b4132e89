import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { EARLY_MS, Sentinel } from './sentinel.ts'

let folder = ''
let clock = new FakeClock()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-sentinel-'))
  clock = new FakeClock()
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const path = () => join(folder, 'studio-open.json')
const start = () => Sentinel.open({ path: path(), version: '1.2.3', pid: 42, clock, log: silentLogger })
const written = async () => JSON.parse(await readFile(path(), 'utf8')) as Record<string, unknown>
/** The studio is gone without a word: what it was still writing is on the disk. */
const cutOff = async (_sentinel: Sentinel, known: Record<string, unknown> = {}) => {
  await expect.poll(written).toMatchObject(known)
}

describe('the sign of an open studio', () => {
  it('is there while the studio is, with what it does, and gone after a clean end', async () => {
    const sentinel = await start()
    expect(sentinel.before).toBeNull()
    expect(await written()).toEqual({ version: '1.2.3', pid: 42, startedAtMs: 1_700_000_000_000, settled: false, earlyEnds: 0, live: null, recordingSinceMs: null })
    sentinel.update({ live: { sinceMs: 5, destinationIds: ['d1'] } })
    sentinel.update({ recordingSinceMs: 7 })
    await expect.poll(written).toMatchObject({ live: { sinceMs: 5, destinationIds: ['d1'] }, recordingSinceMs: 7 })
    await sentinel.close()
    sentinel.update({ recordingSinceMs: 9 })
    expect(await readdir(folder)).toEqual([])
    expect((await start()).before).toBeNull()
  })

  it('tells the next studio what the one before was doing when it was cut off', async () => {
    const first = await start()
    first.update({ live: { sinceMs: 5, destinationIds: ['d1'] } })
    await cutOff(first, { live: { sinceMs: 5 } })
    expect((await start()).before).toMatchObject({ version: '1.2.3', live: { sinceMs: 5, destinationIds: ['d1'] } })
  })

  it('counts studios in a row that were cut off soon after their start, and begins anew after one that was not', async () => {
    await cutOff(await start())
    const second = await start()
    expect(second.earlyEnds).toBe(1)
    await cutOff(second, { earlyEnds: 1 })
    const third = await start()
    expect(third.earlyEnds).toBe(2)
    await clock.advance(EARLY_MS)
    await cutOff(third, { settled: true })
    expect((await start()).earlyEnds).toBe(0)
  })

  it('counts as an unclean end, too, when nothing can be read of it', async () => {
    for (const text of ['', '{"version"', '[1,2]', '{"version":"1","pid":"x"}']) {
      await writeFile(path(), text)
      const sentinel = await start()
      expect([sentinel.before, sentinel.earlyEnds], text).toEqual(['unknown', 0])
    }
  })

  it('costs the studio nothing where it cannot be written', async () => {
    const sentinel = await Sentinel.open({ path: join(path(), 'a', 'b'), version: '1', pid: 1, clock, log: silentLogger })
    await writeFile(path(), '').catch(() => {})
    sentinel.update({ recordingSinceMs: 1 })
    await sentinel.close()
    expect(clock.pending).toBe(0)
  })
})
