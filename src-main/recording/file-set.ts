import type { AudioHeader, Packet } from '@shared/domain/packet.ts'
import type { RecordingFile } from '@shared/domain/recording.ts'
import { isTimeToCut } from './cut-rule.ts'
import { type FileBeginning, FileRecording } from './file-recording.ts'
import type { Chapter } from './muxers/file-muxer.ts'
import type { FileFormat } from './muxers/open-muxer.ts'
import { fileTracks, type RecordedSound } from './recorded-tracks.ts'
import { indexedName } from './recording-name.ts'
import type { OnFailure, Place, RecordingParts } from './recording-parts.ts'

export interface SetBeginning extends Omit<FileBeginning, 'format' | 'sounds'> {
  formats: readonly FileFormat[]
  /** The program's sound, which AAC takes also where the other formats take only the picture. */
  sound: AudioHeader | null
  /** Of the program's sound tracks, those that formats with room for several take. */
  sounds: readonly RecordedSound[]
  /** From 1, for the names once there is more than one set. */
  index: number
}

/** The files that are written side by side and cut together: one for each format but HLS. */
export class FileSet {
  #endUs: number
  #sizeAtStep = 0
  #largestStepBytes = 0
  #named: boolean

  private constructor(
    private readonly base: string,
    readonly beginning: SetBeginning,
    private readonly recordings: readonly FileRecording[],
  ) {
    this.#endUs = beginning.originUs
    this.#named = beginning.index > 1
  }

  /** Rejects with the first StudioError of its files; those that were begun are ended. */
  static async create(parts: RecordingParts, place: Place, beginning: SetBeginning, onFailure: OnFailure): Promise<FileSet> {
    const index = beginning.index > 1 ? beginning.index : null
    const opened = await Promise.allSettled(
      beginning.formats.map((format) => FileRecording.create(parts, place, { ...beginning, format, ...fileTracks(format, beginning.tracks, beginning.sound, beginning.sounds) }, indexedName(place.base, index, format), onFailure)),
    )
    const recordings = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const failed = opened.find((each) => each.status === 'rejected')
    if (failed) {
      await Promise.all(recordings.map((each) => each.end([])))
      throw failed.reason
    }
    return new FileSet(place.base, beginning, recordings)
  }

  get files(): RecordingFile[] {
    return this.recordings.map(({ file }) => file)
  }

  get queuedBytes(): number {
    return this.recordings.reduce((sum, { queuedBytes }) => sum + queuedBytes, 0)
  }

  /** Whether the next set should begin with `packet`, which is a place to cut at. */
  isFull(packet: Packet, fileMinutes: number): boolean {
    const sizeBytes = Math.max(0, ...this.files.map((file) => file.sizeBytes))
    this.#largestStepBytes = Math.max(this.#largestStepBytes, sizeBytes - this.#sizeAtStep)
    this.#sizeAtStep = sizeBytes
    return isTimeToCut({ durationMs: (packet.timestampUs - this.beginning.originUs) / 1000, sizeBytes, largestStepBytes: this.#largestStepBytes }, fileMinutes)
  }

  add(packet: Packet): void {
    this.#endUs = Math.max(this.#endUs, packet.timestampUs + packet.durationUs)
    for (const recording of this.recordings) recording.add(packet)
  }

  flush(): void {
    for (const recording of this.recordings) recording.flush()
  }

  keepChapters(all: readonly Chapter[]): void {
    for (const recording of this.recordings) void recording.keepChapters(this.#own(all))
  }

  /** `all` are timed on the program's clock. Never rejects. */
  async end(all: readonly Chapter[]): Promise<void> {
    await Promise.all(this.recordings.map((recording) => recording.end(this.#own(all))))
  }

  /** There is another file now, so the first one's name tells that it is the first. To be called when it has been ended. */
  async giveIndex(): Promise<void> {
    if (this.#named) return
    this.#named = true
    await Promise.all(this.recordings.map((recording) => recording.rename(indexedName(this.base, this.beginning.index, recording.file.format))))
  }

  /** The chapters that begin in these files, from their first frame on. */
  #own(all: readonly Chapter[]): Chapter[] {
    const fromMs = this.beginning.originUs / 1000
    return all.filter(({ atMs }) => atMs >= fromMs && atMs * 1000 <= this.#endUs).map(({ atMs, name }) => ({ atMs: atMs - fromMs, name }))
  }
}
