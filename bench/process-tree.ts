import { treeUsage } from '../e2e/fixtures/process-table.ts'

/** CPU of a process tree over some seconds, as percent of one core, and its memory at the end. */
export async function cpuPercentOver(rootPid: number, seconds: number): Promise<{ cpuPercent: number; rssMiB: number }> {
  const before = cpuSecondsOf(rootPid)
  const startMs = performance.now()
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const elapsedSeconds = (performance.now() - startMs) / 1000
  return { cpuPercent: (100 * (cpuSecondsOf(rootPid) - before)) / elapsedSeconds, rssMiB: treeUsage(rootPid).rssMiB }
}

const cpuSecondsOf = (rootPid: number): number => Object.values(treeUsage(rootPid).cpuSeconds).reduce((sum, seconds) => sum + seconds, 0)
