/** One process at one moment. */
export interface ProcessRow {
  pid: number
  parentPid: number
  name: string
  /** Processor time used since it started, ms; user and system. */
  cpuMs: number
  /** Tells two processes with the same number apart. */
  startedAt: number
}

/** How processes are read on this system. Nothing in it throws. */
export interface ProcessReader {
  read(pid: number): ProcessRow | null
  readAll(): ProcessRow[]
  rssKiB(pid: number): number | null
}
