import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { findProcess } from '../../process/find-process.ts'
import { Topic } from '../../rpc/topic.ts'
import { count, cutOff, hasFfmpeg, makeClip } from '../jobs/clips-sample.ts'
import { type JobFolder, jobFolder } from '../jobs/job-folder-sample.ts'
import type { ManifestFile } from '../manifest.ts'
import { sampleProgram, toMux } from '../fake-recording.ts'
import { Manifests } from '../manifests.ts'
import { openMuxer } from '../muxers/open-muxer.ts'
import { writeMark } from '../sharing/studio-mark.ts'
import { Recordings } from './recordings.ts'

let folder: JobFolder
let open: Recordings[]
beforeEach(async () => {
  folder = await jobFolder()
  open = []
})
afterEach(async () => {
  for (const each of open) await each.close()
  await folder.close()
})

const at = (path: string): string => join(folder.path, path)
const writing = new Topic<ReadonlySet<string>>(new Set())

function start(ffmpeg: string | null = 'ffmpeg') {
  const notices: StudioError[] = []
  const revealed: string[] = []
  const recordings = new Recordings({
    folder: new Topic(folder.path), writing, manifests: new Manifests(), identity: { newId: randomUUID, hostName: 'here', pid: process.pid, find: findProcess }, ffmpeg: () => Promise.resolve(ffmpeg), clock: systemClock, log: silentLogger,
    reveal: (path) => Promise.resolve(void revealed.push(path)), moveToTrash: () => Promise.resolve(false), onNotice: (notice) => notices.push(notice),
  })
  open.push(recordings)
  return { recordings, notices, revealed, files: () => recordings.topics.shows.value.flatMap(({ files }) => files), until: (condition: () => boolean) => expect.poll(condition, { timeout: 30_000 }).toBe(true) }
}

async function inManifest(...files: Partial<ManifestFile>[]): Promise<void> {
  await new Manifests().update(folder.path, { showRunId: 'run-1', name: 'Physics', startedAtMs: 1000 }, () =>
    files.map((file) => ({ path: '', format: 'mp4' as const, kind: 'recording' as const, startedAtMs: 1000, finished: true, durationMs: null, sizeBytes: null, width: null, height: null, chapters: [], ...file })))
}

