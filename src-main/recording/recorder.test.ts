import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_RECORDING_SETTINGS, type RecordingSettings } from '@shared/domain/recording.ts'
import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { fakeHeaders, fakeProgram } from '../bus/fake-program.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { LIVE_LIMITS } from '../bus/subscriber-queue.ts'
import { FakeDisk } from './fake-disk.ts'
import { Manifests } from './manifests.ts'
import { DISK_RESERVE_BYTES } from './disk-watch.ts'
import { Recorder } from './recorder.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'castwright-recorder-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

const ACTIVE: SourceStatus = { sourceId: 'c', condition: 'active', width: 640, height: 360, frameRate: 30, hasAudio: false, label: '', evidence: '' }

function setUp(changes: Partial<RecordingSettings> = {}) {
  const clock = new FakeClock()
  const disk = new FakeDisk()
  const bus = new ProgramBus(clock)
  const notices: string[] = []
  const program = { wanted: 0, tracks: [] as readonly number[], sources: [ACTIVE] as SourceStatus[], nowMs: 0 }
  const settings: RecordingSettings = { ...DEFAULT_RECORDING_SETTINGS, formats: ['ts'], taskId: 'T', roomId: '1', applicationId: 'A', ...changes }
  const recorder = new Recorder({
    clock, disk, logger: silentLogger, manifests: new Manifests(), settings: () => settings, folder: () => root,
    showRun: () => ({ showRunId: 'run', name: '', startedAtMs: 0 }),
    onNotice: ({ reason }, level) => notices.push(`${level} ${reason}`),
    program: {
      bus: () => bus, figures: () => ({ soundDbfs: -100 }) as ProgramFigures, sources: () => program.sources,
      want: (_contents, tracks) => {
        program.wanted++
        program.tracks = tracks
        return () => void program.wanted--
      },
    },
  })
  bus.publishHeaders(fakeHeaders())
  /** The program flows for so long, at its own pace, and the recorder does with it what it can. */
  const flow = async (seconds: number, sizeBytes?: number) => {
    const packets = [...fakeProgram(program.nowMs, program.nowMs + seconds * 1000)]
    program.nowMs += seconds * 1000
    for (const packet of packets) {
      const data = sizeBytes === undefined || packet.kind === 'audio' ? packet.data : new Uint8Array(sizeBytes)
      bus.publish({ ...packet, data })
      if (packet.kind === 'video') await clock.advance(1000 / 30)
    }
  }
  /** Files are made and notes are taken on a real disk, which the fake clock knows nothing about. */
  const settle = (done: () => boolean) => expect.poll(async () => (await clock.advance(100), done()), { timeout: 10_000 }).toBe(true)
  return { clock, disk, bus, recorder, program, notices, flow, settle }
}

