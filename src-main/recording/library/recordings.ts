import { recordings as recordingsContract } from '@shared/contracts/recordings.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingJob, RecordingsFolder } from '@shared/domain/recording.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { Topic, type Watchable } from '../../rpc/topic.ts'
import { convertJob } from '../jobs/convert-job.ts'
import { JobQueue, type JobSpec } from '../jobs/job-queue.ts'
import { openSource, type Source } from '../jobs/job-parts.ts'
import { joinJob } from '../jobs/join-job.ts'
import { mergeJob } from '../jobs/merge-job.ts'
import { repairJob, type RepairParts } from '../jobs/repair-job.ts'
import { clearWork } from '../jobs/work-folder.ts'
import type { Manifests } from '../manifests.ts'
import { FolderSharing, type SharingParts } from '../sharing/folder-sharing.ts'
import { clearLeftovers } from './clear-leftovers.ts'
import { RecordingsLibrary } from './library.ts'
import { TrashCan } from './trash-can.ts'

export interface RecordingsParts {
  /** The recordings folder, absolute. */
  folder: Watchable<string>
  /** Files that are being written now, relative to the folder. */
  writing: Watchable<ReadonlySet<string>>
  manifests: Manifests
  /** By what other studios know this one in a folder that they share. */
  identity: Pick<SharingParts, 'newId' | 'hostName' | 'pid' | 'find'>
  /** FFmpeg's program; null when there is none. */
  ffmpeg: () => Promise<string | null>
  reveal: (path: string) => Promise<void>
  moveToTrash: (path: string) => Promise<boolean>
  /** Something that the user should know and that no button was pressed for. */
  onNotice: (notice: StudioError, level: 'info' | 'warning' | 'error') => void
  clock: Clock
  log: Logger
}

/** What was recorded, and what can be done with it: the service behind the recordings page. */
export class Recordings {
  readonly #sharing: FolderSharing
  readonly #library: RecordingsLibrary
  readonly #jobs: JobQueue
  readonly #trash: TrashCan
  readonly #folder: Topic<RecordingsFolder>
  readonly #unwatch: () => void
  #hasFfmpeg: boolean | null = null

