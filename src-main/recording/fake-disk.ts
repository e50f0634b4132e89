import type { Disk, DiskFile } from './disk.ts'

/** A disk in memory that can be full, slow, or stand still. */
export class FakeDisk implements Disk {
  readonly files = new Map<string, Buffer>()
  freeNow = 1e12
  /** Writes wait for this, while it is set. */
  standsStill: Promise<void> | null = null
  /** The next write rejects with this code. */
  failNext: string | null = null
  syncs = 0

  async create(path: string): Promise<DiskFile> {
    if (this.files.has(path)) throw Object.assign(new Error('there is one'), { code: 'EEXIST' })
    this.files.set(path, Buffer.alloc(0))
    return {
      write: async (parts, at) => {
        await this.standsStill
        const code = this.failNext
        this.failNext = null
        if (code) throw Object.assign(new Error(`fake ${code}`), { code })
        const bytes = Buffer.concat(parts)
        const before = this.files.get(path) ?? Buffer.alloc(0)
        const whole = Buffer.alloc(Math.max(before.length, at + bytes.length))
        before.copy(whole)
        bytes.copy(whole, at)
        this.files.set(path, whole)
      },
      sync: async () => void this.syncs++,
      close: async () => {},
    }
  }

  async rename(from: string, to: string): Promise<void> {
    const file = this.files.get(from)
    if (!file) throw Object.assign(new Error('none'), { code: 'ENOENT' })
    this.files.delete(from)
    this.files.set(to, file)
  }

  async freeBytes(): Promise<number> {
    return this.freeNow
  }
}
