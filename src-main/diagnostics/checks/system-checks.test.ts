import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { environmentFfmpeg, judgeFfmpeg, namesBehindFlags, outputProtocols } from './environment-ffmpeg.ts'
import { judgeSystem } from './environment-system.ts'
import { powerInPmset, powerInWin32, powerOfSupplies } from './power-text.ts'
import { judgeHeard } from './system-clock.ts'
import { judgeDiskSpeed, systemDiskSpeed } from './system-disk-speed.ts'
import { memoryNow, prettyName, systemFacts } from './system-facts.ts'
import { judgeMemory } from './system-memory.ts'
import { judgePower, systemPower } from './system-power.ts'
import { judgeLoad } from './system-processor.ts'

const given = (signal = new AbortController().signal) => ({ log: silentLogger, clock: new FakeClock(), signal, options: {}, progress() {} })
const FACTS = { os: 'Debian GNU/Linux 12', release: '6.1.0', arch: 'x64', cpu: 'Intel Core i7', cores: 4, memoryBytes: 16e9 }

describe('environment.system', () => {
  it.each([[4, 'pass', 'told'], [3, 'warn', 'few-processors']] as const)('%d processors: %s', (cores, status, code) => {
    expect(judgeSystem({ ...FACTS, cores }, { node: '24' })).toMatchObject({ status, code, params: { cores, memoryGb: 16 }, data: { versions: { node: '24' } } })
  })
  it('knows this computer', async () => {
    const facts = await systemFacts()
    expect(facts.cores).toBeGreaterThan(0)
    expect(facts.memoryBytes).toBeGreaterThan(1e8)
    expect(facts.os).not.toBe('')
    expect(memoryNow().availableBytes).toBeGreaterThan(0)
  })
  it('reads the name that the system gives itself', () => {
    expect(prettyName('ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')).toBe('Debian GNU/Linux 12 (bookworm)')
    expect(prettyName('ID=debian\n')).toBeNull()
  })
})

describe('environment.ffmpeg', () => {
  const ENCODERS = 'Encoders:\n V..... = Video\n ------\n V....D libx264              libx264 H.264 / AVC (codec h264)\n A....D aac                  AAC (Advanced Audio Coding)\n'
  const MUXERS = 'File formats:\n D. = Demuxing supported\n --\n  E flv             FLV\n  E matroska        Matroska\n  E mp4             MP4\n  E mpegts          MPEG-TS\n  E hls             Apple HTTP Live Streaming\n'
  const PROTOCOLS = 'Supported file protocols:\nInput:\n  http\n  file\nOutput:\n  file\n  pipe\n  srt\n'

  it('reads what FFmpeg lists', () => {
    expect(namesBehindFlags(ENCODERS)).toEqual(['libx264', 'aac'])
    expect(namesBehindFlags(MUXERS)).toEqual(['flv', 'matroska', 'mp4', 'mpegts', 'hls'])
    expect(outputProtocols(PROTOCOLS)).toEqual(['file', 'pipe', 'srt'])
  })
  it.each([
    ['a whole one', PROTOCOLS, { status: 'pass', code: 'complete' }],
    ['one without SRT', PROTOCOLS.replace('  srt\n', ''), { status: 'warn', code: 'parts-missing', params: { missing: 'srt' } }],
    ['one that says nothing', '', { status: 'warn', code: 'parts-missing', params: { missing: 'file, pipe, srt' } }],
  ])('%s', async (_what, protocols, found) => {
    const runTool = async (_command: string, args: readonly string[]) => ({ found: true, code: 0, stdout: { '-encoders': ENCODERS, '-muxers': MUXERS, '-protocols': protocols }[args[1]!]! })
    expect(await environmentFfmpeg({ ffmpeg: async () => ({ path: '/x/ffmpeg', version: '7.1' }), runTool }).perform(given())).toMatchObject(found)
  })
  it('says that there is none', async () => {
    expect(await environmentFfmpeg({ ffmpeg: async () => null, runTool: async () => Promise.reject(new Error('asked')) }).perform(given())).toMatchObject({ status: 'warn', code: 'missing' })
  })
  it('keeps its data to what it looks for', () => {
    expect(judgeFfmpeg('7.1', { encoders: ['libx264', 'aac', 'zmbv'], protocols: [], muxers: [] }).data).toMatchObject({ encoders: ['libx264', 'aac'] })
  })
})

describe('system.processor', () => {
  const looks = (busy: number) => [0, 1, 2].map((i) => ({ totalMs: i * 1000, idleMs: i * (1000 - busy * 10) }))
  it.each([[69, 'pass', 'free'], [70, 'warn', 'busy'], [90, 'warn', 'busy'], [91, 'fail', 'full']] as const)('%d %%: %s', (percent, status, code) => {
    expect(judgeLoad(looks(percent))).toMatchObject({ status, code, value: percent, samples: [percent, percent] })
  })
  it('says so where nothing is told', () => expect(judgeLoad([{ totalMs: 0, idleMs: 0 }, { totalMs: 0, idleMs: 0 }])).toMatchObject({ status: 'skipped', code: 'unknown' }))
})

