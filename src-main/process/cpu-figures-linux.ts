import { readdirSync, readFileSync } from 'node:fs'
import type { ProcessReader, ProcessRow } from './cpu-figures-reader.ts'

/** USER_HZ, the unit of times in /proc: 100 on every architecture that desktops use (proc(5), sysconf(_SC_CLK_TCK)). */
const TICK_MS = 10

/**
 * Reads processes from /proc. Synchronously: these files are made up by the kernel in some 20 µs, less than
 * handing the work to another thread and back would cost.
 */
export const linuxProcesses: ProcessReader = {
  read: (pid) => parseStat(readText(`/proc/${pid}/stat`)),
  readAll: () =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => parseStat(readText(`/proc/${name}/stat`)))
      .filter((row) => row !== null),
  rssKiB: (pid) => parseRssKiB(readText(`/proc/${pid}/status`)),
}

/** proc(5), /proc/pid/stat: the name stands in brackets and may hold brackets and spaces; fields are counted after it. */
export function parseStat(text: string): ProcessRow | null {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')]
  if (open < 0 || close < open) return null
  // Field 3 (state) is the first after the name: ppid 4, utime 14, stime 15, starttime 22.
  const fields = text.slice(close + 2).split(' ')
  const field = (number: number) => Number(fields[number - 3])
  const row = { pid: Number(text.slice(0, open)), parentPid: field(4), name: text.slice(open + 1, close), cpuMs: (field(14) + field(15)) * TICK_MS, startedAt: field(22) }
  return [row.pid, row.parentPid, row.cpuMs, row.startedAt].every(Number.isFinite) ? row : null
}

/** proc(5), /proc/pid/status: `VmRSS:     1768 kB`, where kB means 1024 bytes. null for a process without memory (kernel threads, zombies). */
export function parseRssKiB(text: string): number | null {
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(text)
  return found ? Number(found[1]) : null
}

/** A process may end between two looks. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