  constructor(private readonly parts: RecordingsParts) {
    const { clock, log } = parts
    this.#sharing = new FolderSharing({ ...parts, ...parts.identity })
    this.#library = new RecordingsLibrary({ ...parts, writing: this.#sharing.writing })
    this.#jobs = new JobQueue(log)
    this.#trash = new TrashCan({ clock, moveToTrash: parts.moveToTrash })
    this.#folder = new Topic(this.#folderState())
    for (const each of [parts.folder, this.#library.freeBytes, this.#library.scanning, this.#trash.undoable]) each.watch(() => this.#folder.set(this.#folderState()))
    this.#unwatch = parts.folder.watch(() => void this.#tidyUp())
  }

  get topics() {
    return { shows: this.#library.shows, jobs: this.#jobs.jobs, folder: this.#folder }
  }

  /** Finds what the page may play. */
  readonly find = (path: string) => this.#library.find(path)

  readonly handlers: Handlers<typeof recordingsContract> = {
    refresh: async () => {
      await this.#sharing.look()
      await Promise.all([this.#library.refresh(), this.#lookForFfmpeg()])
    },
    reveal: async ({ path }) => this.parts.reveal(await this.#library.partsOf(path).then((all) => all.at(-1) ?? '')),
    trash: async ({ paths }) => {
      await this.#sharing.look()
      for (const path of paths) this.#refuseIfWritten(path)
      const files = (await Promise.all(paths.map((path) => this.#library.partsOf(path)))).flat()
      await this.#trash.put(this.#library.folder, files, paths.length)
      await this.#library.refresh()
    },
    undoTrash: async () => {
      await this.#trash.undo()
      await this.#library.refresh()
    },
    join: async ({ paths }) => this.#start(joinJob(this.#jobParts(), await this.#sources(paths))),
    merge: async ({ paths, ...options }) => this.#start(mergeJob(this.#jobParts(), await this.#sources(paths), options)),
    convert: async ({ path, format }) => {
      const [source] = await this.#sources([path])
      if (!source) throw new StudioError('not-found', path)
      return this.#start(convertJob(this.#jobParts(), source, format))
    },
    // What the studio has written itself is repaired without FFmpeg.
    repair: async ({ paths }) => this.#add(repairJob(this.#jobParts(), await this.#sources(paths))),
    cancelJob: ({ jobId }) => this.#jobs.cancel(jobId),
    dismissJob: ({ jobId }) => this.#jobs.dismiss(jobId),
  }

  /** Stops what runs; originals are as they were. */
  async close(): Promise<void> {
    this.#unwatch()
    await this.#jobs.close()
    await this.#trash.close()
    await this.#library.close()
    await this.#sharing.close()
  }

  /**
   * What an earlier run left: half-made results go, cut-off recordings are repaired, the hidden trash is handed over. Not while
   * another studio uses the folder: what looks left behind may be its own.
   */
  async #tidyUp(): Promise<void> {
    const { folder } = this.#library
    const startedAtMs = this.parts.clock.now()
    await this.#sharing.look()
    const [other] = this.#sharing.others.value
    if (other) {
      this.parts.onNotice(new StudioError('folder-shared', `process ${other.pid} on ${other.host}`), 'warning')
      return this.#library.refresh()
    }
    await clearWork(folder).catch(() => {})
    await clearLeftovers({ folder, manifests: this.parts.manifests, beforeMs: startedAtMs, writing: this.#sharing.writing.value })
    await this.#trash.sweep(folder).catch(() => {})
    await this.#library.refresh()
    const cut = this.#library.shows.value.flatMap(({ files }) => files).filter((file) => file.condition === 'unfinished' && file.startedAtMs < startedAtMs)
    if (cut.length === 0) return
    const sources: Source[] = []
    for (const { path } of cut) await this.#source(path).then((source) => sources.push(source), () => {})
    if (sources.length === 0) return this.parts.onNotice(new StudioError('file-broken', cut.map(({ path }) => path).join(', ')), 'warning')
    const { done } = this.#jobs.add(repairJob(this.#jobParts(), sources))
    this.#tellRepair(await done)
    await Promise.all([this.#library.refresh(), this.#lookForFfmpeg()])
  }

  #tellRepair({ state, result, failure }: RecordingJob): void {
    if (state === 'done') this.parts.onNotice(new StudioError('recording-repaired', result.join(', ')), 'info')
    if (failure) this.parts.onNotice(new StudioError(failure.reason, failure.evidence), 'warning')
  }

  async #start(spec: JobSpec): Promise<{ jobId: string }> {
    if (!(await this.#lookForFfmpeg())) throw new StudioError('ffmpeg-missing')
    return this.#add(spec)
  }

  #add(spec: JobSpec): { jobId: string } {
    const { jobId, done } = this.#jobs.add(spec)
    void done.then(() => this.#library.refresh())
    return { jobId }
  }

  async #sources(paths: readonly string[]): Promise<Source[]> {
    await this.#sharing.look()
    return Promise.all(paths.map((path) => this.#source(path)))
  }

  /** Throws StudioError `not-found`, `file-broken`, or `already-recording` for a file that is still being written. */
  async #source(path: string): Promise<Source> {
    const file = this.#library.file(path)
    this.#refuseIfWritten(path)
    const show = this.#library.showOf(path)
    const absolute = (await this.#library.partsOf(path)).at(-1)
    if (!show || absolute === undefined) throw new StudioError('not-found', path)
    return openSource(file, show, absolute)
  }

  /** Throws StudioError `already-recording` for what this studio or another one writes now, and `not-found`. */
  #refuseIfWritten(path: string): void {
    if (this.#library.file(path).condition === 'writing' || this.#sharing.writing.value.has(path)) throw new StudioError('already-recording', path)
  }

  #jobParts(): RepairParts {
    const { ffmpeg, manifests, clock } = this.parts
    const newPlace = (folder: string) => this.#trash.newPlace(folder)
    // What another studio has just put into the hidden trash can still be asked back there.
    const sweep = async (folder: string) => void (this.#sharing.others.value.length === 0 && (await this.#trash.sweep(folder)))
    return { folder: this.#library.folder, ffmpeg, manifests, clock, trash: { newPlace, sweep } }
  }

  async #lookForFfmpeg(): Promise<boolean> {
    const found = (await this.parts.ffmpeg()) !== null
    if (found !== this.#hasFfmpeg) {
      this.#hasFfmpeg = found
      this.#folder.set(this.#folderState())
    }
    return found
  }

  #folderState(): RecordingsFolder {
    return {
      path: this.parts.folder.value,
      freeBytes: this.#library.freeBytes.value,
      scanning: this.#library.scanning.value,
      hasFfmpeg: this.#hasFfmpeg,
      undoable: this.#trash.undoable.value,
    }
  }
}
