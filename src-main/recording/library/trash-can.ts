import { mkdir, readdir, rename, rmdir, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure } from '../../base/atomic-file.ts'
import type { Clock } from '../../base/clock.ts'
import { makeFolder } from '../../base/make-folder.ts'
import { Topic } from '../../rpc/topic.ts'
import { TRASH_FOLDER } from './scan-folder.ts'

/** For so long a deletion can be taken back. */
export const UNDO_MS = 20_000

export interface TrashCanParts {
  clock: Clock
  /** The system's trash; false where there is none. */
  moveToTrash: (path: string) => Promise<boolean>
}

interface Moved {
  from: string
  to: string
}

/**
 * Takes files out of the way at once, into a hidden folder beside the recordings (`.trash/<time>/<path>`), and gives them to
 * the system's trash when nobody has asked for them back. Where there is no system trash they stay in the hidden folder.
 * Nothing is ever deleted.
 */
export class TrashCan {
  /** How many files can be brought back now. */
  readonly undoable = new Topic(0)
  #last: { moved: Moved[]; over: AbortController } | null = null
  #handing: Promise<void> = Promise.resolve()

  constructor(private readonly parts: TrashCanParts) {}

  /**
   * Absolute paths inside `folder`; `files` is what the user takes them for (a playlist counts as one).
   * Throws StudioError `folder-not-writable` or `not-found`; what was moved until then is put back.
   */
  async put(folder: string, paths: readonly string[], files: number): Promise<void> {
    this.#settle()
    const place = await this.newPlace(folder)
    const moved: Moved[] = []
    for (const from of paths) {
      const to = join(place, relative(folder, from))
      try {
        await makeFolder(dirname(to))
        await rename(from, to)
        moved.push({ from, to })
      } catch (error) {
        await putBack(moved)
        throw fileFailure(error, from)
      }
    }
    const over = new AbortController()
    this.#last = { moved, over }
    this.undoable.set(files)
    void this.parts.clock.sleep(UNDO_MS, over.signal).then(() => this.#settle(), () => {})
  }

  /** Brings back what the last `put` took. Throws StudioError `not-found` when it is too late. */
  async undo(): Promise<void> {
    const last = this.#last
    if (!last) throw new StudioError('not-found')
    this.#forget()
    await putBack(last.moved)
  }

  /**
   * A new, empty folder in the hidden one. For a file that must not be missing for a moment: link it there, replace it, and
   * `sweep` gives the link to the system's trash.
   */
  async newPlace(folder: string): Promise<string> {
    const trash = join(folder, TRASH_FOLDER)
    try {
      await makeFolder(trash)
      for (let number = 0; ; number++) {
        const place = join(trash, `${this.parts.clock.now()}-${number}`)
        if (await makeNew(place)) return place
      }
    } catch (error) {
      throw fileFailure(error, trash)
    }
  }

  /** Gives to the system's trash everything in the hidden folder that cannot be asked back any more. */
  async sweep(folder: string): Promise<void> {
    const places = await readdir(join(folder, TRASH_FOLDER)).catch(() => [])
    for (const name of places) {
      const place = join(folder, TRASH_FOLDER, name)
      if (this.#last?.moved.some(({ to }) => to.startsWith(place))) continue
      const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => [])
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      await this.#hand(files.map((to) => ({ from: join(folder, relative(place, to)), to })))
    }
  }

  /** Resolves when everything that could not be asked back any more was handed over. */
  async close(): Promise<void> {
    this.#settle()
    await this.#handing
  }

  #settle(): void {
    const last = this.#last
    if (!last) return
    this.#forget()
    this.#handing = this.#handing.then(() => this.#hand(last.moved))
  }

  #forget(): void {
    this.#last?.over.abort()
    this.#last = null
    this.undoable.set(0)
  }

  /** From the place where it was, when that is free, so that the system's own *Restore* puts it back there. */
  async #hand(moved: readonly Moved[]): Promise<void> {
    for (const each of moved) {
      const isBack = await putBack([each])
      const taken = await this.parts.moveToTrash(isBack ? each.from : each.to).catch(() => false)
      if (!taken && isBack) await makeFolder(dirname(each.to)).then(() => rename(each.from, each.to)).catch(() => {})
      if (!taken) return
    }
    for (const { to } of moved) await removeEmpty(dirname(to))
  }
}

const makeNew = (folder: string): Promise<boolean> =>
  mkdir(folder, { mode: 0o700 }).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    return false
  })

/** Nothing that has the name now is overwritten: the file then stays where it is. True when all are back. */
async function putBack(moved: readonly Moved[]): Promise<boolean> {
  let all = true
  for (const { from, to } of moved) {
    const isTaken = await stat(from).then(() => true, () => false)
    all = !isTaken && (await rename(to, from).then(() => true, () => false)) && all
    if (!isTaken) await removeEmpty(dirname(to))
  }
  return all
}

/** The folder and those above it, up to the hidden one, as far as nothing is in them. */
async function removeEmpty(folder: string): Promise<void> {
  for (let at = folder; at.includes(TRASH_FOLDER); at = dirname(at)) {
    if (!(await rmdir(at).then(() => true, () => false))) return
  }
}
