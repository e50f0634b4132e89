import { readFileSync, readdirSync } from 'node:fs'

/** Clock ticks per second of /proc's utime and stime; 100 on every Linux that we know. */
const TICKS_PER_SECOND = 100

export interface TreeUsage {
  cpuSeconds: number
  rssMiB: number
  processes: number
}

/** What a process and all its living descendants have used so far, by Linux's own accounting. */
export function treeUsage(rootPid: number): TreeUsage {
  const children = new Map<number, number[]>()
  const usage = new Map<number, { ticks: number; pages: number }>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readStat(name)
    if (!stat) continue
    usage.set(stat.pid, stat)
    children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat.pid])
  }
  let ticks = 0
  let pages = 0
  let processes = 0
  const waiting = [rootPid]
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const own = usage.get(pid)
    if (!own) continue
    ticks += own.ticks
    pages += own.pages
    processes++
    waiting.push(...(children.get(pid) ?? []))
  }
  return { cpuSeconds: ticks / TICKS_PER_SECOND, rssMiB: (pages * 4096) / 1024 / 1024, processes }
}

function readStat(pid: string): { pid: number; parent: number; ticks: number; pages: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold anything; the fields start behind its last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), pages: Number(fields[21]) }
  } catch {
    return null // gone in the meantime
  }
}

/** CPU of a process tree between two moments, as percent of one core. */
export async function cpuPercentOver(rootPid: number, seconds: number): Promise<{ cpuPercent: number; rssMiB: number }> {
  const before = treeUsage(rootPid)
  const startMs = performance.now()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const after = treeUsage(rootPid)
  const elapsedSeconds = (performance.now() - startMs) / 1000
  return { cpuPercent: (100 * (after.cpuSeconds - before.cpuSeconds)) / elapsedSeconds, rssMiB: after.rssMiB }
}