describe('Recorder', () => {
  it('wants the sound tracks that the show is recorded with, once, whatever else is recorded', async () => {
    const { recorder, program } = setUp({ formats: ['mkv'], soundTracks: [1, 2, 6], streams: ['mix', 'main', 'aux'] })
    await recorder.start()
    expect(program.tracks).toEqual([2, 6])
    await recorder.stop()
  })

  it('wants the program while it records or pauses, and writes what flows meanwhile', async () => {
    const { recorder, program, disk, flow, settle } = setUp()
    await recorder.start()
    expect([recorder.state, program.wanted]).toEqual(['recording', 1])
    await flow(1)
    await settle(() => recorder.status.files.length === 1)
    await flow(4)
    expect(recorder.status).toMatchObject({ state: 'recording', failure: null, framesDropped: 0 })
    expect(recorder.status.durationMs).toBeGreaterThan(4000)
    const pausedAtMs = recorder.pause().then(() => recorder.status.durationMs)
    await settle(() => recorder.state === 'paused' && recorder.status.files.length === 0)
    await flow(5)
    expect([recorder.status.durationMs, program.wanted]).toEqual([await pausedAtMs, 1])
    await recorder.resume()
    await flow(1)
    await settle(() => recorder.status.files.length === 1)
    await flow(2)
    const stopped = recorder.stop()
    await settle(() => recorder.state === 'idle')
    await stopped
    expect([...disk.files.keys()].map((path) => path.slice(root.length + 1)).toSorted()).toEqual(['T/A_1_1.ts', 'T/A_1_2.ts'])
    expect(program.wanted).toBe(0)
  })

  it('refuses what makes no sense now', async () => {
    const { recorder, settle } = setUp()
    await expect(recorder.stop()).rejects.toMatchObject({ reason: 'not-recording' })
    await expect(recorder.pause()).rejects.toMatchObject({ reason: 'not-recording' })
    await expect(recorder.resume()).rejects.toMatchObject({ reason: 'not-recording' })
    expect(() => recorder.addChapter('x')).toThrow('not-recording')
    await Promise.all([recorder.start(), expect(recorder.start()).rejects.toMatchObject({ reason: 'already-recording' })])
    const closed = recorder.close()
    await settle(() => recorder.state === 'idle')
    await closed
    await recorder.close()
  })

  it('does not begin on a disk that is full, or in a folder that is none', async () => {
    const { recorder, disk, program } = setUp()
    disk.freeNow = DISK_RESERVE_BYTES
    await expect(recorder.start()).rejects.toMatchObject({ reason: 'disk-full' })
    disk.freeNow = 1e12
    await rm(root, { recursive: true })
    await writeFile(root, '')
    await expect(recorder.start()).rejects.toMatchObject({ reason: 'folder-not-writable' })
    expect([recorder.state, program.wanted]).toEqual(['idle', 0])
  })

  it.each(['reserve', 'ENOSPC'])('ends cleanly when the disk is full (%s): what there is stays, and the user is told once', async (how) => {
    const { recorder, disk, notices, program, flow, settle } = setUp()
    await recorder.start()
    await flow(1)
    await settle(() => recorder.status.files.length === 1)
    await flow(2)
    if (how === 'reserve') disk.freeNow = DISK_RESERVE_BYTES - 1
    else disk.failNext = 'ENOSPC'
    await flow(2)
    await settle(() => recorder.state === 'idle')
    expect(recorder.status.failure?.reason).toBe('disk-full')
    expect(notices).toEqual(['error disk-full'])
    expect(disk.files.get(join(root, 'T/A_1.ts'))?.length).toBeGreaterThan(1000)
    expect(program.wanted).toBe(0)
  })

  it('loses frames of its own to a disk that stands still, counts them, and never those of another reader', async () => {
    const { recorder, disk, bus, notices, flow, settle } = setUp()
    const push = bus.subscribe({ start: 'cached-group', limits: { ...LIVE_LIMITS, dropAfterMs: 1500, maxQueuedMs: 1500 } })
    let pushed = 0
    const drain = () => {
      for (let item = push.tryNext(); item; item = push.tryNext()) if (item.type === 'packet' && item.packet.kind === 'video') pushed++
    }
    drain()
    await recorder.start()
    await flow(1)
    drain()
    await settle(() => recorder.status.files.length === 1)
    let go = () => {}
    disk.standsStill = new Promise((resolve) => (go = resolve))
    for (let second = 0; second < 30; second++) {
      await flow(1, 100_000)
      drain()
      recorder.look()
    }
    expect(recorder.status.framesDropped).toBeGreaterThan(100)
    expect(notices).toEqual(['warning disk-slow'])
    expect([pushed, push.framesDropped]).toEqual([31 * 30, 0])
    disk.standsStill = null
    go()
    await flow(4)
    // What is missing is longer than a page takes to come back, so what comes is a file of its own.
    await settle(() => recorder.status.files[0]?.path === 'T/A_1_2.ts')
    const dropped = recorder.status.framesDropped
    await flow(5)
    expect(recorder.status.framesDropped).toBe(dropped)
    expect(recorder.status.files[0]?.durationMs).toBeGreaterThan(4000)
    const stopped = recorder.stop()
    await settle(() => recorder.state === 'idle')
    await stopped
  })

  it('ends by itself when there is nothing to see and to hear for too long', async () => {
    const { recorder, program, notices, flow, settle } = setUp({ maxIdleSeconds: 10 })
    await recorder.start()
    await flow(1)
    await settle(() => recorder.status.files.length === 1)
    await flow(12)
    expect(recorder.state).toBe('recording')
    program.sources = []
    await flow(12)
    await settle(() => recorder.state === 'idle')
    expect(recorder.status.failure?.reason).toBe('recording-idle')
    expect(notices).toEqual(['info recording-idle'])
  })
})
