import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ffmpegIsThere } from '../../outputs/rtmp/flv-sample.ts'
import { complaints, probe, type Sample, sampleProgram, toMux } from '../fake-recording.ts'
import { finishMp4InPlace } from '../mp4/finish-mp4.ts'
import { type FileFormat, openMuxer } from '../muxers/open-muxer.ts'
import { mendFile } from './mend-file.ts'

const FORMATS: readonly FileFormat[] = ['mp4', 'mkv', 'flv', 'ts', 'aac']
const CHAPTERS = [{ atMs: 700, name: '第二章' }]
const SECONDS = 5

let folder: string
let sample: Sample
const count = (kind: 'video' | 'audio') => sample.packets.filter((packet) => packet.kind === kind).length

/** A file as the recorder writes it, with its end or without. */
function recorded(format: FileFormat, isEnded: boolean, kinds: readonly ('video' | 'audio')[] = ['video', 'audio']): Buffer {
  const tracks = { video: format === 'aac' || !kinds.includes('video') ? null : sample.headers.video, audio: kinds.includes('audio') ? sample.headers.audio : null }
  const muxer = openMuxer(format, { tracks, startedAtMs: 1000 })
  const parts = [...muxer.begin()]
  for (const packet of sample.packets) if (tracks[packet.kind]) parts.push(...muxer.add(toMux(packet)))
  const { tail, patches } = isEnded ? muxer.end([]) : { tail: [], patches: [] }
  const whole = Buffer.concat([...parts, ...tail])
  for (const { at, bytes } of patches) whole.set(bytes, at)
  return whole
}

async function mend(format: FileFormat, bytes: Uint8Array): Promise<{ path: string; mended: boolean }> {
  const [from, path] = [join(folder, `from.${format}`), join(folder, `mended.${format}`)]
  await rm(path, { force: true })
  await writeFile(from, bytes)
  const mended = await mendFile(from, path, format, { chapters: CHAPTERS })
  expect((await readFile(from)).equals(bytes)).toBe(true)
  return { path, mended }
}

describe.skipIf(!ffmpegIsThere())('mending without FFmpeg', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-mend-'))
    sample = sampleProgram(SECONDS)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each(FORMATS.flatMap((format) => [0.3, 0.62, 0.999].map((share) => [format, share] as const)))('%s, cut off at %d: everything whole is kept, and nothing else', async (format, share) => {
    const bytes = recorded(format, false)
    const { path, mended } = await mend(format, bytes.subarray(0, Math.round(bytes.length * share)))
    expect(mended).toBe(true)
    const kind = format === 'aac' ? 'audio' : 'video'
    const found = probe(path)
    // Cut by bytes, not by time, and up to half a second may be gathered: a second is on the safe side.
    expect(found[kind] / count(kind)).toBeGreaterThan(share - 1 / SECONDS)
    expect(found.monotonic).toBe(true)
    expect(complaints(path)).toBe('')
    if (format === 'mp4' || format === 'mkv') expect(found.chapters).toEqual(['第二章'])
    if (format !== 'aac') expect(Math.abs(found.durationS - found.video / 30)).toBeLessThan(0.3)
  })

  it.each(['mp4', 'mkv', 'flv'] as const)('%s: sound alone', async (format) => {
    const bytes = recorded(format, false, ['audio'])
    const { path } = await mend(format, bytes.subarray(0, Math.round(bytes.length * 0.9)))
    expect(probe(path)).toMatchObject({ video: 0, monotonic: true })
    expect(probe(path).audio / count('audio')).toBeGreaterThan(0.7)
    expect(complaints(path)).toBe('')
  })

  it('Matroska gets the very end that the recorder would have given it', async () => {
    const whole = recorded('mkv', true)
    const { path } = await mend('mkv', recorded('mkv', false))
    const [mended, ended] = [probe(path), probe(await write('ended.mkv', whole))]
    expect(Math.abs(mended.durationS - ended.durationS)).toBeLessThan(0.6)
    // A place to begin for each key frame: jumps need no search.
    expect((await readFile(path)).includes(Buffer.from([0x1c, 0x53, 0xbb, 0x6b]))).toBe(true)
  })

  it('FLV tells its length and size', async () => {
    const { path } = await mend('flv', recorded('flv', false).subarray(0, -7))
    const bytes = await readFile(path)
    expect(bytes.readDoubleBE(bytes.indexOf('filesize') + 9)).toBe((await stat(path)).size)
    expect(bytes.readDoubleBE(bytes.indexOf('duration') + 9)).toBeGreaterThan(SECONDS - 0.5)
  })

  it('leaves alone what had its end when the studio was killed', async () => {
    expect((await mend('mkv', recorded('mkv', true))).mended).toBe(false)
    const path = await write('in-place.mp4', recorded('mp4', true))
    await finishMp4InPlace(path)
    expect((await mend('mp4', await readFile(path))).mended).toBe(false)
    const { path: ordinary } = await mend('mp4', recorded('mp4', true))
    expect((await mend('mp4', await readFile(ordinary))).mended).toBe(false)
  })

  it.each(FORMATS)('%s: says when nothing can be made of it', async (format) => {
    for (const bytes of [Buffer.alloc(5000, 1), Buffer.alloc(3000), Buffer.alloc(0), recorded(format, false).subarray(0, 50)]) {
      await expect(mend(format, bytes)).rejects.toMatchObject({ reason: 'file-broken' })
    }
  })

  it('can be stopped', async () => {
    const from = await write('stop.mkv', recorded('mkv', false))
    await expect(mendFile(from, join(folder, 'never.mkv'), 'mkv', { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
  })
})

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}
