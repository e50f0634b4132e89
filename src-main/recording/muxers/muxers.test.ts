import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpegIsThere } from '../../outputs/rtmp/flv-sample.ts'
import { complaints, probe, type Sample, sampleProgram, toMux } from '../fake-recording.ts'
import { finishMp4, finishMp4InPlace } from '../mp4/finish-mp4.ts'
import { childBoxes } from '../mp4/boxes.ts'
import type { Chapter, MuxTracks } from './file-muxer.ts'
import { type FileFormat, openMuxer } from './open-muxer.ts'

const FORMATS: readonly FileFormat[] = ['mp4', 'mkv', 'flv', 'ts', 'aac']
const STARTED_MS = Date.UTC(2026, 6, 27, 10, 11, 12, 345)
const SECONDS = 5

let folder: string
let sample: Sample
const count = (kind: 'video' | 'audio') => sample.packets.filter((packet) => packet.kind === kind).length

/** All bytes of one file, with the patches of its end, unless it is cut off before. */
function muxed(format: FileFormat, tracks: MuxTracks, chapters: readonly Chapter[] | null = []): Buffer {
  const muxer = openMuxer(format, { tracks, startedAtMs: STARTED_MS })
  const parts = [...muxer.begin()]
  for (const packet of sample.packets) if (tracks[packet.kind]) parts.push(...muxer.add(toMux(packet)))
  if (!chapters) return Buffer.concat(parts)
  const { tail, patches } = muxer.end(chapters)
  const whole = Buffer.concat([...parts, ...tail])
  for (const { at, bytes } of patches) whole.set(bytes, at)
  return whole
}

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

describe.skipIf(!ffmpegIsThere())('muxers', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-muxers-'))
    sample = sampleProgram(SECONDS)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(FORMATS)('%s: every frame is in the file, in order, and decodes', async (format) => {
    const tracks = format === 'aac' ? { video: null, audio: sample.headers.audio } : sample.headers
    const path = await write(`whole.${format}`, muxed(format, tracks))
    const found = probe(path)
    expect(complaints(path)).toBe('')
    expect(found).toMatchObject({ video: format === 'aac' ? 0 : count('video'), audio: count('audio'), monotonic: true })
    // ADTS has no duration of its own, and FFmpeg estimates.
    if (format !== 'aac') expect(Math.abs(found.durationS - SECONDS)).toBeLessThan(0.1)
  })

  it.each(['mp4', 'mkv', 'flv', 'ts'] as const)('%s: sound alone, and picture alone', async (format) => {
    const sound = probe(await write(`sound.${format}`, muxed(format, { video: null, audio: sample.headers.audio })))
    expect(sound).toMatchObject({ video: 0, audio: count('audio') })
    const picture = probe(await write(`picture.${format}`, muxed(format, { video: sample.headers.video, audio: null })))
    expect(picture).toMatchObject({ video: count('video'), audio: 0 })
  })

  it.each(FORMATS)('%s: what was written plays wherever it is cut off', async (format) => {
    const tracks = format === 'aac' ? { video: null, audio: sample.headers.audio } : sample.headers
    const bytes = muxed(format, tracks, null)
    for (const part of [0.35, 0.8]) {
      const found = probe(await write(`cut.${format}`, bytes.subarray(0, Math.round(bytes.length * part))))
      const kind = format === 'aac' ? 'audio' : 'video'
      // Gathered for at most half a second, and the file was cut by bytes, not by time: a second is on the safe side.
      expect(found[kind] / count(kind)).toBeGreaterThan(part - 1 / SECONDS)
      expect(found.monotonic).toBe(true)
    }
  })

  it('keep chapters and the moment of the start where there is a place for them', async () => {
    const chapters = [{ atMs: 0, name: 'Opening' }, { atMs: 2500, name: '第二章' }]
    const mkv = probe(await write('chapters.mkv', muxed('mkv', sample.headers, chapters)))
    expect(mkv).toMatchObject({ chapters: ['Opening', '第二章'] })
    expect(mkv.tags['creation_time']).toBe('2026-07-27T10:11:12.345000Z')
    const path = await write('chapters.mp4', muxed('mp4', sample.headers))
    await finishMp4(path, { chapters })
    const mp4 = probe(path)
    expect(mp4).toMatchObject({ chapters: ['Opening', '第二章'], video: count('video'), audio: count('audio') })
    expect(mp4.tags['creation_time']).toBe('2026-07-27T10:11:12.000000Z')
  })

  it('FLV knows its duration and size', async () => {
    const bytes = muxed('flv', sample.headers)
    const at = bytes.indexOf('filesize') + 9
    expect(bytes.readDoubleBE(at)).toBe(bytes.length)
  })

  describe('an ordinary MP4', () => {
    const boxes = async (path: string) => childBoxes(await readFile(path)).map(({ type }) => type)

    it('has its description before its samples and no fragments', async () => {
      const path = await write('ordinary.mp4', muxed('mp4', sample.headers))
      expect((await boxes(path)).filter((type) => type === 'moof').length).toBeGreaterThan(5)
      let done = 0
      await finishMp4(path, { onProgress: (part) => (done = part) })
      expect(done).toBe(1)
      expect(await boxes(path)).toEqual(['ftyp', 'moov', 'mdat'])
      expect(probe(path)).toMatchObject({ video: count('video'), audio: count('audio'), monotonic: true })
      expect(complaints(path)).toBe('')
    })

    it('comes also from a file that was cut off in the middle of a fragment', async () => {
      const bytes = muxed('mp4', sample.headers, null)
      const path = await write('broken.mp4', bytes.subarray(0, Math.round(bytes.length * 0.7)))
      await finishMp4(path)
      const found = probe(path)
      expect(found.monotonic).toBe(true)
      expect(complaints(path)).toBe('')
      expect(found.video / count('video')).toBeGreaterThan(0.5)
    })

    it('is made in place where there is no room for a second file', async () => {
      const path = await write('in-place.mp4', Buffer.concat([muxed('mp4', sample.headers), Buffer.from('half a fragment')]))
      await finishMp4InPlace(path, [{ atMs: 1000, name: 'One' }])
      expect(await boxes(path)).toEqual(['ftyp', 'mdat', 'moov'])
      expect(probe(path)).toMatchObject({ video: count('video'), audio: count('audio'), monotonic: true, chapters: ['One'] })
      expect(complaints(path)).toBe('')
    })

    it('stays as it was when it is stopped, and when there is nothing in it', async () => {
      const bytes = muxed('mp4', sample.headers)
      const path = await write('stopped.mp4', bytes)
      await expect(finishMp4(path, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
      expect((await readFile(path)).equals(bytes)).toBe(true)
      await writeFile(path, bytes.subarray(0, 900))
      await expect(finishMp4(path)).rejects.toMatchObject({ reason: 'file-broken' })
      expect((await readFile(path)).length).toBe(900)
    })
  })
})
