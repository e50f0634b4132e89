import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RecordingFormat } from '@shared/domain/recording.ts'
import { count, hasFfmpeg, makeClip, sourceOf } from './clips-sample.ts'
import { convertJob } from './convert-job.ts'
import { type JobFolder, jobFolder } from './job-folder-sample.ts'
import { joinJob } from './join-job.ts'

const SLOW = { timeout: 120_000 }
/** Everything that a name can have and that means something to somebody: quotes, a number pattern, a protocol, an option. */
const AWKWARD = `-it's 课程 "50%d" a:b`

/** Segments are named in playlists, where such characters mean something; the recorder uses none of them. */
const PLAIN = `-it's 课程`

let folder: JobFolder
beforeEach(async () => {
  folder = await jobFolder()
})
afterEach(() => folder.close())

const clip = async (name: string, part: Parameters<typeof makeClip>[1] = { seconds: 2 }): Promise<string> => {
  await mkdir(join(folder.path, name, '..'), { recursive: true })
  await makeClip(join(folder.path, name), part)
  return name
}
const source = (name: string, startedAtMs = 1_000_000) => sourceOf(folder.path, name, { startedAtMs })

describe.skipIf(!hasFfmpeg)('joining', SLOW, () => {
  it.each(['mp4', 'mkv', 'flv', 'ts', 'm3u8'])('%s pieces loses no frame, in the order in which they were recorded', async (extension) => {
    const place = extension === 'm3u8' ? PLAIN : AWKWARD
    const first = await clip(`${place}/room_1.${extension}`)
    const second = await clip(`${place}/room_2.${extension}`, { seconds: 3 })
    const wholes = [await count(join(folder.path, first)), await count(join(folder.path, second))]
    const [path] = await folder.run(joinJob(folder.parts, [await source(second, 2_000_000), await source(first)]))
    expect(path).toBe(`${place}/room_joined.${extension === 'mkv' ? 'mkv' : 'mp4'}`)
    const joined = await count(join(folder.path, path ?? ''))
    expect(joined.pictures).toBe(wholes.reduce((sum, each) => sum + each.pictures, 0))
    expect(joined.complaints).toBe('')
    expect(Math.abs(joined.seconds - 5)).toBeLessThan(0.4)
    expect(await folder.entries()).toMatchObject([{ path, kind: 'joined', finished: true, startedAtMs: 1_000_000 }])
    expect(await readdir(join(folder.path, '.castwright/work'))).toEqual([])
  })

  it('gives a second result another name', async () => {
    const sources = [await source(await clip('a_1.mp4')), await source(await clip('a_2.mp4'), 2_000_000)]
    expect(await folder.run(joinJob(folder.parts, sources))).toEqual(['a_joined.mp4'])
    expect(await folder.run(joinJob(folder.parts, sources))).toEqual(['a_joined (2).mp4'])
  })

  it.each([
    ['another size', 'b.mp4', { seconds: 1, size: '640x360' }, 'width'],
    ['no sound', 'b.mp4', { seconds: 1, tone: null }, 'audio'],
    ['another container', 'b.flv', { seconds: 1 }, 'flv'],
  ])('is refused for %s, in words', async (_what, name, other, evidence) => {
    const sources = [await source(await clip('a.mp4')), await source(await clip(name, other))]
    expect(() => joinJob(folder.parts, sources)).toThrow(expect.objectContaining({ reason: 'pieces-differ', evidence: expect.stringContaining(evidence) as string }) as Error)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const sources = [await source(await clip('a_1.mp4')), await source(await clip('a_2.mp4'), 2_000_000)]
    await expect(folder.run(joinJob(folder.parts, sources), AbortSignal.abort())).rejects.toMatchObject({ reason: 'stopped' })
    expect((await readdir(folder.path)).sort()).toEqual(['.castwright', 'a_1.mp4', 'a_2.mp4'])
    expect(await readdir(join(folder.path, '.castwright/work'))).toEqual([])
  })
})

describe.skipIf(!hasFfmpeg)('converting', SLOW, () => {
  it.each<[string, RecordingFormat, string[]]>([
    ['mp4', 'mkv', ['h264', 'aac']], ['mp4', 'flv', ['h264', 'aac']], ['mp4', 'ts', ['h264', 'aac']], ['mp4', 'aac', ['aac']], ['mkv', 'mp4', ['h264', 'aac']],
    ['flv', 'mp4', ['h264', 'aac']], ['ts', 'mp4', ['h264', 'aac']], ['m3u8', 'mp4', ['h264', 'aac']],
  ])('%s to %s keeps every frame', async (from, format, codecs) => {
    const stem = from === 'm3u8' ? PLAIN : AWKWARD
    const name = await clip(`${stem}.${from}`)
    const before = await count(join(folder.path, name))
    const [path] = await folder.run(convertJob(folder.parts, await source(name), format))
    const after = await count(join(folder.path, path ?? ''))
    expect(path).toBe(`${stem}.${format}`)
    expect([...after.codecs].sort()).toEqual([...codecs].sort())
    if (format !== 'aac') expect(after.pictures).toBe(before.pictures)
    expect(after.complaints).toBe('')
  })

  it('to HLS makes a playlist whose segments are beside it, under names that were free', async () => {
    const name = await clip('show 50%.mp4', { seconds: 14 })
    await writeFile(join(folder.path, 'show 50-_00000.ts'), 'mine')
    const [path] = await folder.run(convertJob(folder.parts, await source(name), 'hls'))
    expect(path).toBe('show 50% (2).m3u8')
    expect(await readFile(join(folder.path, 'show 50-_00000.ts'), 'utf8')).toBe('mine')
    expect((await readdir(folder.path)).filter((each) => each.startsWith('show 50- (2)_'))).toHaveLength(3)
    expect((await count(join(folder.path, path ?? ''))).pictures).toBe(420)
  })

  it('codes anew what the container does not take', async () => {
    const name = await clip('v.mkv', { seconds: 1, more: ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'] })
    const [path] = await folder.run(convertJob(folder.parts, await source(name), 'flv'))
    expect([...(await count(join(folder.path, path ?? ''))).codecs].sort()).toEqual(['aac', 'h264'])
  })

  it('says when FFmpeg is missing, also when it was there a moment ago', async () => {
    const name = await clip('a.mp4')
    await expect(folder.run(convertJob({ ...folder.parts, ffmpeg: () => Promise.resolve(null) }, await source(name), 'mkv'))).rejects.toMatchObject({ reason: 'ffmpeg-missing' })
    await expect(folder.run(convertJob({ ...folder.parts, ffmpeg: () => Promise.resolve('/nowhere/ffmpeg') }, await source(name), 'mkv'))).rejects.toMatchObject({ reason: 'ffmpeg-missing' })
  })

  it('refuses sound of what has none', async () => {
    const silent = await source(await clip('a.mp4', { seconds: 1, tone: null }))
    expect(() => convertJob(folder.parts, silent, 'aac')).toThrow('input-invalid')
  })
})
