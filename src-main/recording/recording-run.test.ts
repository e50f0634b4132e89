import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { Packet } from '@shared/domain/packet.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { ffmpegIsThere } from '../outputs/rtmp/flv-sample.ts'
import { FakeFeed } from '../outputs/rtmp/fake-feed.ts'
import { systemDisk } from './disk.ts'
import { complaints, probe, type Sample, sampleProgram } from './fake-recording.ts'
import { Manifests } from './manifests.ts'
import { RecordingRun, type RunSettings } from './recording-run.ts'

const SETTINGS: RunSettings = { formats: ['mp4', 'mkv', 'flv', 'ts', 'hls', 'aac'], content: 'audio-video', streams: ['mix'], soundTracks: [1], trackNames: [], fileMinutes: 90, hlsResumeSeconds: 30, hlsAlsoMp4: false }
const SECONDS = 10
const RUN = { showRunId: 'run', name: 'Show', startedAtMs: 1 }

let sample: Sample
let folder: string
let failures: StudioError[]
let manifests: Manifests
const count = (kind: Packet['kind']) => sample.packets.filter((packet) => packet.kind === kind).length

/** A recording that is given the sample by hand. */
function begin(changes: Partial<RunSettings> = {}, headers: Partial<Sample['headers']> = {}) {
  const clock = new FakeClock()
  const run = new RecordingRun({ clock, disk: systemDisk, logger: silentLogger, manifests }, { root: folder, run: RUN, folder: 'P/T', base: 'A_R' }, { ...SETTINGS, ...changes }, (failure) => failures.push(failure))
  return { clock, run, ...feed(run, headers) }
}

function feed(run: RecordingRun, changes: Partial<Sample['headers']> = {}) {
  const reader = new FakeFeed()
  reader.push({ type: 'headers', headers: { ...sample.headers, ...changes, epoch: 1 } })
  const stop = new AbortController()
  const followed = run.follow(reader, stop.signal)
  return {
    reader,
    push: (from: number, to: number, shiftUs = 0) => {
      for (const packet of sample.packets) if (packet.timestampUs >= from * 1e6 && packet.timestampUs < to * 1e6) reader.push({ type: 'packet', packet: { ...packet, timestampUs: packet.timestampUs + shiftUs } })
    },
    /** Everything that was pushed is written before it resolves. */
    leave: async () => {
      reader.close()
      await followed.finally(() => stop.abort())
    },
  }
}

const files = async () => (await readdir(join(folder, 'P/T'))).toSorted()
const probed = async (format: string) => (await files()).filter((name) => name.endsWith(`.${format}`)).map((name) => probe(join(folder, 'P/T', name)))
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)

