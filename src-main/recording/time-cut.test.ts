import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { Packet } from '@shared/domain/packet.ts'
import { DEFAULT_RECORDING_SETTINGS } from '@shared/domain/recording.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { ffmpegIsThere } from '../outputs/rtmp/flv-sample.ts'
import { systemDisk } from './disk.ts'
import { complaints, sampleProgram } from './fake-recording.ts'
import { Manifests } from './manifests.ts'
import { Recorder } from './recorder.ts'

/** As long as a whole number of frames of sound, 375, so that it can follow itself without a step. */
const LOOP_SECONDS = 8
const LOOPS = 17
const SECONDS = LOOP_SECONDS * LOOPS
/** Formats that hold frames just as they are coded. */
const AS_CODED = ['mp4', 'mkv', 'flv'] as const

interface ProbedPacket {
  codec_type: 'video' | 'audio'
  pts_time: string
  flags: string
  data_hash: string
}

/** Each packet of a file, as FFmpeg finds it. */
function packetsOf(path: string): ProbedPacket[] {
  const args = ['-v', 'error', '-show_data_hash', 'md5', '-show_entries', 'packet=codec_type,pts_time,flags,data_hash', '-of', 'json', path]
  return (JSON.parse(execFileSync('ffprobe', args, { encoding: 'utf8', maxBuffer: 1 << 28 })) as { packets: ProbedPacket[] }).packets
}

const hashOf = (data: Uint8Array): string => `MD5:${createHash('md5').update(data).digest('hex')}`

let folder: string
let given: Packet[]

/** Two minutes and more of the program go over the bus to the recorder, which is set to a new file each minute. */
async function record(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'castwright-time-cut-'))
  const sample = sampleProgram(LOOP_SECONDS)
  const once = sample.packets.filter(({ timestampUs }) => timestampUs < LOOP_SECONDS * 1e6)
  given = Array.from({ length: LOOPS }, (_, loop) => once.map((packet) => ({ ...packet, timestampUs: packet.timestampUs + loop * LOOP_SECONDS * 1e6 }))).flat()
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const settings = { ...DEFAULT_RECORDING_SETTINGS, formats: [...AS_CODED, 'ts' as const, 'aac' as const], fileMinutes: 1, taskId: 'T', applicationId: 'A', roomId: '7' }
  const failures: string[] = []
  const recorder = new Recorder({
    clock, disk: systemDisk, logger: silentLogger, manifests: new Manifests(), settings: () => settings, folder: () => folder, showRun: () => ({ showRunId: 'run', name: '', startedAtMs: 0 }),
    onNotice: ({ reason }) => failures.push(reason), program: { bus: () => bus, figures: () => ({ soundDbfs: 0 }) as ProgramFigures, sources: () => [], want: () => () => {} },
  })
  bus.publishHeaders(sample.headers)
  await recorder.start()
  let toldMs = 0
  for (const packet of given) {
    bus.publish(packet)
    if (packet.timestampUs / 1000 < toldMs + 1000) continue
    toldMs += 1000
    await clock.advance(1000)
    // A real disk takes the time that it takes; the clock stands still meanwhile.
    while (recorder.status.durationMs < toldMs - 1000) await setImmediate()
  }
  const stopped = recorder.stop()
  while (recorder.state !== 'idle') {
    await clock.advance(10)
    await setImmediate()
  }
  await stopped
  expect([failures, recorder.status.framesDropped]).toEqual([[], 0])
}

describe.skipIf(!ffmpegIsThere())('a new file each minute', { timeout: 120_000 }, () => {
  beforeAll(record, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('makes three files of each format, and each plays', async () => {
    const names = await readdir(join(folder, 'T'))
    expect(names.toSorted()).toEqual([...AS_CODED, 'ts', 'aac'].flatMap((format) => [1, 2, 3].map((n) => `A_7_${n}.${format}`)).toSorted())
    for (const name of names) expect(complaints(join(folder, 'T', name)), name).toBe('')
  })

  it.each(AS_CODED)('%s: every frame is in one of them, once and in its place', (format) => {
    const files = [1, 2, 3].map((n) => packetsOf(join(folder, 'T', `A_7_${n}.${format}`)))
    for (const kind of ['video', 'audio'] as const) {
      const found = files.map((packets) => packets.filter(({ codec_type }) => codec_type === kind))
      expect(found.flat().map(({ data_hash }) => data_hash), kind).toEqual(given.filter((packet) => packet.kind === kind).map(({ data }) => hashOf(data)))
      if (kind === 'video') expect(found.map((packets) => [packets.length / 30, packets[0]?.flags[0], Number(packets[0]?.pts_time)])).toEqual([[60, 'K', 0], [60, 'K', 0], [SECONDS - 120, 'K', 0]])
      // Sound goes with the picture that it belongs to: from one frame before the cut to one behind it.
      else for (const packets of found) expect(Number(packets[0]?.pts_time)).toBeLessThan(0.0215)
    }
  })

  it('MPEG-TS and AAC have as many frames', () => {
    const count = (format: string, kind: Packet['kind']) => [1, 2, 3].map((n) => packetsOf(join(folder, 'T', `A_7_${n}.${format}`)).filter(({ codec_type }) => codec_type === kind).length).reduce((sum, each) => sum + each, 0)
    const [pictures, sound] = (['video', 'audio'] as const).map((kind) => given.filter((packet) => packet.kind === kind).length)
    expect([count('ts', 'video'), count('ts', 'audio'), count('aac', 'audio')]).toEqual([pictures, sound, sound])
  })
})
