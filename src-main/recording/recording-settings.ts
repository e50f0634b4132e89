import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_RECORDING_SETTINGS, recordingSettings, type RecordingSettings } from '@shared/domain/recording.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { Topic } from '../rpc/topic.ts'

export interface RecordingSettingsOptions {
  dataDir: string
  /** Where recordings go unless the settings say: the system's folder for videos, or null where there is none. */
  videosFolder: string | null
  /** For this run only, whatever the settings say; null = as they say. */
  folderOfThisRun: string | null
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  onFailure: (failure: StudioError) => void
}

/** What an older version did not know has its default. */
const kept = z.preprocess((data) => ({ ...DEFAULT_RECORDING_SETTINGS, ...(data as Partial<RecordingSettings>) }), recordingSettings)

/** How shows are recorded, kept in `recording.json`, and the folder that follows from it. */
export class SettingsOfRecordings {
  readonly topic: Topic<RecordingSettings>
  /** Absolute. */
  readonly folder: Topic<string>

  private constructor(
    private readonly options: RecordingSettingsOptions,
    private readonly store: JsonStore<RecordingSettings>,
  ) {
    this.topic = new Topic(store.value)
    this.folder = new Topic(this.#folder())
  }

  static async open(options: RecordingSettingsOptions): Promise<SettingsOfRecordings> {
    const { dataDir, clock, onFailure } = options
    const store = await JsonStore.open({ path: join(dataDir, 'recording.json'), version: 1, schema: kept, initial: () => DEFAULT_RECORDING_SETTINGS, clock, onFailure })
    return new SettingsOfRecordings(options, store)
  }

  /** Takes effect with the next recording; resolves when it is saved or that failed and was reported. Throws StudioError `input-invalid`. */
  async update(change: Partial<RecordingSettings>): Promise<void> {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    const next: RecordingSettings = { ...this.topic.value, ...given }
    next.folder = next.folder.trim()
    if (next.folder !== '' && !isAbsolute(next.folder)) throw new StudioError('input-invalid', 'the folder must be a whole path')
    this.topic.set(next)
    const folder = this.#folder(next)
    if (folder !== this.folder.value) this.folder.set(folder)
    await this.store.set(next)
  }

  settled(): Promise<void> {
    return this.store.settled()
  }

  #folder({ folder }: RecordingSettings = this.topic.value): string {
    const { folderOfThisRun, videosFolder, dataDir } = this.options
    if (folderOfThisRun !== null) return folderOfThisRun
    if (folder !== '') return folder
    return videosFolder === null ? join(dataDir, 'recordings') : join(videosFolder, 'Castwright')
  }
}
