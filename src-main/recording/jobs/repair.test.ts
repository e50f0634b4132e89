import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { count, cutOff, hasFfmpeg, makeClip, sourceOf } from './clips-sample.ts'
import { type JobFolder, jobFolder } from './job-folder-sample.ts'
import { repairJob } from './repair-job.ts'

const SLOW = { timeout: 120_000 }
let folder: JobFolder
beforeEach(async () => {
  folder = await jobFolder()
})
afterEach(() => folder.close())

const at = (name: string): string => join(folder.path, name)
const unfinished = (name: string) => sourceOf(folder.path, name, { condition: 'unfinished' })
/** What of the originals waits in the hidden folder. */
const kept = async () => (await readdir(at('.trash'), { recursive: true })).map((name) => name.split('/').at(-1) ?? '').filter((name) => name.includes('.'))

describe.skipIf(!hasFfmpeg)('repairing what was cut off', SLOW, () => {
  // Several places, since each ends in the middle of something else.
  it.each(['mp4', 'mkv', 'flv', 'ts', 'aac'].flatMap((extension) => [0.31, 0.55, 0.777].map((share) => [extension, share] as const)))('%s at %d', async (extension, share) => {
    const name = `it's -课 1.${extension}`
    await makeClip(at(name), { seconds: 8, picture: extension !== 'aac' })
    await cutOff(at(name), share)
    const cut = await readFile(at(name))
    expect(await folder.run(repairJob(folder.parts, [await unfinished(name)]))).toEqual([name])
    const repaired = await count(at(name))
    expect(repaired.complaints).toBe('')
    // A fragment or cluster of 2 s may be lost; an overhead of headers is none of the picture.
    const media = extension === 'aac' ? repaired.samples / 48_000 : repaired.pictures / 30
    expect(media).toBeGreaterThan(8 * share - 2.2)
    expect(media).toBeLessThanOrEqual(8 * share + 0.5)
    if (extension !== 'aac') expect(Math.abs(repaired.samples / 48_000 - repaired.pictures / 30)).toBeLessThan(2.2)
    expect(await kept()).toEqual([name])
    expect((await readFile(join(at('.trash'), (await readdir(at('.trash')))[0] ?? '', name))).equals(cut)).toBe(true)
    expect(await folder.entries()).toMatchObject([{ path: name, finished: true, kind: 'recording' }])
  })

  it('makes an ordinary MP4 whose index is at its beginning', async () => {
    await makeClip(at('a.mp4'), { seconds: 6 })
    await cutOff(at('a.mp4'), 0.7)
    await folder.run(repairJob(folder.parts, [await unfinished('a.mp4')]))
    const bytes = await readFile(at('a.mp4'))
    expect(bytes.indexOf('moof')).toBe(-1)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('keeps the original when nothing can be made of it, and repairs the others', async () => {
    await makeClip(at('a.mp4'), { seconds: 2 })
    const bad = await unfinished('a.mp4')
    await writeFile(at('a.mp4'), Buffer.alloc(5000, 1))
    await makeClip(at('b.mp4'), { seconds: 4 })
    await cutOff(at('b.mp4'), 0.8)
    await expect(folder.run(repairJob(folder.parts, [bad, await unfinished('b.mp4')]))).rejects.toMatchObject({ reason: 'file-job-failed', evidence: expect.stringContaining('1 of 2') as string })
    expect((await readFile(at('a.mp4'))).equals(Buffer.alloc(5000, 1))).toBe(true)
    expect((await count(at('b.mp4'))).complaints).toBe('')
    expect(await kept()).toEqual(['b.mp4'])
  })

  it('keeps the original when the result is too short', async () => {
    await makeClip(at('a.mp4'), { seconds: 2 })
    const source = await unfinished('a.mp4')
    const bytes = await readFile(at('a.mp4'))
    await expect(folder.run(repairJob(folder.parts, [{ ...source, facts: { ...source.facts, durationMs: 60_000 } }]))).rejects.toMatchObject({ reason: 'file-job-failed' })
    expect((await readFile(at('a.mp4'))).equals(bytes)).toBe(true)
    expect((await readdir(folder.path)).sort()).toEqual(['.castwright', 'a.mp4'])
  })

  it('closes a playlist, without the segments that are gone and with the one that was never listed', async () => {
    await makeClip(at('a.m3u8'), { seconds: 8, more: ['-f', 'hls', '-hls_time', '2', '-hls_list_size', '0', '-hls_segment_filename', at('a_%017d.ts')] })
    const whole = await readFile(at('a.m3u8'), 'utf8')
    const lines = whole.split('\n')
    const last = lines.findIndex((line) => line.includes('00003.ts'))
    await writeFile(at('a.m3u8'), lines.slice(0, last - 1).join('\n').replace('#EXT-X-ENDLIST', ''))
    await rm(at('a_00000000000000001.ts'))
    expect(await folder.run(repairJob(folder.parts, [await unfinished('a.m3u8')]))).toEqual(['a.m3u8'])
    const mended = await readFile(at('a.m3u8'), 'utf8')
    expect(mended.match(/a_\d+\.ts/g)).toEqual(['a_00000000000000000.ts', 'a_00000000000000002.ts', 'a_00000000000000003.ts'])
    expect(mended.trim().endsWith('#EXT-X-ENDLIST')).toBe(true)
    expect((await count(at('a.m3u8'))).pictures).toBe(180)
  })
})
