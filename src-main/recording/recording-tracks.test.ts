import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { StudioError } from '@shared/domain/errors.ts'
import { DEFAULT_RECORDING_SETTINGS, type RecordingSettings } from '@shared/domain/recording.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { FakeFeed } from '../outputs/rtmp/fake-feed.ts'
import { ffmpegIsThere } from '../outputs/rtmp/flv-sample.ts'
import { systemDisk } from './disk.ts'
import { complaints, type Sample, sampleProgram, soundNames, soundStreams } from './fake-recording.ts'
import { Manifests } from './manifests.ts'
import { furtherTracks } from './recorded-tracks.ts'
import { RecordingRun } from './recording-run.ts'

const SECONDS = 6
const settings = (changes: Partial<RecordingSettings>): RecordingSettings => ({ ...DEFAULT_RECORDING_SETTINGS, ...changes })

describe.skipIf(!ffmpegIsThere())('a recording with several sound tracks', () => {
  let sample: Sample
  let folder: string
  let failures: StudioError[]
  beforeAll(() => void (sample = sampleProgram(SECONDS)))
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-tracks-'))
    failures = []
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const at = (name: string) => join(folder, 'P', name)
  const counts = (name: string) => soundStreams(at(name)).map(({ nb_read_packets }) => Number(nb_read_packets))
  const soundsIn = (from: number, to: number) => sample.packets.filter(({ kind, timestampUs }) => kind === 'audio' && timestampUs >= from * 1e6 && timestampUs < to * 1e6).length

  /** The show with its sound in tracks 1, 2 and 4, the last of which is up a second later; `between` happens after 4 s. */
  async function record(changes: Partial<RecordingSettings>, between: (run: RecordingRun) => void = () => {}): Promise<string[]> {
    const run = new RecordingRun({ clock: new FakeClock(), disk: systemDisk, logger: silentLogger, manifests: new Manifests() }, { root: folder, run: { showRunId: 'run', name: 'Show', startedAtMs: 1 }, folder: 'P', base: 'A' }, settings(changes), (failure) => failures.push(failure))
    const take = async (from: number, to: number, epoch: number) => {
      const reader = new FakeFeed()
      reader.push({ type: 'headers', headers: { ...sample.headers, epoch } })
      for (const packet of sample.packets.filter(({ timestampUs }) => timestampUs >= from * 1e6 && timestampUs < to * 1e6)) {
        reader.push({ type: 'packet', packet })
        for (const track of packet.kind === 'audio' ? [2, 4] : []) if (track === 2 || packet.timestampUs >= 1e6) reader.push({ type: 'packet', packet: { ...packet, track } })
      }
      reader.close()
      await run.follow(reader, new AbortController().signal)
    }
    await take(0, 4, 1)
    between(run)
    await take(4, SECONDS, 1)
    await run.close()
    expect(failures).toEqual([])
    return (await readdir(join(folder, 'P'))).filter((name) => !name.endsWith('.m3u8')).toSorted()
  }

  it('has them in MP4 and Matroska with their names, also behind a break, and a track that came late at its time', async () => {
    const made = await record({ formats: ['mp4', 'mkv'], soundTracks: [1, 2, 4], trackNames: ['', ' 麦克风 '] }, (run) => run.break())
    expect(made).toEqual(['A_1.mkv', 'A_1.mp4', 'A_2.mkv', 'A_2.mp4'])
    for (const name of made) {
      expect(soundNames(at(name))).toEqual(['Track 1', '麦克风', 'Track 4'])
      expect(complaints(at(name))).toBe('')
      const [from, to] = name.startsWith('A_1') ? [0, 4] : [4, SECONDS]
      expect(counts(name)).toEqual([soundsIn(from, to), soundsIn(from, to), soundsIn(Math.max(1, from), to)])
    }
    for (const name of ['A_1.mp4', 'A_1.mkv']) expect(Number(soundStreams(at(name))[2]?.start_time)).toBeCloseTo(1, 1)
  })

  it('gives every other format the first track alone', async () => {
    const made = await record({ formats: ['flv', 'ts', 'aac', 'hls', 'mkv'], soundTracks: [2, 4] })
    expect(soundNames(at('A.mkv'))).toEqual(['Track 2', 'Track 4'])
    expect(counts('A.mkv')).toEqual([soundsIn(0, SECONDS), soundsIn(1, SECONDS)])
    expect(made).toHaveLength(5)
    for (const name of ['A.flv', 'A.ts', 'A.aac', 'A.m3u8']) expect(counts(name)).toEqual([soundsIn(0, SECONDS)])
  })

  it('has them without a picture, too', async () => {
    await record({ formats: ['mp4'], content: 'audio', soundTracks: [1, 2] })
    expect(counts('A.mp4')).toEqual([soundsIn(0, SECONDS), soundsIn(0, SECONDS)])
    expect(complaints(at('A.mp4'))).toBe('')
  })

  it('has a file with one nameless sound unless more is asked for', async () => {
    await record({ formats: ['mkv'] })
    expect(soundNames(at('A.mkv'))).toEqual([undefined])
  })
})

describe('the tracks that are coded for a recording', () => {
  const tracks = { soundTracks: [1, 3, 5] }
  it('are those beside the first, where a file has room for them', () => {
    expect(furtherTracks(settings({ ...tracks, formats: ['mkv', 'flv'] }))).toEqual([3, 5])
    expect(furtherTracks(settings({ ...tracks, formats: ['hls'], hlsAlsoMp4: true }))).toEqual([3, 5])
  })

  it.each<[string, Partial<RecordingSettings>]>([
    ['no format has room', { formats: ['flv', 'ts', 'hls', 'aac'] }],
    ['only the picture is recorded', { content: 'video' }],
    ['the show itself is not recorded', { streams: ['main', 'aux'] }],
    ['only the first is wanted', { soundTracks: [1] }],
  ])('are none where %s', (_, changes) => expect(furtherTracks(settings({ ...tracks, ...changes }))).toEqual([]))
})
