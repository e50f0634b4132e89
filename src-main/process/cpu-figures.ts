import type { BroadcastFigures } from '@shared/contracts/broadcast.ts'
import type { Clock } from '../base/clock.ts'
import { linuxProcesses } from './cpu-figures-linux.ts'
import type { ProcessReader, ProcessRow } from './cpu-figures-reader.ts'

type Usage = Pick<BroadcastFigures, 'cpuPercent' | 'rssMiB'>

const EVERY_MS = 500
/** The whole table of processes is read, and memory added up, once in so many samples: it costs more. */
const SAMPLES_PER_SCAN = 10
/** The figure is a mean over 2 s: processor time comes in steps of 10 ms, which is 2 % of one sample. */
const SAMPLES_IN_MEAN = 4

/**
 * Processor time and memory of everything the studio runs: this process, the ones it is told of, and all their
 * descendants, by role. Figures are null where processes cannot be read (not on Linux): a sum that leaves most of
 * the work out would flatter.
 */
export class CpuFigures {
  readonly #clock: Pick<Clock, 'every' | 'monotonicMs'>
  readonly #reader: ProcessReader | null
  readonly #ownPid: number
  readonly #stop: () => void
  #ids: () => Promise<Record<string, number>> = async () => ({})
  /** Who counts, with its role and what it had used at the last sample. */
  #counted = new Map<number, { role: string; before: ProcessRow }>()
  #recent: Record<string, number>[] = []
  #rssMiB: number | null = null
  #sampledAtMs: number | null = null
  #samples = 0

  constructor(clock: Pick<Clock, 'every' | 'monotonicMs'>, reader: ProcessReader | null = readerFor(process.platform), ownPid = process.pid) {
    this.#clock = clock
    this.#reader = reader
    this.#ownPid = ownPid
    this.#stop = reader ? clock.every(EVERY_MS, () => this.#sample(reader)) : () => {}
  }

  /** Process ids to count besides this process, by role; asked again every 5 s. */
  count(ids: () => Promise<Record<string, number>>): void {
    this.#ids = ids
    if (this.#reader) void this.#scan(this.#reader)
  }

  /** Null until two samples were taken. */
  get latest(): Usage {
    if (this.#recent.length === 0) return { cpuPercent: null, rssMiB: this.#rssMiB }
    const byProcess = meanOf(this.#recent)
    const total = Object.values(byProcess).reduce((sum, percent) => sum + percent, 0)
    return { cpuPercent: { total: round(total), byProcess }, rssMiB: this.#rssMiB }
  }

  close(): void {
    this.#stop()
  }

  #sample(reader: ProcessReader): void {
    const nowMs = this.#clock.monotonicMs()
    const elapsedMs = nowMs - (this.#sampledAtMs ?? nowMs)
    if (this.#counted.size > 0) {
      const used = this.#usedSince(reader, elapsedMs)
      // The first look only says where counting begins.
      if (elapsedMs > 0) this.#recent = [...this.#recent, used].slice(-SAMPLES_IN_MEAN)
    }
    this.#sampledAtMs = nowMs
    if (this.#samples++ % SAMPLES_PER_SCAN === 0) void this.#scan(reader)
  }

  #usedSince(reader: ProcessReader, elapsedMs: number): Record<string, number> {
    const byRole: Record<string, number> = {}
    for (const [pid, entry] of this.#counted) {
      const now = reader.read(pid)
      if (!now || now.startedAt !== entry.before.startedAt) {
        this.#counted.delete(pid)
        continue
      }
      byRole[entry.role] = (byRole[entry.role] ?? 0) + ((now.cpuMs - entry.before.cpuMs) * 100) / elapsedMs
      entry.before = now
    }
    return byRole
  }

  async #scan(reader: ProcessReader): Promise<void> {
    const ids = await this.#ids().catch(() => ({}))
    const rows = reader.readAll()
    const roles = rolesOf(rows, { main: this.#ownPid, ...ids })
    const next = new Map<number, { role: string; before: ProcessRow }>()
    let rssKiB = 0
    for (const row of rows) {
      const role = roles.get(row.pid)
      if (role === undefined) continue
      const known = this.#counted.get(row.pid)
      // One that was not counted yet begins now: what it used before belongs to no sample.
      next.set(row.pid, { role, before: known?.before.startedAt === row.startedAt ? known.before : row })
      rssKiB += reader.rssKiB(row.pid) ?? 0
    }
    this.#counted = next
    this.#rssMiB = round(rssKiB / 1024)
  }
}

/**
 * Who counts, and as what: the given processes under their roles, each descendant under the role of its nearest
 * ancestor that has one; children of `main` that no one named, e.g. `ffmpeg`, under their own names.
 */
export function rolesOf(rows: readonly ProcessRow[], given: Readonly<Record<string, number>>): Map<number, string> {
  const byPid = new Map(rows.map((row) => [row.pid, row]))
  const named = new Map(Object.entries(given).map(([role, pid]) => [pid, role]))
  const roles = new Map<number, string>()
  for (const row of rows) {
    let role: string | undefined
    let below: ProcessRow | null = null
    // A process can be its own ancestor only in a table that was torn while it was read.
    for (let at: ProcessRow | undefined = row, steps = 0; at && steps < 64; at = byPid.get(at.parentPid), steps++) {
      role = named.get(at.pid)
      if (role !== undefined) break
      below = at
    }
    if (role !== undefined) roles.set(row.pid, role === 'main' && below ? below.name : role)
  }
  return roles
}

function meanOf(samples: readonly Record<string, number>[]): Record<string, number> {
  const roles = new Set(samples.flatMap((sample) => Object.keys(sample)))
  return Object.fromEntries([...roles].map((role) => [role, round(samples.reduce((sum, each) => sum + (each[role] ?? 0), 0) / samples.length)]))
}

function readerFor(platform: NodeJS.Platform): ProcessReader | null {
  return platform === 'linux' ? linuxProcesses : null
}

const round = (value: number): number => Math.round(value * 10) / 10
