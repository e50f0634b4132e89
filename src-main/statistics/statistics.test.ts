import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { statistics as contract } from '@shared/contracts/statistics.ts'
import type { BroadcastFigures, BroadcastStatus } from '@shared/contracts/broadcast.ts'
import { type DestinationView, newDestination } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { Topic } from '../rpc/topic.ts'
import { toCsv } from './csv.ts'
import { PastShows } from './past-shows.ts'
import type { SideMoments } from './side-moments.ts'
import { Statistics } from './statistics.ts'

let folder: string
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'castwright-statistics-')) })
afterEach(() => rm(folder, { recursive: true, force: true }))

const OUTPUT: OutputStatus = {
  destinationId: 'a', state: 'running', changedAtMs: 0, attempt: 1, nextAttemptAtMs: null, failure: null, final: false, connects: 1, firstMediaMs: 300, gaps: [],
}
const NAMED: DestinationView = { ...newDestination({ id: 'a', name: 'First', kind: 'rtmp', address: '', enabled: true }), hasKey: true, hasPassphrase: false }
const CAMERA: SourceStatus = { sourceId: 'c', condition: 'active', width: 640, height: 480, frameRate: 24, hasAudio: false, label: '', evidence: '' }

async function setUp() {
  const clock = new FakeClock()
  const status = new Topic<BroadcastStatus>({ live: false, liveSinceMs: null, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs: [] } as unknown as BroadcastStatus)
  const figures = new Topic<BroadcastFigures>({ atMs: 0, program: null, outputs: {}, cpuPercent: null, rssMiB: null })
  const failures: StudioError[] = []
  let frames = 0
  let bytes = 0
  const sides: SideMoments = {}
  const statistics = new Statistics({
    status, figures, sources: new Topic([CAMERA]), destinations: () => (status.value.outputs.some(({ destinationId }) => destinationId === 'a') ? [NAMED] : []), showName: () => 'Physics', keyFrameAgeMs: () => 400, sides: () => ({ ...sides }),
    past: await PastShows.open(join(folder, 'statistics')), clock, newId: () => `show-${clock.now()}`, onFailure: (failure) => failures.push(failure),
  })
  /** So many frames are made and sent in one second. */
  const second = async (composed = 30, sentKbit = 2500, bytesAcknowledged: number | null = null) => {
    frames += composed
    bytes += (sentKbit * 1000) / 8
    figures.set({
      ...figures.value,
      program: {
        framesComposed: frames, framesEncoded: frames, framesDropped: 0, fps: composed, videoKbps: 2400, audioKbps: 128, driftPpm: 0,
        compositor: '', videoEncoder: '', audioEncoder: '', encoderReason: '', encodeMs: 5, composeMs: 4,
      } as BroadcastFigures['program'],
      outputs: { a: { stage: 'sending', bitrateKbps: sentKbit, bytesSent: bytes, bytesAcknowledged, queueMs: 10, framesSent: frames, framesDropped: 0, rttMs: 3.0815, totalBytesSent: bytes, totalFramesSent: frames, totalFramesDropped: 0 } },
      cpuPercent: { total: 41.26, byProcess: {} },
    })
    await clock.advance(1000)
  }
  const goLive = () => status.set({ ...status.value, live: true, liveSinceMs: clock.now(), outputs: [OUTPUT] })
  const end = async () => {
    status.set({ ...status.value, live: false, liveSinceMs: null })
    await clock.advance(1000)
  }
  return { clock, status, figures, sides, statistics, failures, second, goLive, end }
}

