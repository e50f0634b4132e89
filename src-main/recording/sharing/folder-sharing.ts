import { stat } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import type { FindProcess } from '../../process/find-process.ts'
import { Topic, type Watchable } from '../../rpc/topic.ts'
import { otherStudios, removeMark, type StudioMark, writeMark } from './studio-mark.ts'

const RENEW_EVERY_MS = 10_000

export interface SharingParts {
  /** The recordings folder, absolute. */
  folder: Watchable<string>
  /** What this studio writes now, relative to the folder. */
  writing: Watchable<ReadonlySet<string>>
  /** A new name for each opening of a folder. */
  newId(): string
  /** This computer's name. */
  hostName: string
  pid: number
  find: FindProcess
  clock: Pick<Clock, 'every'>
  log: Logger
}

/**
 * Two studios, each with settings of its own, may have one recordings folder. Each leaves a mark in it, and sees those of the
 * others. Both may record: names that are taken are never written over. What is being written by either is left alone by both.
 */
export class FolderSharing {
  /** What is being written, by this studio or by another. */
  readonly writing = new Topic<ReadonlySet<string>>(new Set())
  readonly others = new Topic<readonly StudioMark[]>([])
  readonly #stops: (() => void)[]
  #marked: { folder: string; id: string } | null = null
  #turn: Promise<void> = Promise.resolve()
  #closed = false

  constructor(private readonly parts: SharingParts) {
    const look = () => void this.look()
    this.#stops = [parts.folder.watch(look), parts.writing.watch(() => (this.#tell(this.others.value), look())), parts.clock.every(RENEW_EVERY_MS, look)]
  }

  /** Leaves or renews the mark, and looks for others. A folder that is not there (yet) has none. Never rejects. */
  look(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#look()).catch((error: unknown) => {
      // Nobody shares a folder that cannot be written to; whoever records to it is told.
      this.parts.log.debug('no mark in the recordings folder', { evidence: String(error) })
      this.#tell([])
    })
    return this.#turn
  }

  /** To be called when nothing is being written any more. */
  async close(): Promise<void> {
    this.#closed = true
    for (const stop of this.#stops) stop()
    await this.#turn
    await this.#leave()
  }

  async #look(): Promise<void> {
    if (this.#closed) return
    const { folder, writing, hostName, pid, find, newId } = this.parts
    const here = folder.value
    if (this.#marked?.folder !== here) await this.#leave()
    // Not made for this: it may be on a disk that is not plugged in.
    if (!(await stat(here).catch(() => null))?.isDirectory()) return this.#tell([])
    const id = this.#marked?.id ?? newId()
    this.#marked = { folder: here, id }
    const { startedAt = null } = find(pid) ?? {}
    await writeMark(here, { version: 1, id, host: hostName, pid, startedAt, writing: [...writing.value] })
    this.#tell(await otherStudios(here, { id, host: hostName }, find))
  }

  #tell(others: readonly StudioMark[]): void {
    if (!isDeepStrictEqual(others, this.others.value)) this.others.set(others)
    const all = new Set([...this.parts.writing.value, ...others.flatMap(({ writing }) => writing)])
    if (!isDeepStrictEqual(all, this.writing.value)) this.writing.set(all)
  }

  async #leave(): Promise<void> {
    const marked = this.#marked
    this.#marked = null
    if (marked) await removeMark(marked.folder, marked.id).catch(() => {})
  }
}
