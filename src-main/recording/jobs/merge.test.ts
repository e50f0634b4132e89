import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blackAndSilent, count, hasFfmpeg, makeClip, sourceOf } from './clips-sample.ts'
import { type JobFolder, jobFolder } from './job-folder-sample.ts'
import { mergeJob } from './merge-job.ts'
import type { MergeOptions } from './merge-plan.ts'

const SLOW = { timeout: 180_000 }
const OPTIONS: MergeOptions = { mode: 'merge', gaps: 'fill', sound: 'main', frameRate: 15, width: 320, height: 180 }
const START = 1_700_000_000_000

let folder: JobFolder
beforeEach(async () => {
  folder = await jobFolder()
})
afterEach(() => folder.close())

/** A piece of a user's stream that begins `atSeconds` into the show. */
async function piece(atSeconds: number, seconds: number, { user = 'bWU.', media = 'main', content = 'video', extension = 'mp4', ...clip }: Partial<Parameters<typeof makeClip>[1]> & { user?: string; media?: string; content?: string; extension?: string } = {}) {
  const name = `1400_room__UserId_s_${user}__UserId_e_${media}_${content}_${atSeconds + 1}.${extension}`
  await makeClip(join(folder.path, name), { seconds, ...clip })
  return sourceOf(folder.path, name, { startedAtMs: START + atSeconds * 1000 })
}
const result = async (options: Partial<MergeOptions>, sources: Awaited<ReturnType<typeof piece>>[]) => folder.run(mergeJob(folder.parts, sources, { ...OPTIONS, ...options }))
const at = (path = '') => join(folder.path, path)

describe.skipIf(!hasFfmpeg)('merging', SLOW, () => {
  it('fills gaps with black and silence, to the frame', async () => {
    const paths = await result({}, [await piece(10, 2), await piece(0, 3)])
    expect(paths).toEqual([`bWU._${START}_av.mp4`])
    const merged = await count(at(paths[0]))
    expect(merged).toMatchObject({ pictures: 180, width: 320, height: 180, frameRate: '15/1', complaints: '' })
    expect(Math.abs(merged.seconds - 12)).toBeLessThan(0.15)
    const { black, silent } = await blackAndSilent(at(paths[0]))
    expect(Math.abs(black - 7)).toBeLessThan(0.25)
    expect(Math.abs(silent - 7)).toBeLessThan(0.25)
    expect(await folder.entries()).toMatchObject([{ path: paths[0], kind: 'merged', startedAtMs: START, width: 320 }])
  })

  it('drops gaps when asked to', async () => {
    const [path] = await result({ gaps: 'drop' }, [await piece(0, 3), await piece(10, 2)])
    // A piece is as long as its sound, which ends up to a packet (21 ms) behind its picture.
    expect([75, 76]).toContain((await count(at(path))).pictures)
    expect(await blackAndSilent(at(path))).toEqual({ black: 0, silent: 0 })
  })

  it('makes one file per run in segments mode', async () => {
    const paths = await result({ mode: 'segments' }, [await piece(0, 2), await piece(30, 1)])
    expect(paths).toEqual([`bWU._${START}_av.mp4`, `bWU._${START + 30_000}_av.mp4`])
    expect(await Promise.all(paths.map(async (path) => (await count(at(path))).pictures))).toEqual([30, 15])
  })

  it('fits other sizes and rates in, with sound and picture of different files', async () => {
    const paths = await result({ frameRate: 500, width: 400, height: 400 }, [
      await piece(1, 2, { tone: null, size: '640x360', frameRate: 10 }), await piece(0, 4, { content: 'audio', extension: 'aac', picture: false }),
    ])
    const merged = await count(at(paths[0]))
    expect(Math.abs(merged.pictures / 120 - 4)).toBeLessThan(0.07)
    expect(merged).toMatchObject({ width: 400, height: 400, frameRate: '120/1', complaints: '' })
    const { black, silent } = await blackAndSilent(at(paths[0]))
    expect(Math.abs(black - 2)).toBeLessThan(0.25)
    expect(silent).toBe(0)
  })

  it('makes a file of sound where there is only sound', async () => {
    const paths = await result({}, [await piece(0, 2, { content: 'audio', picture: false }), await piece(4, 2, { content: 'audio', picture: false })])
    expect(paths).toEqual([`bWU._${START}.m4a`])
    const merged = await count(at(paths[0]))
    expect(merged).toMatchObject({ codecs: ['aac'], pictures: 0, complaints: '' })
    expect(Math.abs(merged.seconds - 6)).toBeLessThan(0.15)
  })

  it('takes what can be joined no other way: another size, another container', async () => {
    const [path] = await result({}, [await piece(0, 2, { size: '640x360' }), await piece(2, 2, { extension: 'flv' }), await piece(4, 2, { extension: 'ts' })])
    const merged = await count(at(path))
    expect(merged).toMatchObject({ pictures: 90, complaints: '' })
    expect((await blackAndSilent(at(path))).black).toBe(0)
  })
})
