import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import type { Packet } from '@shared/domain/packet.ts'
import type { RecordingFile } from '@shared/domain/recording.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { chaptersVtt, chaptersVttPath, HOLDS_CHAPTERS } from './chapters.ts'
import { recordingFailure } from './disk.ts'
import type { ManifestFile } from './manifest.ts'
import { withFile } from './manifests.ts'
import { finishMp4, finishMp4InPlace } from './mp4/finish-mp4.ts'
import type { Chapter, FileMuxer, MuxTracks } from './muxers/file-muxer.ts'
import { type FileFormat, openMuxer } from './muxers/open-muxer.ts'
import { wordOfTracks } from './recorded-tracks.ts'
import { begun, type FormatRecording, type OnFailure, type Place, type RecordingParts, relative } from './recording-parts.ts'
import { RecordingWriter } from './recording-writer.ts'

export interface FileBeginning {
  format: FileFormat
  /** `recording` unless said. */
  kind?: ManifestFile['kind']
  tracks: MuxTracks
  /** The program's track of each of the file's sounds, in the file's order; unless said, the first alone. */
  sounds?: readonly number[]
  /** Wall time of the first frame, ms since 1970. */
  startedAtMs: number
  /** The first frame's time on the program's clock, µs. */
  originUs: number
}

/** What must stay free beside a second copy of the file while it is made whole. */
const KEPT_FREE_BYTES = 600_000_000

/** One file, from its first frame to an ordinary, finished one. */
export class FileRecording implements FormatRecording {
  readonly #writer: RecordingWriter
  readonly #muxer: FileMuxer
  #path: string
  #durationMs = 0
  #ended: Promise<void> | null = null
  #chapters: readonly Chapter[] = []

  private constructor(
    private readonly parts: RecordingParts,
    private readonly place: Place,
    private readonly beginning: FileBeginning,
    path: string,
    writer: RecordingWriter,
    private readonly onFailure: OnFailure,
  ) {
    this.#path = path
    this.#writer = writer
    this.#muxer = openMuxer(beginning.format, beginning)
    this.#writer.append(this.#muxer.begin())
  }

  /** Rejects with StudioError `folder-not-writable`, `disk-full` or `recording-failed`. Later failures go to `onFailure`. */
  static async create(parts: RecordingParts, place: Place, beginning: FileBeginning, name: string, onFailure: OnFailure): Promise<FileRecording> {
    const path = relative(place.folder, name)
    const { format, startedAtMs, tracks } = beginning
    const writer = await RecordingWriter.create(join(place.root, path), { ...parts, onFailure })
    const file = begun({ path, format, stream: place.stream, kind: beginning.kind ?? 'recording', startedAtMs, width: tracks.video?.width ?? null, height: tracks.video?.height ?? null, tracks: wordOfTracks(tracks) })
    try {
      await parts.manifests.update(place.root, place.run, (files) => withFile(files, file))
      return new FileRecording(parts, place, beginning, path, writer, onFailure)
    } catch (error) {
      await writer.close()
      throw recordingFailure(error, path)
    }
  }

  get file(): RecordingFile {
    return { format: this.beginning.format, path: this.#path, sizeBytes: this.#writer.sizeBytes, durationMs: this.#durationMs }
  }

  get queuedBytes(): number {
    return this.#writer.queuedBytes
  }

  add(packet: Packet): void {
    const { kind, key, durationUs, data } = packet
    const { tracks, sounds = [1] } = this.beginning
    const sound = kind === 'audio' ? sounds.indexOf(packet.track ?? 1) : 0
    if (!tracks[kind] || sound < 0) return
    const timeUs = Math.max(0, packet.timestampUs - this.beginning.originUs)
    this.#durationMs = Math.max(this.#durationMs, (timeUs + durationUs) / 1000)
    this.#writer.append(this.#muxer.add({ kind, sound, key, timeUs, durationUs, data }))
  }

  flush(): void {
    if (!this.#ended) this.#writer.append(this.#muxer.flush())
  }

  /** So that chapters are not lost if the studio never comes to its end. */
  async keepChapters(chapters: readonly Chapter[]): Promise<void> {
    this.#chapters = chapters
    await this.#note({ chapters: [...chapters] }).catch((error: unknown) => this.#failed(error))
  }

  end(chapters: readonly Chapter[]): Promise<void> {
    this.#ended ??= this.#end(chapters).catch((error: unknown) => this.#failed(error))
    return this.#ended
  }

  /** Gives a file that has ended another name. Never rejects. */
  async rename(name: string): Promise<void> {
    await this.#ended
    const [from, to] = [this.#path, relative(this.place.folder, name)]
    try {
      const { root, run } = this.place
      await this.parts.disk.rename(join(root, from), join(root, to))
      this.#path = to
      if (this.#needsVtt) await this.parts.disk.rename(join(root, chaptersVttPath(from)), join(root, chaptersVttPath(to)))
      await this.parts.manifests.update(root, run, (files) => files.map((file) => (file.path === from ? { ...file, path: to } : file)))
    } catch (error) {
      this.#failed(error)
    }
  }

  get #needsVtt(): boolean {
    return this.#chapters.length > 0 && !HOLDS_CHAPTERS.has(this.beginning.format)
  }

  async #end(chapters: readonly Chapter[]): Promise<void> {
    this.#chapters = chapters
    const { tail, patches } = this.#muxer.end(chapters)
    this.#writer.append(tail)
    await this.#writer.close(patches)
    const whole = this.beginning.format !== 'mp4' || (await this.#makeWhole())
    if (this.#needsVtt) await writeFileAtomic(join(this.place.root, chaptersVttPath(this.#path)), chaptersVtt(chapters, this.#durationMs), { mode: 0o644 })
    const sizeBytes = this.beginning.format === 'mp4' ? (await stat(join(this.place.root, this.#path))).size : this.#writer.sizeBytes
    await this.#note({ finished: whole, durationMs: this.#durationMs, sizeBytes, chapters: [...chapters] })
  }

  /** False when it stays in fragments, which play too; the library mends it when there is room. */
  async #makeWhole(): Promise<boolean> {
    const path = join(this.place.root, this.#path)
    try {
      const room = await this.parts.disk.freeBytes(this.place.root)
      if (room >= this.#writer.sizeBytes + KEPT_FREE_BYTES) await finishMp4(path, { chapters: this.#chapters })
      else await finishMp4InPlace(path, this.#chapters)
      return true
    } catch (error) {
      this.parts.logger.warn('a recording could not be made whole', { path: this.#path, evidence: StudioError.from(error).evidence })
      return false
    }
  }

  async #note(change: { finished?: boolean; durationMs?: number; sizeBytes?: number; chapters?: Chapter[] }): Promise<void> {
    const { root, run } = this.place
    await this.parts.manifests.update(root, run, (files) => files.map((file) => (file.path === this.#path ? { ...file, ...change } : file)))
  }

  #failed(error: unknown): void {
    this.onFailure(recordingFailure(error, this.#path))
  }
}
