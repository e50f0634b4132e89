import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BroadcastFigures, BroadcastStatus, ProgramFigures } from '@shared/contracts/broadcast.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import { UsageError } from '../cli/usage.ts'
import { Topic } from '../rpc/topic.ts'
import { REHEARSAL } from '../settings/destinations.ts'
import { exitCodeOf, report, reportJsonSchema, type Report, type ReportOutput } from './report.ts'
import { ShowRecorder } from './show-recorder.ts'
import { checkReportTarget, writeReport } from './write-report.ts'

const idle: BroadcastStatus = { live: false, liveSinceMs: null, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs: [] }
const output = (destinationId: string, more: Partial<OutputStatus> = {}): OutputStatus => ({
  destinationId, state: 'running', changedAtMs: 0, attempt: 1, nextAttemptAtMs: null, failure: null, final: false, connects: 1, firstMediaMs: 900.4, gaps: [], ...more,
})
const program = (framesEncoded: number, more: Partial<ProgramFigures> = {}): ProgramFigures => ({
  framesComposed: framesEncoded + 100, framesEncoded, framesDropped: 0, fps: 30, videoKbps: 2500, audioKbps: 128, driftPpm: 3.04, compositor: '2d',
  videoEncoder: 'x', audioEncoder: 'y', encoderReason: '', encodeMs: 1, composeMs: 1, ...more,
})
const figures = (atMs: number, more: Partial<BroadcastFigures> = {}): BroadcastFigures => ({ atMs, program: null, outputs: {}, cpuPercent: null, rssMiB: null, ...more })
const sent = (totalBytesSent: number) => ({
  stage: 'sending' as const, bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: null, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null,
  totalBytesSent, totalFramesSent: 1, totalFramesDropped: 2,
})

function record() {
  const status = new Topic<BroadcastStatus>(idle)
  const topic = new Topic<BroadcastFigures>(figures(0))
  const recorder = new ShowRecorder({
    host: 'browser', versions: { castwright: '0.1.0' }, status, figures: topic,
    destinations: () => [{ destination: REHEARSAL }, { destination: { ...REHEARSAL, id: 'a', kind: 'rtmp', address: 'rtmp://host/live?token=hush' } }],
    redact: (text) => text.replaceAll('hush', '***'),
  })
  return { status, figures: topic, recorder }
}

describe('ShowRecorder', () => {
  it('reports what happened while live: totals, means, gaps, states before the end', () => {
    const show = record()
    show.figures.set(figures(500, { program: program(0, { framesComposed: 100 }) }))
    const live: BroadcastStatus = { ...idle, live: true, liveSinceMs: 1000, outputs: [output('rehearsal', { state: 'connecting', firstMediaMs: null }), output('a')] }
    show.status.set(live)
    show.figures.set(figures(1000, { program: program(0), cpuPercent: { total: 40, byProcess: { main: 10, page: 30 } }, rssMiB: 500 }))
    show.figures.set(figures(2000, { program: program(30), cpuPercent: { total: 60, byProcess: { main: 20, page: 40 } }, rssMiB: 700.04, outputs: { a: sent(5000) } }))
    show.figures.set(figures(3000, { program: program(60), rssMiB: 600, outputs: { a: sent(9000) } }))
    const gaps = [{ reason: 'connection-lost' as const, atMs: 2500, downMs: 1200.6, recoverMs: 300.2 }]
    const failure = { reason: 'connection-lost' as const, evidence: 'peer said hush', atMs: 2500 }
    show.status.set({ ...live, outputs: [output('rehearsal'), output('a', { connects: 2, gaps, failure })] })
    show.status.set({ ...live, outputs: [output('rehearsal'), output('a', { connects: 2, gaps, failure })] })
    show.status.set({ ...live, ending: true, outputs: [output('rehearsal', { state: 'disconnecting' }), output('a', { state: 'idle' })] })
    show.figures.set(figures(9000, { program: program(999) }))
    show.status.set(idle)

    const made = show.recorder.report()
    expect(report.parse(made)).toEqual(made)
    expect(made).toEqual({
      version: 1, host: 'browser', versions: { castwright: '0.1.0' }, startedAtMs: 1000, liveMs: 2000,
      video: { width: 1280, height: 720, fpsTarget: 30, framesComposed: 60, framesEncoded: 60, framesDropped: 0, fpsMean: 30 },
      audio: { sampleRate: 48_000, driftPpm: 3 },
      outputs: [
        { address: 'rehearsal', kind: 'rehearsal', finalState: 'running', connects: 1, firstMediaMs: 900, bytesSent: 0, framesDropped: 0, gaps: [] },
        {
          address: 'rtmp://host:1935/live', kind: 'rtmp', finalState: 'running', connects: 2, firstMediaMs: 900, bytesSent: 9000, framesDropped: 2,
          gaps: [{ reason: 'connection-lost', downMs: 1201, recoverMs: 300 }],
        },
      ],
      cpuPercent: { total: 50, byProcess: { main: 15, page: 35 } },
      rssMiB: 700,
      recordings: [],
      errors: [{ atMs: 2500, reason: 'connection-lost', message: 'The connection broke off.', evidence: 'peer said ***', address: 'rtmp://host:1935/live' }],
    })
    expect(JSON.stringify(made)).not.toContain('hush')
    expect(exitCodeOf(made)).toBe(0)
  })

  it('goes on counting over a reload of the page, and takes the reload out of the mean rate', () => {
    const show = record()
    show.status.set({ ...idle, live: true, liveSinceMs: 0, outputs: [output('rehearsal')] })
    for (const [atMs, frames] of [[1000, 30], [2000, 60], [5000, 15], [6000, 45]] as const) show.figures.set(figures(atMs, { program: program(frames) }))
    const { video } = show.recorder.report()
    expect(video.framesEncoded).toBe(60 + 45)
    expect(video.fpsMean).toBe(30)
  })

  it('makes a valid report when nothing ever happened', () => {
    const made = record().recorder.report()
    expect(report.safeParse(made).success).toBe(true)
    expect(exitCodeOf(made)).toBe(1)
  })

  it('listens no longer once it is closed', () => {
    const show = record()
    show.recorder.close()
    show.status.set({ ...idle, live: true, liveSinceMs: 5 })
    expect(show.recorder.report().startedAtMs).toBeNull()
  })
})

