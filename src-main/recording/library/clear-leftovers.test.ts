import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AudioHeader, VideoHeader } from '@shared/domain/packet.ts'
import type { ManifestFile } from '../manifest.ts'
import { Manifests } from '../manifests.ts'
import { type FileFormat, openMuxer } from '../muxers/open-muxer.ts'
import { clearLeftovers } from './clear-leftovers.ts'

const VIDEO: VideoHeader = { codec: 'avc', codecString: 'avc1.42e01e', width: 320, height: 180, frameRate: 30, bitrateKbps: 500, avcC: new Uint8Array([1, 0x42, 0xe0, 0x1e, 0xff, 0xe1, 0, 0, 1, 0, 0]) }
const AUDIO: AudioHeader = { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 128, asc: new Uint8Array([0x11, 0x90]) }
const manifests = new Manifests()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-leftovers-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(path: string, content: string | Uint8Array = ''): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
}

const named = (...files: Partial<ManifestFile>[]) =>
  manifests.update(folder, { showRunId: 'run-1', name: '', startedAtMs: 1000 }, () =>
    files.map((file) => ({ path: '', format: 'mp4' as const, kind: 'recording' as const, startedAtMs: 1000, finished: false, durationMs: null, sizeBytes: null, width: null, height: null, chapters: [], ...file })))

const clear = (writing: string[] = []) => clearLeftovers({ folder, manifests, beforeMs: 5000, writing: new Set(writing) })
const left = async () => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !entry.parentPath.includes('.castwright')).map(({ name }) => name).toSorted()
const entries = async () => (await manifests.list(folder)).flatMap(({ files }) => files.map(({ path }) => path))

/** What a muxer writes before the first frame. */
const head = (format: FileFormat): Buffer => Buffer.concat(openMuxer(format, { tracks: { video: VIDEO, audio: AUDIO }, startedAtMs: 1000 }).begin())
const FRAME = { kind: 'video', key: true, timeUs: 0, durationUs: 33_333, data: new Uint8Array(500) } as const

function withFrame(format: FileFormat): Buffer {
  const muxer = openMuxer(format, { tracks: { video: VIDEO, audio: AUDIO }, startedAtMs: 1000 })
  const parts = [...muxer.begin(), ...muxer.add(FRAME), ...muxer.end([]).tail]
  // Half of the frame is on the disk.
  return Buffer.concat(parts).subarray(0, -250)
}

describe('what a killed studio has left', () => {
  it.each(['mp4', 'mkv', 'flv', 'ts', 'aac'] as const)('%s without a frame goes, with its entry and its folder', async (format) => {
    await put(`task/a.${format}`, format === 'ts' || format === 'aac' ? '' : head(format))
    await named({ path: `task/a.${format}`, format })
    await clear()
    expect(await left()).toEqual([])
    expect(await entries()).toEqual([])
    expect(await readdir(folder)).toEqual(['.castwright'])
  })

  it.each(['mp4', 'mkv', 'flv', 'ts'] as const)('%s with half a frame stays', async (format) => {
    await put(`a.${format}`, withFrame(format))
    await named({ path: `a.${format}`, format })
    await clear()
    expect(await left()).toEqual([`a.${format}`])
    expect(await entries()).toEqual([`a.${format}`])
  })

  it('stays when it is not known what it is, is finished, is written now, is new, or is nobody\'s', async () => {
    for (const name of ['garbage.mp4', 'zeros.mkv', 'words.flv']) await put(name, Buffer.alloc(5000, name.length - 9))
    for (const name of ['finished.mp4', 'now.mp4', 'new.mp4', 'foreign.mp4']) await put(name)
    await named(
      { path: 'garbage.mp4' }, { path: 'zeros.mkv', format: 'mkv' }, { path: 'words.flv', format: 'flv' }, { path: 'finished.mp4', finished: true }, { path: 'now.mp4' }, { path: 'new.mp4', startedAtMs: 6000 },
      { path: '../outside.mp4' }, { path: 'gone.mp4' },
    )
    await clear(['now.mp4'])
    expect(await left()).toEqual(['finished.mp4', 'foreign.mp4', 'garbage.mp4', 'new.mp4', 'now.mp4', 'words.flv', 'zeros.mkv'])
    expect(await entries()).toHaveLength(8)
  })

  it('half a copy of a file that is there goes, the file stays', async () => {
    await put('a.mp4', withFrame('mp4'))
    await put('.a.mp4.part', 'half')
    await named({ path: 'a.mp4' })
    await clear()
    expect(await left()).toEqual(['a.mp4'])
  })

  it('of a playlist goes the segment that was begun and got nothing; the playlist goes when there is no other', async () => {
    const [first, second] = [1, 2].map((n) => `A_R_2026072710111200${n}.ts`) as [string, string]
    await put('A_R.m3u8', `#EXTM3U\n#EXTINF:2,\n${first}\n`)
    await put(first, 'media')
    await put(second)
    await put('b/A_R.m3u8', '#EXTM3U\n')
    await put(`b/${first}`)
    await put('c/A_R.m3u8', '#EXTM3U\n')
    await put(`c/${first}`, 'media')
    await named({ path: 'A_R.m3u8', format: 'hls' }, { path: 'b/A_R.m3u8', format: 'hls' }, { path: 'c/A_R.m3u8', format: 'hls' })
    await clear()
    expect(await entries()).toEqual(['A_R.m3u8', 'c/A_R.m3u8'])
    expect(await left()).toEqual(['A_R.m3u8', 'A_R.m3u8', first, first])
  })
})
