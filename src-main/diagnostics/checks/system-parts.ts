import type { RunTool } from '../network/run-tool.ts'
import type { ProcessorTimes } from './show-check-parts.ts'

/** What the system tells of itself. */
export interface SystemFacts {
  /** As people call it, e.g. `Debian GNU/Linux 12`. */
  os: string
  /** The kernel's version. */
  release: string
  arch: string
  /** Maker's name of the processor. */
  cpu: string
  /** Logical processors. */
  cores: number
  memoryBytes: number
}

/** What the checks of this computer look at; each takes what it needs. */
export interface SystemCheckParts {
  facts: () => Promise<SystemFacts>
  /** Of the engines: node, browser or electron and chrome. */
  versions: () => Readonly<Record<string, string>>
  ffmpeg: () => Promise<{ path: string; version: string } | null>
  processorTimes: () => ProcessorTimes
  memory: () => { totalBytes: number; availableBytes: number }
  platform: NodeJS.Platform
  runTool: RunTool
  /** null = there is no such file. */
  readText: (path: string) => Promise<string | null>
  /** Names in a folder; empty where there is none. */
  list: (folder: string) => Promise<readonly string[]>
  /** Where recordings go now. */
  recordingsFolder: () => string
  freeBytes: (path: string) => Promise<number>
  /** What servers' clocks are ahead, ms; null = none was heard. */
  heardOffsetMs: () => number | null
}
