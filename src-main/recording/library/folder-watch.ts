import { type FSWatcher, watch } from 'node:fs'
import type { Clock } from '../../base/clock.ts'

/** After a change the folder is left to settle for this long. */
const QUIET_MS = 400
/** More folders than this are not watched; the page asks when it is opened, too. */
const MAX_WATCHED = 200

/**
 * Tells when files come, go or are renamed in some folders. A file that merely grows is no news: a recording grows all the
 * time, and looking at everything for that would cost more than writing it.
 */
export class FolderWatch {
  readonly #watchers = new Map<string, FSWatcher>()
  #waiting: AbortController | null = null

  constructor(
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Watches these and no others from now on. */
  follow(folders: readonly string[]): void {
    const wanted = new Set(folders.slice(0, MAX_WATCHED))
    for (const [folder, watcher] of this.#watchers) if (!wanted.has(folder)) this.#drop(folder, watcher)
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#add(folder)
  }

  close(): void {
    this.#waiting?.abort()
    for (const [folder, watcher] of this.#watchers) this.#drop(folder, watcher)
  }

  #add(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (event) => event === 'rename' && this.#changed())
      watcher.on('error', () => this.#drop(folder, watcher))
      this.#watchers.set(folder, watcher)
    } catch {
      // Gone already, or the system watches no more files: the page's own asking remains.
    }
  }

  #drop(folder: string, watcher: FSWatcher): void {
    watcher.close()
    this.#watchers.delete(folder)
  }

  #changed(): void {
    if (this.#waiting) return
    const waiting = new AbortController()
    this.#waiting = waiting
    void this.clock.sleep(QUIET_MS, waiting.signal).then(() => {
      this.#waiting = null
      this.onChange()
    }, () => {})
  }
}