describe('the library', () => {
  it('finds files as they come and go, and what belongs to playlists is not listed', async () => {
    const { recordings, files, until } = start()
    await until(() => !recordings.topics.folder.value.scanning)
    await mkdir(at('p'))
    await until(() => recordings.topics.shows.value.length === 0)
    await writeFile(at('a.png'), 'x')
    await until(() => files().length === 1)
    await writeFile(at('p/a_1.ts'), 'x')
    await writeFile(at('p/a.m3u8'), '#EXTM3U\n#EXTINF:2,\na_1.ts\n')
    await recordings.handlers.refresh({})
    expect(files().map(({ path }) => path).sort()).toEqual(['a.png', 'p/a.m3u8'])
    // Begun, and empty yet: no recording.
    await writeFile(at('p/empty.mp4'), '')
    await recordings.handlers.refresh({})
    expect(files()).toHaveLength(2)
    await rm(at('a.png'))
    await until(() => files().length === 1)
  })

  it('never leads out of its folder', async () => {
    const { recordings } = start()
    await symlink('/etc/passwd', at('link.mp4'))
    await writeFile(at('a.mp4'), 'x')
    await recordings.handlers.refresh({})
    expect(await recordings.find('a.mp4')).toEqual({ path: at('a.mp4'), mimeType: 'video/mp4' })
    for (const path of ['link.mp4', '../a.mp4', 'a/../../a.mp4', '/etc/passwd', '.castwright/run-1.json', '.trash/a.mp4', 'a.exe', '']) expect(await recordings.find(path), path).toBeNull()
    await expect(recordings.handlers.reveal({ path: '../a.mp4' })).rejects.toMatchObject({ reason: 'input-invalid' })
    await expect(recordings.handlers.trash({ paths: ['../a.mp4'] })).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('moves a playlist with its segments, and brings both back', async () => {
    const { recordings, files } = start()
    await writeFile(at('a_1.ts'), 'x')
    await writeFile(at('a.m3u8'), '#EXTM3U\n#EXTINF:2,\na_1.ts\n')
    await recordings.handlers.refresh({})
    await recordings.handlers.trash({ paths: ['a.m3u8'] })
    expect((await readdir(folder.path)).filter((name) => !name.startsWith('.'))).toEqual([])
    expect(files()).toEqual([])
    expect(recordings.topics.folder.value.undoable).toBe(1)
    await recordings.handlers.undoTrash({})
    expect(files().map(({ path }) => path)).toEqual(['a.m3u8'])
  })

  it('leaves what is being written alone', async () => {
    await writeFile(at('now.mp4'), 'x')
    writing.set(new Set(['now.mp4']))
    const { recordings, files } = start()
    await recordings.handlers.refresh({})
    expect(files()[0]?.condition).toBe('writing')
    await expect(recordings.handlers.trash({ paths: ['now.mp4'] })).rejects.toMatchObject({ reason: 'already-recording' })
    await expect(recordings.handlers.repair({ paths: ['now.mp4'] })).rejects.toMatchObject({ reason: 'already-recording' })
    writing.set(new Set())
  })

  it('says where the button is that FFmpeg is missing', async () => {
    const { recordings } = start(null)
    await makeClip(at('a.mp4'), { seconds: 1 })
    await recordings.handlers.refresh({})
    expect(recordings.topics.folder.value.hasFfmpeg).toBe(false)
    await expect(recordings.handlers.convert({ path: 'a.mp4', format: 'mkv' })).rejects.toMatchObject({ reason: 'ffmpeg-missing' })
  })
})

describe.skipIf(!hasFfmpeg)('what a crash left', { timeout: 90_000 }, () => {
  it('is repaired at start, told, and good afterwards', async () => {
    await makeClip(at('a_1.mp4'), { seconds: 6 })
    await cutOff(at('a_1.mp4'), 0.6)
    await mkdir(at('.castwright/work/job-x'), { recursive: true })
    await writeFile(at('.castwright/work/job-x/half.mp4'), 'x')
    await inManifest({ path: 'a_1.mp4', finished: false })
    const { recordings, notices, files, until } = start()
    await until(() => notices.length > 0)
    expect(notices).toMatchObject([{ reason: 'recording-repaired', evidence: 'a_1.mp4' }])
    expect(recordings.topics.jobs.value).toMatchObject([{ kind: 'repair', state: 'done' }])
    await until(() => files()[0]?.condition === 'good')
    expect((await count(at('a_1.mp4'))).complaints).toBe('')
    expect(await readdir(at('.castwright/work'))).toEqual([])
    // The next start has nothing to do.
    const again = start()
    await again.recordings.handlers.refresh({})
    expect(again.recordings.topics.jobs.value).toEqual([])
  })

  it('is repaired without FFmpeg when the studio has written it, and what never got a frame is gone', async () => {
    const { headers, packets } = sampleProgram(3)
    const muxer = openMuxer('mp4', { tracks: headers, startedAtMs: 1000 })
    await writeFile(at('own.mp4'), Buffer.concat([...muxer.begin(), ...packets.flatMap((packet) => muxer.add(toMux(packet)))]).subarray(0, -1000))
    await writeFile(at('A_R.m3u8'), '#EXTM3U\n')
    await writeFile(at('A_R_20260727101112345.ts'), '')
    await inManifest({ path: 'own.mp4', finished: false, chapters: [{ atMs: 500, name: 'One' }], stream: { userId: 'ann', media: 'main' } }, { path: 'A_R.m3u8', format: 'hls', finished: false })
    const { notices, files, until } = start(null)
    await until(() => notices.length > 0)
    expect(notices).toMatchObject([{ reason: 'recording-repaired', evidence: 'own.mp4' }])
    await until(() => files()[0]?.condition === 'good')
    expect(files()).toHaveLength(1)
    expect((await count(at('own.mp4'))).complaints).toBe('')
    const [run] = await new Manifests().list(folder.path)
    expect(run?.files).toMatchObject([{ path: 'own.mp4', finished: true, chapters: [{ name: 'One' }], stream: { userId: 'ann' } }])
    expect((await readdir(folder.path)).filter((name) => !name.startsWith('.'))).toEqual(['own.mp4'])
  })

  it('waits for FFmpeg with a notice when somebody else has written it, and plays as it is until then', async () => {
    await makeClip(at('a_1.mp4'), { seconds: 4 })
    await inManifest({ path: 'a_1.mp4', finished: false })
    const { notices, files, until } = start(null)
    await until(() => notices.length > 0)
    expect(notices).toMatchObject([{ reason: 'ffmpeg-missing', evidence: 'a_1.mp4' }])
    expect(files()[0]).toMatchObject({ condition: 'unfinished', durationMs: expect.any(Number) as number })
  })

  it('a stub that holds nothing is broken, and no reason for a notice at every start', async () => {
    await writeFile(at('stub.mp4'), 'x')
    await inManifest({ path: 'stub.mp4', finished: false })
    const { recordings, notices, files } = start()
    await recordings.handlers.refresh({})
    expect(files()[0]?.condition).toBe('broken')
    expect([notices, recordings.topics.jobs.value]).toEqual([[], []])
  })
})

describe('a folder that two studios use', () => {
  const cutOffFile = async (name: string) => {
    const { headers, packets } = sampleProgram(3)
    const muxer = openMuxer('mp4', { tracks: headers, startedAtMs: 1000 })
    await writeFile(at(name), Buffer.concat([...muxer.begin(), ...packets.flatMap((packet) => muxer.add(toMux(packet)))]).subarray(0, -1000))
    await inManifest({ path: name, finished: false })
    return readFile(at(name))
  }

  it('is not tidied while the other one lives, whose files nobody touches; once it was killed they are repaired', async () => {
    const before = await cutOffFile('theirs.mp4')
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    const pid = other.pid ?? 0
    await writeMark(folder.path, { version: 1, id: 'other', host: 'here', pid, startedAt: findProcess(pid)?.startedAt ?? null, writing: ['theirs.mp4'] })
    const second = start(null)
    await second.until(() => second.notices.length > 0)
    expect(second.notices).toMatchObject([{ reason: 'folder-shared', evidence: `process ${pid} on here` }])
    await second.recordings.handlers.refresh({})
    expect(second.files()).toMatchObject([{ path: 'theirs.mp4', condition: 'writing' }])
    await expect(second.recordings.handlers.trash({ paths: ['theirs.mp4'] })).rejects.toMatchObject({ reason: 'already-recording' })
    await expect(second.recordings.handlers.repair({ paths: ['theirs.mp4'] })).rejects.toMatchObject({ reason: 'already-recording' })
    expect(await readFile(at('theirs.mp4'))).toEqual(before)
    const ended = once(other, 'exit')
    other.kill('SIGKILL')
    await ended
    await second.recordings.close()
    const third = start(null)
    await third.until(() => third.notices.length > 0)
    expect(third.notices).toMatchObject([{ reason: 'recording-repaired', evidence: 'theirs.mp4' }])
  })

  it('is tidied by the first of two that live side by side, and of both marks none is left', async () => {
    await cutOffFile('old.mp4')
    const first = start(null)
    await first.until(() => first.notices.length > 0)
    const second = start(null)
    await second.until(() => second.notices.length > 0)
    expect([first.notices[0]?.reason, second.notices[0]?.reason]).toEqual(['recording-repaired', 'folder-shared'])
    await first.recordings.close()
    await second.recordings.close()
    expect(await readdir(at('.castwright/studios'))).toEqual([])
  })
})

describe.skipIf(!hasFfmpeg)('jobs', { timeout: 90_000 }, () => {
  it('put what they make into the show that it was made of', async () => {
    await makeClip(at('a_1.mp4'), { seconds: 1 })
    await makeClip(at('a_2.mp4'), { seconds: 1 })
    await inManifest({ path: 'a_1.mp4' }, { path: 'a_2.mp4', startedAtMs: 2000 })
    const { recordings, files, until } = start()
    await recordings.handlers.refresh({})
    const { jobId } = await recordings.handlers.join({ paths: ['a_2.mp4', 'a_1.mp4'] })
    await until(() => files().length === 3)
    expect(recordings.topics.shows.value).toHaveLength(1)
    expect(files().find(({ kind }) => kind === 'joined')).toMatchObject({ path: 'a_joined.mp4', condition: 'good' })
    await recordings.handlers.dismissJob({ jobId })
    expect(recordings.topics.jobs.value).toEqual([])
  })

  it('of files without a show stay with them', async () => {
    await makeClip(at('x.mp4'), { seconds: 1 })
    const { recordings, files, until } = start()
    await recordings.handlers.refresh({})
    await recordings.handlers.convert({ path: 'x.mp4', format: 'mkv' })
    await until(() => files().length === 2)
    expect(recordings.topics.shows.value).toHaveLength(1)
    expect(files().map(({ path, kind }) => `${path} ${kind}`).sort()).toEqual(['x.mkv converted', 'x.mp4 recording'])
  })
})
