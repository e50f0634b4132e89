import { join } from 'node:path'
import type { recorder as recorderContract } from '@shared/contracts/recordings.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingStatus } from '@shared/domain/recording.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import type { ManifestFile } from './manifest.ts'
import { withFile } from './manifests.ts'
import { Recorder } from './recorder.ts'
import type { RecorderParts } from './recorder-parts.ts'
import { recordingFolder, utcStamp } from './recording-name.ts'
import { begun, relative } from './recording-parts.ts'
import { ReplayKeeper } from './replay-keeper.ts'
import type { SettingsOfRecordings } from './recording-settings.ts'
import type { Snapshots } from './snapshots.ts'

const STATUS_EVERY_MS = 500

export interface RecorderServiceParts extends Omit<RecorderParts, 'settings' | 'folder'> {
  settings: SettingsOfRecordings
  snapshots: Snapshots
  /** Opens the system's dialog; null = given up. Rejects with StudioError `not-found` where there is none. */
  chooseFolder(): Promise<string | null>
  /** The show on air, for recordings that begin and end with it. */
  broadcast: Watchable<{ live: boolean }>
}

/** Serves the `recorder` contract. */
export class RecorderService {
  readonly status: Topic<RecordingStatus>
  /** What the library must not touch: paths relative to the recordings folder. */
  readonly writing = new Topic<ReadonlySet<string>>(new Set())
  readonly recorder: Recorder
  readonly #replay: ReplayKeeper
  readonly #stops: (() => void)[]
  /** This recording began with the broadcast and ends with it. */
  #withBroadcast = false

  constructor(private readonly parts: RecorderServiceParts) {
    const given: RecorderParts = { ...parts, settings: () => parts.settings.topic.value, folder: () => parts.settings.folder.value }
    this.recorder = new Recorder(given)
    this.#replay = new ReplayKeeper(given)
    this.status = new Topic(this.#statusNow())
    this.#stops = [
      parts.clock.every(STATUS_EVERY_MS, () => this.#look()),
      parts.settings.topic.watch(() => this.#look()),
      parts.broadcast.watch(({ live }) => this.#followBroadcast(live)),
    ]
  }

  readonly handlers: Handlers<typeof recorderContract> = {
    start: () => this.start(),
    stop: () => this.#andLook(this.recorder.stop()),
    pause: () => this.#andLook(this.recorder.pause()),
    resume: () => this.#andLook(this.recorder.resume()),
    addChapter: ({ name }) => this.recorder.addChapter(name),
    saveReplay: () => this.#replay.save(),
    snapshot: () => this.#snapshot(),
    updateSettings: (change) => this.parts.settings.update(change),
    chooseFolder: async () => ({ folder: await this.parts.chooseFolder() }),
  }

  start(): Promise<void> {
    this.#withBroadcast = false
    return this.#andLook(this.recorder.start())
  }

  /** What was recorded since the show was opened. */
  async recorded(): Promise<ManifestFile[]> {
    const { settings, manifests, showRun } = this.parts
    const { showRunId } = showRun()
    return (await manifests.list(settings.folder.value)).find((each) => each.showRunId === showRunId)?.files ?? []
  }

  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.#replay.close()
    await this.recorder.close()
    this.#look()
  }

  /** Beside the replays, in a folder of its own. */
  async #snapshot(): Promise<{ path: string }> {
    const { settings, snapshots, clock, manifests, showRun } = this.parts
    const png = await snapshots.take()
    const nowMs = clock.now()
    const path = relative(relative(recordingFolder({ prefix: settings.topic.value.prefix, taskId: '' }), 'snapshots'), `snapshot_${utcStamp(nowMs)}.png`)
    const root = settings.folder.value
    await writeFileAtomic(join(root, path), png, { mode: 0o644 })
    // Width and height are the first fields of the first chunk.
    const size = { width: png.readUInt32BE(16), height: png.readUInt32BE(20) }
    const entry = { ...begun({ path, format: 'png', kind: 'snapshot', startedAtMs: nowMs, ...size }), finished: true, sizeBytes: png.length }
    await manifests.update(root, showRun(), (files) => withFile(files, entry))
    return { path }
  }

  #followBroadcast(live: boolean): void {
    const { logger, settings } = this.parts
    const failed = (error: unknown) => logger.warn('the recording did not follow the broadcast', { evidence: String(error) })
    if (live && settings.topic.value.withBroadcast && this.recorder.state === 'idle') {
      this.start().then(() => (this.#withBroadcast = true), (error: unknown) => {
        failed(error)
        this.parts.onNotice(StudioError.from(error), 'error')
      })
    } else if (!live && this.#withBroadcast) {
      this.#withBroadcast = false
      this.#andLook(this.recorder.stop()).catch(failed)
    }
  }

  async #andLook(asked: Promise<void>): Promise<void> {
    // What takes time (finishing large files) is seen while it goes on.
    await asked.finally(() => this.#look())
  }

  #look(): void {
    this.recorder.look()
    this.#replay.look()
    this.status.set(this.#statusNow())
    const writing = this.recorder.unfinished
    const before = this.writing.value
    if (writing.length !== before.size || writing.some((path) => !before.has(path))) this.writing.set(new Set(writing))
  }

  #statusNow(): RecordingStatus {
    return { ...this.recorder.status, replayReadySeconds: this.#replay.readySeconds, replayBytes: this.#replay.bytes, folder: this.parts.settings.folder.value }
  }
}
