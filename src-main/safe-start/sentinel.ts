import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { systemCode, writeFileAtomic } from '../base/atomic-file.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'

/** A studio that lives this long does not die of its start. */
export const EARLY_MS = 120_000

export const sentinelRecord = z.object({
  version: z.string().max(100),
  pid: z.int(),
  /** Wall time, ms since 1970. */
  startedAtMs: z.number(),
  /** It has lived longer than `EARLY_MS`. */
  settled: z.boolean(),
  /** How many before this one in a row were cut off before they had settled. */
  earlyEnds: z.int().min(0),
  live: z.object({ sinceMs: z.number(), destinationIds: z.array(z.string().max(200)).max(1000) }).nullable(),
  recordingSinceMs: z.number().nullable(),
})
export type SentinelRecord = z.infer<typeof sentinelRecord>

export interface SentinelParts {
  path: string
  version: string
  pid: number
  clock: Clock
  log: Logger
}

/**
 * A file that is there while the studio is: one that is found at the start was left by a studio that was cut off.
 * The caller sees to it that no other studio has the folder. A disk that takes nothing costs the sentinel, not the studio.
 */
export class Sentinel {
  readonly #stop = new AbortController()
  #record: SentinelRecord
  #writing: Promise<void> = Promise.resolve()

  private constructor(
    private readonly parts: SentinelParts,
    /** Of a studio that was cut off; `unknown`: nothing can be read of it. null = the last one ended cleanly. */
    readonly before: SentinelRecord | 'unknown' | null,
  ) {
    const { version, pid, clock } = parts
    const earlyEnds = before !== null && before !== 'unknown' && !before.settled ? before.earlyEnds + 1 : 0
    this.#record = { version, pid, startedAtMs: clock.now(), settled: false, earlyEnds, live: null, recordingSinceMs: null }
  }

  static async open(parts: SentinelParts): Promise<Sentinel> {
    const sentinel = new Sentinel(parts, await readBefore(parts.path))
    await sentinel.#write()
    parts.clock.sleep(EARLY_MS, sentinel.#stop.signal).then(() => sentinel.update({ settled: true }), () => {})
    return sentinel
  }

  /** How many studios in a row, the last one included, were cut off soon after their start. */
  get earlyEnds(): number {
    return this.#record.earlyEnds
  }

  /** Written at once when it is news. */
  update(change: Partial<Pick<SentinelRecord, 'settled' | 'live' | 'recordingSinceMs'>>): void {
    const next = { ...this.#record, ...change }
    if (this.#stop.signal.aborted || JSON.stringify(next) === JSON.stringify(this.#record)) return
    this.#record = next
    void this.#write()
  }

  /** The clean end: the last thing that a studio does. */
  async close(): Promise<void> {
    this.#stop.abort()
    await this.#writing
    await rm(this.parts.path, { force: true }).catch((error: unknown) => this.parts.log.warn('the sign of an open studio cannot be taken away', { code: systemCode(error) }))
  }

  /** One behind the other; each writes what is the newest then. */
  #write(): Promise<void> {
    this.#writing = this.#writing
      .then(() => writeFileAtomic(this.parts.path, JSON.stringify(this.#record)))
      .catch((failure: unknown) => this.parts.log.warn('an unclean end would not be noticed: its sign cannot be written', { failure }))
    return this.#writing
  }
}

async function readBefore(path: string): Promise<SentinelRecord | 'unknown' | null> {
  try {
    return sentinelRecord.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? null : 'unknown'
  }
}
