import type { Clock } from '../base/clock.ts'
import type { Disk } from './disk.ts'

/** A recording ends while this much is still free: other programs, and the system, need room too. */
export const DISK_RESERVE_BYTES = 500_000_000
export const WARN_BELOW_MINUTES = 10
/** The warning comes again only after there was clearly more room in between. */
const CALM_ABOVE_MINUTES = 15
const LOOK_EVERY_MS = 1000
/** The rate is that of this time. */
const RATE_OVER_MS = 30_000
/** Before this the rate says nothing. */
const RATE_AFTER_MS = 3000

export interface DiskWatchParts {
  disk: Pick<Disk, 'freeBytes'>
  clock: Pick<Clock, 'every' | 'monotonicMs'>
  folder: string
  /** Written so far. */
  bytes(): number
  onLow(minutesLeft: number): void
  onFull(freeBytes: number): void
}

/** Looks after the room on the disk that is recorded to. */
export class DiskWatch {
  freeBytes: number | null = null
  /** How long the room still lasts at the rate of the last half minute; null while that is not known. */
  minutesLeft: number | null = null
  readonly #stop: () => void
  readonly #samples: { atMs: number; bytes: number }[] = []
  #warned = false
  #looking = false
  #closed = false

  constructor(private readonly parts: DiskWatchParts) {
    this.#stop = parts.clock.every(LOOK_EVERY_MS, () => void this.look())
    void this.look()
  }

  close(): void {
    this.#closed = true
    this.#stop()
  }

  async look(): Promise<void> {
    if (this.#looking || this.#closed) return
    this.#looking = true
    try {
      const freeBytes = await this.parts.disk.freeBytes(this.parts.folder)
      if (!this.#closed) this.#judge(freeBytes)
    } catch {
      // A disk that cannot be asked is found out by the next write.
    } finally {
      this.#looking = false
    }
  }

  #judge(freeBytes: number): void {
    this.freeBytes = freeBytes
    const rate = this.#bytesPerMs()
    this.minutesLeft = rate === null ? null : Math.max(0, freeBytes - DISK_RESERVE_BYTES) / rate / 60_000
    if (freeBytes <= DISK_RESERVE_BYTES) return this.parts.onFull(freeBytes)
    if (this.minutesLeft === null) return
    if (this.minutesLeft > CALM_ABOVE_MINUTES) this.#warned = false
    if (this.minutesLeft > WARN_BELOW_MINUTES || this.#warned) return
    this.#warned = true
    this.parts.onLow(this.minutesLeft)
  }

  #bytesPerMs(): number | null {
    const now = { atMs: this.parts.clock.monotonicMs(), bytes: this.parts.bytes() }
    this.#samples.push(now)
    while (this.#samples.length > 2 && now.atMs - (this.#samples[1]?.atMs ?? now.atMs) >= RATE_OVER_MS) this.#samples.shift()
    const first = this.#samples[0] ?? now
    const [ms, bytes] = [now.atMs - first.atMs, now.bytes - first.bytes]
    return ms < RATE_AFTER_MS || bytes <= 0 ? null : bytes / ms
  }
}