describe('Statistics', () => {
  it('says what became of the frames of each second', async () => {
    const { statistics, second, goLive } = await setUp()
    goLive()
    await second()
    await second(30, 2400)
    expect(statistics.now.value?.sample).toMatchObject({
      live: true,
      program: { capturedFps: 24, composedFps: 30, encodedFps: 30, targetFps: DEFAULT_ENCODING.frameRate, keyFrameAgeMs: 400, cpuPercent: 41.3 },
      outputs: { a: { state: 'running', sentFps: 30, sentKbps: 2400, rttMs: 3.1 } },
    })
    expect(statistics.now.value?.bottlenecks).toEqual([])
    expect(() => contract.topics.now.parse(statistics.now.value)).not.toThrow()
    await statistics.close()
  })

  it('names a stage within three seconds, and only while live', async () => {
    const { statistics, second, goLive } = await setUp()
    await second(10)
    await second(10)
    expect(statistics.now.value?.bottlenecks).toEqual([])
    goLive()
    for (let n = 0; n < 4; n++) await second()
    for (let n = 0; n < 3; n++) await second(12)
    expect(statistics.now.value?.bottlenecks).toMatchObject([{ stage: 'compose', severity: 'bad' }])
    await statistics.close()
  })

  it('names a server that goes silent between two seconds, without waiting for whole ones', async () => {
    const { clock, figures, statistics, second, goLive } = await setUp()
    goLive()
    for (let n = 1; n <= 6; n++) await second(30, 2500, n * 300_000)
    expect(statistics.now.value?.bottlenecks).toEqual([])
    // Just after a second began: it still takes what is sent, and confirms nothing of it.
    const later = async (ms: number) => {
      await clock.advance(ms)
      const a = figures.value.outputs['a']
      figures.set({ ...figures.value, outputs: a ? { a: { ...a, bytesSent: a.bytesSent + 100_000, queueMs: a.queueMs + 500 } } : {} })
    }
    await later(100)
    await later(200)
    expect(statistics.now.value?.bottlenecks).toEqual([])
    const before = await statistics.handlers.recent({})
    await later(200)
    expect(statistics.now.value).toMatchObject({ bottlenecks: [{ stage: 'server', destinationId: 'a' }] })
    expect(() => contract.topics.now.parse(statistics.now.value)).not.toThrow()
    const { length } = await statistics.handlers.recent({})
    expect(length - before.length).toBeLessThanOrEqual(1)
    await statistics.close()
  })

  it('says of a stream beside the mix what becomes of its own frames, and whose line holds it back', async () => {
    const { status, sides, statistics, second, goLive } = await setUp()
    const encoding = { ...DEFAULT_ENCODING, frameRate: 15, videoKbps: 600 }
    goLive()
    const congestion = { state: 'reduced' as const, videoKbps: 300, frameRate: 15, decidedBy: 'a', lineKbps: 400 }
    for (let n = 1; n <= 6; n++) {
      sides.main = { sourceId: 'c', encoding, frames: n * 15, videoBytes: n * 37_500, bytes: n * 53_500, keyFrameAgeMs: 900, congestion: n > 4 ? congestion : null }
      await second()
    }
    expect(statistics.now.value?.sample.sides).toEqual({
      main: { capturedFps: 24, encodedFps: 15, targetFps: 15, videoKbps: 300, targetKbps: 600, audioKbps: 128, keyFrameAgeMs: 900, heldBack: { destinationId: 'a', lineKbps: 400, fps: 15 } },
    })
    expect(() => contract.topics.now.parse(statistics.now.value)).not.toThrow()
    delete sides.main
    await second()
    expect(statistics.now.value?.sample.sides).toBeUndefined()
    expect(status.value.live).toBe(true)
    await statistics.close()
  })

  it('takes no server for a stalled one that confirms every few megabytes only', async () => {
    const { statistics, second, goLive } = await setUp()
    const verdicts: unknown[] = []
    goLive()
    for (let n = 0; n < 24; n++) {
      await second(30, 2500, Math.floor(n / 6) * 2_000_000)
      verdicts.push(...(statistics.now.value?.bottlenecks ?? []))
    }
    expect(verdicts).toEqual([])
    await statistics.close()
  })

  it('keeps ten minutes', async () => {
    const { statistics, second } = await setUp()
    for (let n = 0; n < 605; n++) await second()
    const recent = await statistics.handlers.recent({})
    expect(recent).toHaveLength(600)
    expect((recent.at(-1)?.atMs ?? 0) - (recent[0]?.atMs ?? 0)).toBe(599_000)
    await statistics.close()
  })

  it('keeps the history of a show: listed, with its seconds, as JSON and as CSV', async () => {
    const { statistics, second, goLive, end } = await setUp()
    goLive()
    for (let n = 0; n < 12; n++) await second()
    await end()
    await statistics.close()
    const [show] = statistics.past.value
    expect(show).toMatchObject({ name: 'Physics', framesComposed: 330, destinations: [{ destinationId: 'a', connects: 1, framesSent: 360 }] })
    expect(show?.endedAtMs).not.toBeNull()

    const again = await PastShows.open(join(folder, 'statistics'))
    expect(again.list).toEqual(statistics.past.value)
    expect((await again.piece(show?.id ?? '', 0)).samples).toHaveLength(12)
    const json = await statistics.handlers.export({ showId: show?.id ?? '', format: 'json', from: 0 })
    expect((JSON.parse(json.text) as { samples: unknown[] }).samples).toHaveLength(12)
    expect(json.fileName).toMatch(/^castwright-\d{4}-\d\d-\d\dT\d\d-\d\d\.json$/)
    const csv = await statistics.handlers.export({ showId: show?.id ?? '', format: 'csv', from: 0 })
    expect(csv.text.trim().split('\r\n')).toHaveLength(13)
    await statistics.handlers.remove({ showId: show?.id ?? '' })
    expect(await readdir(join(folder, 'statistics'))).toEqual([])
    await expect(statistics.handlers.export({ showId: show?.id ?? '', format: 'csv', from: 0 })).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('gives a long show in pieces, and to look at no more than can be seen', async () => {
    const { statistics, second, goLive, end } = await setUp()
    goLive()
    await second()
    await end()
    await statistics.close()
    const showId = statistics.past.value[0]?.id ?? ''
    const file = join(folder, 'statistics', `${showId}.jsonl`)
    const line = await readFile(file, 'utf8')
    const count = 8000
    await writeFile(file, line.repeat(count))
    const pieces: string[] = []
    for (let from: number | null = 0; from !== null; ) {
      const piece: { text: string; next: number | null } = await statistics.handlers.export({ showId, format: 'json', from })
      pieces.push(piece.text)
      from = piece.next
    }
    expect(pieces.length).toBeGreaterThan(1)
    expect(Math.max(...pieces.map((each) => each.length))).toBeLessThan(4_000_000)
    const whole = JSON.parse(pieces.join('')) as { show: { id: string }; samples: unknown[] }
    expect([whole.show.id, whole.samples.length]).toEqual([showId, count])
    expect(whole.samples[7999]).toEqual(JSON.parse(line))
    const rows: string[] = []
    for (let from: number | null = 0; from !== null; ) {
      const piece: { text: string; next: number | null } = await statistics.handlers.export({ showId, format: 'csv', from })
      rows.push(...piece.text.trim().split('\r\n'))
      from = piece.next
    }
    expect(rows.filter((row) => row.startsWith('time,'))).toHaveLength(1)
    expect(rows).toHaveLength(count + 1)
    const seen = await statistics.handlers.samples({ showId })
    expect(seen.length).toBeGreaterThan(1500)
    expect(seen.length).toBeLessThanOrEqual(3600)
  })

  it('loses a few seconds at most when the studio is killed, and survives a half-written line', async () => {
    const { statistics, second, goLive } = await setUp()
    goLive()
    for (let n = 0; n < 11; n++) await second()
    await statistics.close()
    const id = statistics.past.value[0]?.id ?? ''
    const file = join(folder, 'statistics', `${id}.jsonl`)
    await writeFile(file, `${(await readFile(file, 'utf8')).slice(0, -40)}`)
    expect((await (await PastShows.open(join(folder, 'statistics'))).piece(id, 0)).samples).toHaveLength(10)
  })

  it('measures by what has passed, whatever the computer\'s clock is set to', async () => {
    const { clock, statistics, second, goLive } = await setUp()
    const real = clock.now
    goLive()
    for (const jumpMs of [0, 0, -3_600_000, -3_600_000, 7_200_000]) {
      clock.now = () => real() + jumpMs
      await second()
    }
    const recent = await statistics.handlers.recent({})
    expect(recent.slice(1).map(({ program, outputs }) => [program?.composedFps, outputs['a']?.sentFps, outputs['a']?.sentKbps])).toEqual(Array.from({ length: 4 }, () => [30, 30, 2500]))
    expect(statistics.now.value?.bottlenecks).toEqual([])
    await statistics.close()
  })

  it('counts every frame of a show, also of seconds that were long', async () => {
    const { clock, statistics, second, goLive, end } = await setUp()
    await second()
    goLive()
    for (let n = 0; n < 4; n++) await second()
    // The computer was busy: nobody looked for three seconds.
    const { monotonicMs } = clock
    clock.monotonicMs = () => monotonicMs() + 2000
    await second(90)
    await end()
    await statistics.close()
    expect(statistics.past.value[0]).toMatchObject({ framesComposed: 210 })
  })

  it('keeps a destination that was taken out while the show was on', async () => {
    const { status, statistics, second, goLive, end } = await setUp()
    goLive()
    for (let n = 0; n < 6; n++) await second()
    status.set({ ...status.value, outputs: [{ ...OUTPUT, destinationId: 'b' }] })
    for (let n = 0; n < 6; n++) await second()
    await end()
    await statistics.close()
    expect(statistics.past.value[0]?.destinations).toMatchObject([{ destinationId: 'a', name: 'First', framesSent: 180 }, { destinationId: 'b' }])
  })

  it('keeps what the watchdogs saw, each event as it ended', async () => {
    const { statistics, goLive, second, end } = await setUp()
    const event = { id: 'e1', watchdog: 'sound-silent', level: 'error', sourceId: 'm', params: { name: 'Voice' }, evidence: '', beganAtMs: 1, endedAtMs: null, recovery: 'trying' } as const
    statistics.note(event)
    goLive()
    await second()
    statistics.note(event)
    statistics.note({ ...event, endedAtMs: 9, recovery: 'mended' })
    await end()
    await statistics.close()
    expect((await PastShows.open(join(folder, 'statistics'))).list[0]?.events).toEqual([{ ...event, endedAtMs: 9, recovery: 'mended' }])
  })

  it('removes a show that is still being written', async () => {
    const { statistics, second, goLive, end } = await setUp()
    goLive()
    await second()
    await end()
    const id = statistics.past.value[0]?.id ?? `show-${1_700_000_001_000}`
    await statistics.handlers.remove({ showId: id })
    await statistics.close()
    expect(statistics.past.value).toEqual([])
    expect(await readdir(join(folder, 'statistics')).catch(() => [])).toEqual([])
  })

  it('says once that the history cannot be kept, and goes on', async () => {
    const { statistics, second, goLive, failures } = await setUp()
    await writeFile(join(folder, 'statistics'), 'a file where the folder should be')
    goLive()
    for (let n = 0; n < 20; n++) await second()
    await statistics.close()
    expect(failures).toHaveLength(1)
    expect(statistics.now.value?.sample.live).toBe(true)
  })
})

describe('toCsv', () => {
  it('quotes names and defuses formulas', () => {
    const sample = { atMs: 0, live: true, program: null, outputs: { a: { content: 'mix' as const, state: 'running' as const, reason: null, sentFps: 30, sentKbps: 1, acknowledgedKbps: null, queueMs: -1, framesDropped: 0, rttMs: null, lossPercent: null, retransmits: null } } }
    const [header, row] = toCsv([sample], () => '=cmd("x"), y').trim().split('\r\n')
    expect(header?.split(',')).toHaveLength(27)
    expect(row).toContain('"\'=cmd(""x""), y"')
    expect(row).toContain(',-1,')
    expect(row).toMatch(/^1970-01-01T00:00:00\.000Z,true,/)
  })
  it('gives a destination the stages of what it gets', () => {
    const output = { content: 'main' as const, state: 'running' as const, reason: null, sentFps: 15, sentKbps: 1, acknowledgedKbps: null, queueMs: 0, framesDropped: 0, rttMs: null, lossPercent: null, retransmits: null }
    const main = { capturedFps: 29, encodedFps: 14, targetFps: 15, videoKbps: 500, targetKbps: 550, audioKbps: 64, keyFrameAgeMs: 500, heldBack: null }
    const [header = '', row = ''] = toCsv([{ atMs: 0, live: true, program: null, sides: { main }, outputs: { a: output } }], () => 'A').trim().split('\r\n')
    const cell = (name: string) => row.split(',')[header.split(',').indexOf(name)]
    expect(['encodedFps', 'composedFps', 'content'].map(cell)).toEqual(['14', '', 'main'])
  })
})
