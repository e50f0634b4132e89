import { readdir } from 'node:fs/promises'
import { arch, cpus, release, totalmem, type, version } from 'node:os'
import { readSystemText } from '../network/gateway.ts'
import type { SystemFacts } from './system-parts.ts'

/** This computer, by what Node and the system's own files say. */
export async function systemFacts(): Promise<SystemFacts> {
  const all = cpus()
  const named = process.platform === 'linux' ? prettyName((await readSystemText('/etc/os-release')) ?? '') : null
  return {
    os: named ?? (process.platform === 'darwin' ? `macOS (Darwin ${release()})` : process.platform === 'win32' ? version() : type()),
    release: release(),
    arch: arch(),
    cpu: all[0]?.model.replace(/\s+/g, ' ').trim() || 'unknown',
    cores: all.length,
    memoryBytes: totalmem(),
  }
}

/** What is free for new programs without swapping (containers' limits included), rather than what nobody uses at all. */
export const memoryNow = () => ({ totalBytes: totalmem(), availableBytes: process.availableMemory() })

export const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/** `PRETTY_NAME` of os-release(5); null where it is absent. */
export const prettyName = (text: string): string | null => /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(text)?.[1] ?? null