describe('exitCodeOf', () => {
  const ran: ReportOutput = { address: 'rehearsal', kind: 'rehearsal', finalState: 'running', connects: 1, firstMediaMs: 1, bytesSent: 1, framesDropped: 0, gaps: [] }
  const video = { ...record().recorder.report().video, framesEncoded: 600 }

  it.each<[string, ReportOutput[], 0 | 1]>([
    ['everything ran', [ran, ran], 0],
    ['a gap was mended', [{ ...ran, connects: 2, gaps: [{ reason: 'stalled', downMs: 1, recoverMs: 1 }] }], 0],
    ['one of two failed', [ran, { ...ran, finalState: 'failed' }], 1],
    ['it was still recovering', [{ ...ran, finalState: 'recovering' }], 1],
    ['it never got there', [{ ...ran, finalState: 'connecting', firstMediaMs: null }], 1],
    ['there was no output', [], 1],
  ])('%s', (_what, outputs, code) => {
    expect(exitCodeOf({ outputs, video })).toBe(code)
  })

  it('is 1 when no frame was ever coded', () => {
    expect(exitCodeOf({ outputs: [ran], video: { ...video, framesEncoded: 0 } })).toBe(1)
  })
})

describe('docs/report.schema.json', () => {
  const path = fileURLToPath(new URL('../../docs/report.schema.json', import.meta.url))

  it('is what the code says (vitest -u writes it anew)', async () => {
    await expect(reportJsonSchema()).toMatchFileSnapshot(path)
  })

  it('takes real reports and refuses others', async () => {
    const check = new Ajv2020({ strict: false }).compile(JSON.parse(await readFile(path, 'utf8')) as object)
    const made: Report = record().recorder.report()
    expect(check(JSON.parse(JSON.stringify(made)))).toBe(true)
    expect(check({ ...made, host: 'netscape' })).toBe(false)
    expect(check({ ...made, outputs: [{ address: 'x' }] })).toBe(false)
  })
})

describe('writeReport', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'castwright-report-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('writes to a file or to standard output', async () => {
    const made = record().recorder.report()
    const written: string[] = []
    const out = { write: (text: string) => written.push(text) }
    await writeReport('-', made, out)
    await writeReport(join(folder, 'r.json'), made, out)
    expect(written).toHaveLength(1)
    expect(JSON.parse(written[0] ?? '')).toEqual(made)
    expect(await readFile(join(folder, 'r.json'), 'utf8')).toBe(written[0])
  })

  it('finds out before the show that the file cannot be written', async () => {
    await expect(checkReportTarget(join(folder, 'none', 'r.json'))).rejects.toThrow(UsageError)
    await expect(checkReportTarget(folder)).rejects.toThrow(/is a folder/)
    await expect(checkReportTarget(join(folder, 'r.json'))).resolves.toBeUndefined()
    await expect(checkReportTarget('-')).resolves.toBeUndefined()
  })
})
