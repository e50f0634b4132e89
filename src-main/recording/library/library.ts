import { isDeepStrictEqual } from 'node:util'
import type { RecordedFile, RecordedShow } from '@shared/domain/recording.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { freeBytesIn } from '../../base/free-bytes.ts'
import type { Logger } from '../../base/logger.ts'
import { Topic, type Watchable } from '../../rpc/topic.ts'
import type { Manifests } from '../manifests.ts'
import { FactsCache, type KnownFile } from './facts-cache.ts'
import { FolderWatch } from './folder-watch.ts'
import { groupShows } from './group-shows.ts'
import { probeFile } from './probe.ts'
import { type FoundFile, scanFolder } from './scan-folder.ts'
import { insideFolder } from './inside-folder.ts'
import { typeOf } from './file-types.ts'

/** While lengths are being found out, what is known so far is told this often. */
const TELL_EVERY_MS = 1000

export interface LibraryParts {
  /** The recordings folder, absolute. */
  folder: Watchable<string>
  manifests: Pick<Manifests, 'list'>
  /** Files that are being written now, relative to the folder. */
  writing: Watchable<ReadonlySet<string>>
  clock: Clock
  log: Logger
}

/** What is in the recordings folder, by shows. Looks when something comes or goes, and when it is asked to. */
export class RecordingsLibrary {
  /** Newest first. */
  readonly shows = new Topic<RecordedShow[]>([])
  readonly freeBytes = new Topic<number | null>(null)
  readonly scanning = new Topic(true)
  readonly #watch: FolderWatch
  readonly #unwatch: (() => void)[] = []
  #found: FoundFile[] = []
  #cache: { folder: string; facts: FactsCache } | null = null
  #running: Promise<void> | null = null
  #again = false
  #closed = false

  constructor(private readonly parts: LibraryParts) {
    this.#watch = new FolderWatch(parts.clock, () => void this.refresh())
    this.#unwatch.push(parts.folder.watch(() => void this.refresh()), parts.writing.watch(() => void this.refresh()))
  }

  get folder(): string {
    return this.parts.folder.value
  }

  /** Looks again. Resolves when what is there now has been told, lengths included. */
  refresh(): Promise<void> {
    this.#again = true
    this.#running ??= this.#lookUntilStill()
    return this.#running
  }

  /** A file that the library shows; throws StudioError `not-found`. */
  file(path: string): RecordedFile {
    for (const show of this.shows.value) for (const file of show.files) if (file.path === path) return file
    throw new StudioError('not-found', path)
  }

  showOf(path: string): RecordedShow | null {
    return this.shows.value.find((show) => show.files.some((file) => file.path === path)) ?? null
  }

  /** Absolute paths of everything that makes up a file: a playlist's segments first, so that a playlist never lacks one. */
  async partsOf(path: string): Promise<string[]> {
    const segments = this.#found.find((each) => each.path === path)?.segments ?? []
    return Promise.all([...segments, path].map((each) => insideFolder(this.folder, each)))
  }

  /** What the page may play: recordings, and segments of playlists. Null for everything else. */
  async find(path: string): Promise<{ path: string; mimeType: string } | null> {
    const type = typeOf(path)
    const absolute = type && (await insideFolder(this.folder, path).catch(() => null))
    return type && absolute ? { path: absolute, mimeType: type.mimeType } : null
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const unwatch of this.#unwatch) unwatch()
    this.#watch.close()
    await this.#running
  }

  /** Whoever asks while this goes on waits for a look that began after the question. */
  async #lookUntilStill(): Promise<void> {
    // Not before `#running` is set: the topics tell at once.
    await Promise.resolve()
    while (this.#again && !this.#closed) {
      this.#again = false
      await this.#look().catch((error: unknown) => {
        this.parts.log.warn('the recordings folder could not be looked through', { evidence: StudioError.from(error).evidence })
      })
      if (this.scanning.value) this.scanning.set(false)
    }
    this.#running = null
  }

  async #look(): Promise<void> {
    const folder = this.folder
    if (this.#cache?.folder !== folder) this.#cache = { folder, facts: await FactsCache.open(folder) }
    const { facts } = this.#cache
    const [{ files, folders }, manifests] = await Promise.all([scanFolder(folder), this.parts.manifests.list(folder)])
    this.#found = files
    this.#watch.follow(folders)
    const tell = (): void => {
      const shows = groupShows({ found: files, manifests, known: (file) => facts.get(file), writing: this.parts.writing.value })
      if (!isDeepStrictEqual(shows, this.shows.value)) this.shows.set(shows)
    }
    tell()
    await this.#measureDisk(folder)
    let toldMs = this.parts.clock.monotonicMs()
    for (const file of files) {
      if (this.#closed || this.#again) break
      if (facts.get(file) || this.parts.writing.value.has(file.path)) continue
      facts.set(file, await probe(folder, file))
      if (this.parts.clock.monotonicMs() - toldMs < TELL_EVERY_MS) continue
      toldMs = this.parts.clock.monotonicMs()
      tell()
    }
    tell()
    await facts.save(files)
  }

  async #measureDisk(folder: string): Promise<void> {
    const freeBytes = await freeBytesIn(folder).catch(() => null)
    if (freeBytes !== this.freeBytes.value) this.freeBytes.set(freeBytes)
  }
}

async function probe(folder: string, file: FoundFile): Promise<KnownFile> {
  const facts = await probeFile(`${folder}/${file.path}`, file.format)
  return { readable: facts !== null, durationMs: facts?.durationMs ?? null, width: facts?.width ?? null, height: facts?.height ?? null }
}
