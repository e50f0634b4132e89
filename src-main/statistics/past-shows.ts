import { appendFile, open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { pastShow, statisticsSample, type PastShow, type StatisticsSample } from '@shared/domain/statistics.ts'
import { fileFailure, writeFileAtomic } from '../base/atomic-file.ts'
import { makeFolder } from '../base/make-folder.ts'

/** Older shows make room; a show of three hours takes some 4 MB. */
const MAX_SHOWS = 100
const PIECE_BYTES = 1_000_000
const ID = /^[0-9a-z-]{1,100}$/i

/**
 * The shows that were on air, one folder for all: `<id>.json` has the totals, `<id>.jsonl` a line per second, which is
 * only ever appended to, so that a crash costs the last few seconds at most.
 */
export class PastShows {
  #shows: PastShow[] = []

  private constructor(private readonly folder: string) {}

  /** What cannot be read is left where it is and not listed. */
  static async open(folder: string): Promise<PastShows> {
    const past = new PastShows(folder)
    const names = await readdir(folder).catch(() => [] as string[])
    const shows = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => readShow(join(folder, name))))
    past.#shows = shows.filter((show) => show !== null).sort((a, b) => b.startedAtMs - a.startedAtMs)
    await past.#prune()
    return past
  }

  /** Newest first. */
  get list(): PastShow[] {
    return [...this.#shows]
  }

  /** Keeps the totals as they are now. Throws StudioError `folder-not-writable` or `disk-full`. */
  async save(show: PastShow): Promise<void> {
    this.#shows = [show, ...this.#shows.filter(({ id }) => id !== show.id)].sort((a, b) => b.startedAtMs - a.startedAtMs)
    await writeFileAtomic(join(this.folder, `${show.id}.json`), JSON.stringify(show))
    await this.#prune()
  }

  /** Throws as `save` does. */
  async append(showId: string, samples: readonly StatisticsSample[]): Promise<void> {
    const file = join(this.folder, `${showId}.jsonl`)
    try {
      await makeFolder(this.folder)
      await appendFile(file, samples.map((sample) => `${JSON.stringify(sample)}\n`).join(''), { mode: 0o600 })
    } catch (error) {
      throw fileFailure(error, file)
    }
  }

  /**
   * The samples from a place in the file on, some megabyte of them at a time: a day's are too many to be held, or sent, at once.
   * `next`: the following place, null at the end. Lines that a crash cut off are left out. Rejects with `not-found` for a show that is not listed.
   */
  async piece(showId: string, from: number): Promise<{ samples: StatisticsSample[]; next: number | null }> {
    this.find(showId)
    const file = await open(join(this.folder, `${showId}.jsonl`), 'r').catch(() => null)
    if (!file) return { samples: [], next: null }
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(PIECE_BYTES), 0, PIECE_BYTES, from)
      const bytes = buffer.subarray(0, bytesRead)
      const end = bytesRead < PIECE_BYTES ? bytesRead : bytes.lastIndexOf('\n') + 1
      const samples = bytes.subarray(0, end).toString('utf8').split('\n').flatMap((line) => readSample(line) ?? [])
      return { samples, next: end > 0 && bytesRead === PIECE_BYTES ? from + end : null }
    } finally {
      await file.close()
    }
  }

  async remove(showId: string): Promise<void> {
    this.find(showId)
    this.#shows = this.#shows.filter(({ id }) => id !== showId)
    await this.#removeFiles(showId)
  }

  find(showId: string): PastShow {
    const found = this.#shows.find(({ id }) => id === showId)
    if (!found) throw new StudioError('not-found', 'this show is not kept any more')
    return found
  }

  async #prune(): Promise<void> {
    const old = this.#shows.splice(MAX_SHOWS)
    for (const { id } of old) await this.#removeFiles(id)
  }

  async #removeFiles(showId: string): Promise<void> {
    for (const ending of ['json', 'jsonl']) await rm(join(this.folder, `${showId}.${ending}`), { force: true }).catch(() => {})
  }
}

async function readShow(path: string): Promise<PastShow | null> {
  try {
    const show = pastShow.parse(JSON.parse(await readFile(path, 'utf8')))
    return ID.test(show.id) ? show : null
  } catch {
    return null
  }
}

function readSample(line: string): StatisticsSample | null {
  try {
    return line === '' ? null : statisticsSample.parse(JSON.parse(line))
  } catch {
    return null
  }
}
