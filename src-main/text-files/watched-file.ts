import { stat } from 'node:fs/promises'
import type { TextFile } from '@shared/contracts/text-files.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { readTextFile } from './read-text-file.ts'

/**
 * How often a file is looked at. Looking works where being told does not: on network drives, and for files that programs
 * replace instead of writing to them. Several changes in between are one.
 */
export const LOOK_MS = 500

/** One file, read again whenever its time or size has changed. */
export class WatchedFile {
  #seen = ''
  #told = ''
  #looking = false
  #closed = false
  readonly #stop: () => void

  constructor(
    readonly path: string,
    clock: Pick<Clock, 'every'>,
    private readonly onFile: (file: TextFile) => void,
  ) {
    this.#stop = clock.every(LOOK_MS, () => void this.look())
    void this.look()
  }

  /** Never rejects: what cannot be read is told as such. */
  async look(): Promise<void> {
    if (this.#looking || this.#closed) return
    this.#looking = true
    try {
      // Taken before reading, so that a change while it is read is seen the next time.
      const seen = await stat(this.path).then(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`, () => 'gone')
      if (seen === this.#seen) return
      this.#tell(await this.#read())
      this.#seen = seen
    } finally {
      this.#looking = false
    }
  }

  close(): void {
    this.#closed = true
    this.#stop()
  }

  #read(): Promise<TextFile> {
    return readTextFile(this.path).then(
      (text) => ({ path: this.path, text, problem: null }),
      (thrown: unknown) => ({ path: this.path, text: null, problem: StudioError.from(thrown, 'not-found').reason }),
    )
  }

  #tell(file: TextFile): void {
    const says = JSON.stringify(file)
    if (this.#closed || says === this.#told) return
    this.#told = says
    this.onFile(file)
  }
}