describe.skipIf(!ffmpegIsThere())('RecordingRun', () => {
  beforeAll(() => void (sample = sampleProgram(SECONDS)))
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-run-'))
    failures = []
    manifests = new Manifests()
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('writes every format side by side, each with every frame, and notes them in the manifest', async () => {
    const { run, push, leave } = begin()
    push(0, SECONDS)
    await leave()
    expect(run.files.map(({ path }) => path)).toEqual(['P/T/A_R.mp4', 'P/T/A_R.mkv', 'P/T/A_R.flv', 'P/T/A_R.ts', 'P/T/A_R.aac', 'P/T/A_R.m3u8'])
    expect((await manifests.list(folder))[0]?.files.map(({ finished }) => finished)).toEqual([false, false, false, false, false, false])
    await run.close()
    expect(failures).toEqual([])
    for (const format of ['mp4', 'mkv', 'flv', 'ts', 'm3u8']) {
      expect(complaints(join(folder, `P/T/A_R.${format}`))).toBe('')
      const found = format === 'ts' ? probe(join(folder, 'P/T/A_R.ts')) : (await probed(format))[0]
      expect({ format, ...found }).toMatchObject({ format, video: count('video'), audio: count('audio'), monotonic: true })
    }
    expect((await probed('aac'))[0]).toMatchObject({ video: 0, audio: count('audio') })
    const [manifest] = await manifests.list(folder)
    for (const file of manifest?.files ?? []) expect(file).toMatchObject({ finished: true, kind: 'recording', durationMs: expect.closeTo(SECONDS * 1000, -2) as number })
    expect(manifest?.files.find(({ format }) => format === 'mp4')).toMatchObject({ width: 320, height: 180 })
    for (const { format, tracks } of manifest?.files ?? []) expect({ format, tracks }).toEqual({ format, tracks: format === 'aac' ? 'audio' : 'audio-video' })
  })

  it('cuts at key frames and loses and doubles no frame between files', async () => {
    const { run, push, leave } = begin({ formats: ['mp4', 'mkv', 'flv', 'ts', 'aac'], fileMinutes: 3 / 60 })
    push(0, SECONDS)
    await leave()
    await run.close()
    expect(failures).toEqual([])
    expect((await files()).filter((name) => name.endsWith('.mp4'))).toEqual(['A_R_1.mp4', 'A_R_2.mp4', 'A_R_3.mp4', 'A_R_4.mp4'])
    for (const format of ['mp4', 'mkv', 'flv', 'ts']) {
      const pieces = await probed(format)
      expect(pieces.map(({ video }) => video), format).toEqual([90, 90, 90, 30])
      expect(sum(pieces.map(({ audio }) => audio)), format).toBe(count('audio'))
    }
    expect(sum((await probed('aac')).map(({ audio }) => audio))).toBe(count('audio'))
    const starts = (await manifests.list(folder))[0]?.files.filter(({ format }) => format === 'mp4').map(({ path, startedAtMs }) => [path, startedAtMs - (run.startedAtMs ?? 0)])
    expect(starts).toEqual([['P/T/A_R_1.mp4', 0], ['P/T/A_R_2.mp4', 3000], ['P/T/A_R_3.mp4', 6000], ['P/T/A_R_4.mp4', 9000]])
  })

  it('begins new files after a pause, and goes on in the same playlist', async () => {
    const { run, push, leave } = begin({ formats: ['mp4', 'hls'] })
    push(0, 4)
    await leave()
    run.break()
    const again = feed(run)
    again.push(4, SECONDS, 8e6)
    await again.leave()
    await run.close()
    expect(failures).toEqual([])
    expect((await probed('mp4')).map(({ video }) => video)).toEqual([120, 180])
    expect((await files()).filter((name) => !name.endsWith('.ts'))).toEqual(['A_R.m3u8', 'A_R_1.mp4', 'A_R_2.mp4'])
    const playlist = await readFile(join(folder, 'P/T/A_R.m3u8'), 'utf8')
    expect(playlist).toMatch(/^#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:00010\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TRTC-START-REC-TIME:\d+\n#EXT-X-TRTC-VIDEO-METADATA:WIDTH:320 HEIGHT:180\n#EXTINF:0000[34]\./)
    expect(playlist.match(/#EXT-X-DISCONTINUITY\n#EXTINF:0000[56]\./g)).toHaveLength(1)
    const [whole] = await probed('m3u8')
    expect(whole).toMatchObject({ video: count('video') })
    expect(Math.abs((whole?.durationS ?? 0) - SECONDS)).toBeLessThan(0.2)
    expect(Math.abs(run.durationMs - SECONDS * 1000)).toBeLessThan(100)
  })

  it('begins a new playlist after a pause that was too long for the old one', async () => {
    const { run, push, leave } = begin({ formats: ['hls'], hlsResumeSeconds: 5 })
    push(0, 2)
    await leave()
    run.break()
    const again = feed(run)
    again.push(2, 4, 6e6)
    await again.leave()
    await run.close()
    expect((await files()).filter((name) => name.endsWith('.m3u8'))).toEqual(['A_R.m3u8', 'A_R_2.m3u8'])
    expect((await probed('m3u8')).map(({ video }) => video)).toEqual([60, 60])
  })

  it('takes a program that was away for long, and one with new headers, as breaks', async () => {
    const { run, reader, push, leave } = begin({ formats: ['mp4'] })
    push(0, 2)
    push(2, 4, 20e6)
    reader.push({ type: 'headers', headers: { ...sample.headers, epoch: 2, audio: sample.headers.audio && { ...sample.headers.audio, asc: Uint8Array.of(0x11, 0x90, 0) } } })
    push(4, 6, 20e6)
    await leave()
    await run.close()
    expect((await probed('mp4')).map(({ video }) => video)).toEqual([60, 60, 60])
    expect(failures).toEqual([])
  })

  it('goes on in the same file while the sound is away, but not with another picture', async () => {
    const { run, reader, push, leave } = begin({ formats: ['mp4'] })
    const changed = (epoch: number, changes: Partial<Sample['headers']>) => reader.push({ type: 'headers', headers: { ...sample.headers, ...changes, epoch } })
    push(0, 2)
    changed(2, { audio: null })
    push(2, 4)
    changed(3, {})
    push(4, 6)
    changed(4, { video: sample.headers.video && { ...sample.headers.video, frameRate: 25 } })
    push(6, 8)
    await leave()
    await run.close()
    expect((await probed('mp4')).map(({ video }) => video)).toEqual([180, 60])
  })

  it('waits a little for the sound at its beginning, so that the first file has it', async () => {
    for (const [soundAfter, expected] of [[1, [180]], [3, [90, 90]]] as const) {
      await rm(join(folder, 'P'), { recursive: true, force: true })
      const { run, reader, push, leave } = begin({ formats: ['mp4'] }, { audio: null })
      for (const packet of sample.packets) if (packet.kind === 'video' && packet.timestampUs < soundAfter * 1e6) reader.push({ type: 'packet', packet })
      reader.push({ type: 'headers', headers: { ...sample.headers, epoch: 2 } })
      push(soundAfter, 6)
      await leave()
      await run.close()
      const pieces = await probed('mp4')
      expect(pieces.map(({ video }) => video)).toEqual(expected)
      expect(pieces.at(-1)?.audio).toBeGreaterThan(100)
    }
  })

  it('keeps going in one file through the short gap of a page that is loaded anew', async () => {
    const { run, push, leave } = begin({ formats: ['mp4'] })
    push(0, 2)
    push(2, 4, 3e6)
    await leave()
    await run.close()
    expect((await probed('mp4')).map(({ video }) => video)).toEqual([120])
  })

  it('puts chapters into MP4 and MKV, and beside what has no place for them', async () => {
    const { run, push, leave, clock } = begin({ formats: ['mp4', 'mkv', 'flv'] })
    push(0, 3)
    await expect.poll(async () => (await clock.advance(500), run.durationMs)).toBeGreaterThan(2500)
    run.addChapter('Second part')
    push(3, 5)
    await expect.poll(async () => (await clock.advance(500), run.durationMs)).toBeGreaterThan(4500)
    run.addChapter('')
    await leave()
    await run.close()
    expect((await probed('mp4'))[0]?.chapters).toEqual(['Second part', '2'])
    expect((await probed('mkv'))[0]?.chapters).toEqual(['Second part', '2'])
    expect(await readFile(join(folder, 'P/T/A_R.flv.chapters.vtt'), 'utf8')).toMatch(/^WEBVTT\n\n1\n00:00:02\.\d+ --> 00:00:04\.\d+\nSecond part\n/)
    expect((await manifests.list(folder))[0]?.files[0]?.chapters.map(({ name }) => name)).toEqual(['Second part', '2'])
  })

  it('records sound alone where only sound is wanted, and AAC although only the picture is', async () => {
    const sound = begin({ formats: ['mp4'], content: 'audio' })
    sound.push(0, 4)
    await sound.leave()
    await sound.run.close()
    expect((await probed('mp4'))[0]).toMatchObject({ video: 0 })
    expect((await probed('mp4'))[0]?.audio).toBeGreaterThan(180)
    await rm(join(folder, 'P'), { recursive: true })
    const picture = begin({ formats: ['mp4', 'aac'], content: 'video' })
    picture.push(0, 4)
    await picture.leave()
    await picture.run.close()
    expect((await probed('mp4'))[0]).toMatchObject({ video: 120, audio: 0 })
    expect((await probed('aac'))[0]?.audio).toBeGreaterThan(180)
  })

  it('never writes over a file that is there', async () => {
    const first = begin({ formats: ['mp4'] })
    first.push(0, 2)
    await first.leave()
    await first.run.close()
    const second = begin({ formats: ['mp4'] })
    second.push(0, 2)
    await expect(second.leave()).rejects.toBeInstanceOf(StudioError)
    await second.run.close()
    expect((await probed('mp4')).map(({ video }) => video)).toEqual([60])
  })
})