describe('system.memory', () => {
  it.each([[1e9, 'pass', 'enough'], [0.9e9, 'warn', 'little'], [0.5e9, 'warn', 'little'], [0.4e9, 'fail', 'none']] as const)('%d bytes: %s', (availableBytes, status, code) => {
    expect(judgeMemory({ totalBytes: 8e9, availableBytes })).toMatchObject({ status, code, params: { totalGb: 8 } })
  })
})

describe('system.clock', () => {
  it.each([[null, 'skipped', 'unknown'], [-2000, 'pass', 'good'], [2001, 'warn', 'off'], [60_000, 'warn', 'off'], [-60_001, 'fail', 'far']] as const)('%s ms: %s', (offsetMs, status, code) => {
    expect(judgeHeard(offsetMs)).toMatchObject({ status, code })
  })
})

describe('system.power', () => {
  const at = (percent: number, onBattery: boolean, saving = false) => judgePower({ battery: { percent, onBattery }, saving })
  it.each([
    ['mains', at(50, false), 'pass', 'mains'],
    ['no battery', judgePower({ battery: null, saving: false }), 'pass', 'no-battery'],
    ['battery', at(20, true), 'warn', 'battery'],
    ['an empty battery', at(19, true), 'fail', 'low'],
    ['saving', at(90, false, true), 'warn', 'saving'],
    ['a system that says nothing', judgePower(null), 'skipped', 'unknown'],
  ])('%s', (_what, found, status, code) => expect(found).toMatchObject({ status, code }))

  it('reads Linux, and leaves out the battery of a mouse', async () => {
    const files: Record<string, string> = { 'mouse/type': 'Battery', 'mouse/scope': 'Device', 'mouse/capacity': '5', 'mouse/status': 'Discharging', 'BAT0/type': 'Battery\n', 'BAT0/capacity': '81\n', 'BAT0/status': 'Discharging\n', 'AC/type': 'Mains' }
    const check = systemPower({ platform: 'linux', list: async () => ['mouse', 'BAT0', 'AC'], readText: async (path) => files[path.replace('/sys/class/power_supply/', '')] ?? null, runTool: async () => Promise.reject(new Error('asked')) })
    expect(await check.perform(given())).toMatchObject({ code: 'battery', value: 81 })
    expect(powerOfSupplies([], 'low-power')).toEqual({ battery: null, saving: true })
  })
  it('reads macOS', () => {
    expect(powerInPmset("Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t57%; discharging; 3:10 remaining\n", ' lowpowermode         1\n')).toEqual({ battery: { percent: 57, onBattery: true }, saving: true })
    expect(powerInPmset("Now drawing from 'AC Power'\n", '')).toEqual({ battery: null, saving: false })
    expect(powerInPmset('pmset: nothing', '')).toBeNull()
  })
  it('reads Windows', () => {
    expect(powerInWin32('57;1\r\n')).toEqual({ battery: { percent: 57, onBattery: true }, saving: false })
    expect(powerInWin32('100;2')).toEqual({ battery: { percent: 100, onBattery: false }, saving: false })
    expect(powerInWin32('')).toEqual({ battery: null, saving: false })
    expect(powerInWin32('What?')).toBeNull()
  })
})

describe('system.disk-speed', () => {
  it.each([[1000, 'pass', 'quick'], [990, 'warn', 'moderate'], [300, 'warn', 'moderate'], [290, 'fail', 'slow']] as const)('%d × 10 kB in a second: %s', (tens, status, code) => {
    expect(judgeDiskSpeed([{ bytes: tens * 10_000, ms: 1000 }])).toMatchObject({ status, code, unit: 'MB/s' })
  })

  const within = async (work: (folder: string) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'castwright-speed-'))
    try {
      await work(folder)
      expect(await readdir(folder)).toEqual([])
    } finally {
      await rm(folder, { recursive: true })
    }
  }
  const check = (folder: string, free = 1e12) => systemDiskSpeed({ recordingsFolder: () => join(folder, 'to', 'be', 'made'), freeBytes: async () => free })

  it('writes for real, and leaves nothing behind', () =>
    within(async (folder) => expect(await check(folder).perform({ ...given(), clock: systemClock })).toMatchObject({ unit: 'MB/s', data: { mbPerSecond: expect.any(Number) } })))
  it('leaves nothing behind when it is called off', () =>
    within(async (folder) => {
      const off = new AbortController()
      const ran = check(folder).perform({ ...given(off.signal), clock: systemClock, progress: () => off.abort(new StudioError('stopped')) })
      await expect(ran).rejects.toThrow(StudioError)
    }))
  it('does without where there is no room', () => within(async (folder) => expect(await check(folder, 9e8).perform(given())).toMatchObject({ status: 'skipped', code: 'no-room' })))
  it('says that nothing can be written', async () => {
    const found = await systemDiskSpeed({ recordingsFolder: () => '/proc', freeBytes: async () => 1e12 }).perform(given())
    expect(found).toMatchObject({ status: 'fail', code: 'not-writable' })
  })
})
