import { systemCode } from '../base/atomic-file.ts'
import { linuxProcesses } from './cpu-figures-linux.ts'

export interface KnownProcess {
  pid: number
  /** When it began, in the system's own unit; null where the system does not say. */
  startedAt: number | null
}

/** A process that runs now, told apart from an earlier one with the same number where the system says when it began; null = there is none. */
export type FindProcess = (pid: number) => KnownProcess | null

export const findProcess: FindProcess = (pid) => {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    if (systemCode(error) !== 'EPERM') return null
  }
  if (process.platform !== 'linux') return { pid, startedAt: null }
  // A process that has ended, but that nobody has asked about yet, still has its number; memory it has none.
  return linuxProcesses.rssKiB(pid) === null ? null : { pid, startedAt: linuxProcesses.read(pid)?.startedAt ?? null }
}

/** Whether the process that is noted is the one that runs under its number now. */
export const isSameProcess = (running: KnownProcess | null, noted: KnownProcess): boolean =>
  running !== null && (running.startedAt === null || noted.startedAt === null || running.startedAt === noted.startedAt)
