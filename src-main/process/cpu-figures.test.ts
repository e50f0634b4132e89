import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../base/clock.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { Scope } from '../base/scope.ts'
import { linuxProcesses, parseRssKiB, parseStat } from './cpu-figures-linux.ts'
import type { ProcessReader, ProcessRow } from './cpu-figures-reader.ts'
import { CpuFigures, rolesOf } from './cpu-figures.ts'

let scope = new Scope()
beforeEach(() => {
  scope = new Scope()
})
afterEach(() => scope.close())

/** A table of processes that a test changes. */
class FakeProcesses implements ProcessReader {
  rows: ProcessRow[] = []
  read = (pid: number) => this.rows.find((row) => row.pid === pid) ?? null
  readAll = () => [...this.rows]
  rssKiB = () => 10 * 1024

  start(pid: number, parentPid: number, name: string, startedAt = pid): void {
    this.rows.push({ pid, parentPid, name, cpuMs: 1000, startedAt })
  }

  /** Processes use so many ms of processor time. */
  use(usedMs: Record<number, number>): void {
    this.rows = this.rows.map((row) => ({ ...row, cpuMs: row.cpuMs + (usedMs[row.pid] ?? 0) }))
  }
}

function figuresOf(processes: FakeProcesses) {
  const clock = new FakeClock()
  const figures = scope.own(new CpuFigures(clock, processes, 1))
  const step = async (usedMs: Record<number, number>) => {
    processes.use(usedMs)
    await clock.advance(500)
  }
  return { figures, step, clock }
}

describe('CpuFigures', () => {
  it('adds up processor time by role, with descendants, in percent of one core', async () => {
    const processes = new FakeProcesses()
    processes.start(1, 0, 'node')
    processes.start(2, 1, 'chromium')
    processes.start(3, 2, 'chromium')
    processes.start(4, 1, 'ffmpeg')
    processes.start(9, 0, 'other')
    const { figures, step } = figuresOf(processes)
    expect(figures.latest).toEqual({ cpuPercent: null, rssMiB: null })
    figures.count(async () => ({ browser: 2 }))
    await step({ 1: 50, 3: 500 })
    for (let i = 0; i < 4; i++) await step({ 1: 50, 2: 100, 3: 200, 4: 25, 9: 500 })
    expect(figures.latest).toEqual({ cpuPercent: { total: 75, byProcess: { main: 10, browser: 60, ffmpeg: 5 } }, rssMiB: 40 })
  })

  it('counts a new process from when it is seen, not all it ever used, and forgets one that ended', async () => {
    const processes = new FakeProcesses()
    processes.start(1, 0, 'node')
    const { figures, step } = figuresOf(processes)
    await step({})
    processes.start(2, 1, 'ffmpeg')
    processes.use({ 2: 60_000 })
    for (let i = 0; i < 14; i++) await step({ 2: 50 })
    expect(figures.latest.cpuPercent).toEqual({ total: 10, byProcess: { main: 0, ffmpeg: 10 } })
    processes.rows = processes.rows.filter((row) => row.pid !== 2)
    for (let i = 0; i < 4; i++) await step({})
    expect(figures.latest.cpuPercent).toEqual({ total: 0, byProcess: { main: 0 } })
  })

  it('does not take another process with the same number for the old one', async () => {
    const processes = new FakeProcesses()
    processes.start(1, 0, 'node')
    processes.start(2, 1, 'ffmpeg', 100)
    const { figures, step } = figuresOf(processes)
    await step({})
    processes.rows = processes.rows.filter((row) => row.pid !== 2)
    processes.start(2, 0, 'stranger', 200)
    for (let i = 0; i < 5; i++) await step({ 2: 500 })
    expect(figures.latest.cpuPercent?.total).toBe(0)
  })

  it('goes on when whoever knows the ids fails, and stops when closed', async () => {
    const processes = new FakeProcesses()
    processes.start(1, 0, 'node')
    const { figures, step, clock } = figuresOf(processes)
    figures.count(() => Promise.reject(new Error('window gone')))
    for (let i = 0; i < 4; i++) await step({ 1: 50 })
    expect(figures.latest.cpuPercent?.byProcess).toEqual({ main: 10 })
    figures.close()
    expect(clock.pending).toBe(0)
  })

  it('says nothing where processes cannot be read', async () => {
    const clock = new FakeClock()
    const figures = new CpuFigures(clock, null)
    await clock.advance(2000)
    expect(figures.latest).toEqual({ cpuPercent: null, rssMiB: null })
    expect(clock.pending).toBe(0)
  })
})

describe('rolesOf', () => {
  it('survives a torn table in which parents go round in circles', () => {
    const row = (pid: number, parentPid: number): ProcessRow => ({ pid, parentPid, name: 'x', cpuMs: 0, startedAt: 0 })
    expect(rolesOf([row(5, 6), row(6, 5), row(1, 0)], { main: 1 })).toEqual(new Map([[1, 'main']]))
  })
})

describe('/proc', () => {
  it.each([
    [
      '28766 (cat) R 28764 28764 4532 0 -1 4194304 101 0 0 0 3 4 0 0 20 0 1 0 307291 3133440 407 18446744073709551615',
      { pid: 28_766, parentPid: 28_764, name: 'cat', cpuMs: 70, startedAt: 307_291 },
    ],
    ['7 (Web (Content) x) S 1 1 1 0 -1 0 0 0 0 0 100 50 9 9 20 0 1 0 5 0 0', { pid: 7, parentPid: 1, name: 'Web (Content) x', cpuMs: 1500, startedAt: 5 }],
    ['', null],
    ['7 (x) S', null],
    ['nonsense', null],
  ])('reads stat %j', (text, expected) => {
    expect(parseStat(text)).toEqual(expected)
  })

  it('reads VmRSS', () => {
    expect(parseRssKiB('Name:\tcat\nVmRSS:\t    1768 kB\nRssAnon:\t 116 kB\n')).toBe(1768)
    expect(parseRssKiB('Name:\tkthreadd\n')).toBeNull()
  })
})

describe.runIf(process.platform === 'linux')('CpuFigures on this computer', () => {
  it('sees this process at work', async () => {
    const figures = scope.own(new CpuFigures(systemClock, linuxProcesses))
    await vi.waitFor(
      () => {
        const untilMs = performance.now() + 40
        while (performance.now() < untilMs);
        expect(figures.latest.cpuPercent?.byProcess['main']).toBeGreaterThan(5)
        expect(figures.latest.rssMiB).toBeGreaterThan(10)
      },
      { timeout: 15_000, interval: 10 },
    )
  })
})
