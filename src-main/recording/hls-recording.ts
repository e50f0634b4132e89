import { join } from 'node:path'
import type { Packet } from '@shared/domain/packet.ts'
import type { RecordingFile } from '@shared/domain/recording.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { chaptersVtt, chaptersVttPath } from './chapters.ts'
import { recordingFailure } from './disk.ts'
import type { FileBeginning } from './file-recording.ts'
import { HlsPlaylist } from './hls-playlist.ts'
import { withFile } from './manifests.ts'
import type { Chapter } from './muxers/file-muxer.ts'
import { TsMuxer } from './muxers/ts-muxer.ts'
import { wordOfTracks } from './recorded-tracks.ts'
import { timedName } from './recording-name.ts'
import { begun, type FormatRecording, type OnFailure, type Place, type RecordingParts, relative } from './recording-parts.ts'
import { RecordingWriter } from './recording-writer.ts'

/** A segment ends at the first key frame behind this, µs. */
const SEGMENT_US = 6_000_000
/** A key frame may come a little early. */
const HALF_FRAME_US = 8000
const TARGET_SECONDS = 10
/** How often the playlist says how long the segment being written is, µs. */
const TELL_EVERY_US = 500_000

/** A playlist and its segments. Has no limit in length; after a break it can be gone on with. */
export class HlsRecording implements FormatRecording {
  readonly #muxer: TsMuxer
  #originUs: number
  #segment: { writer: RecordingWriter; sinceUs: number } | null = null
  /** Segments that are being closed. */
  readonly #closing = new Set<Promise<void>>()
  #broken = false
  #endUs = 0
  #toldUs = 0
  #doneBytes = 0
  #ended: Promise<void> | null = null
  #failed = false

  private constructor(
    private readonly parts: RecordingParts,
    private readonly place: Place,
    private readonly beginning: Omit<FileBeginning, 'format'>,
    private readonly path: string,
    private readonly playlist: HlsPlaylist,
    private readonly onFailure: OnFailure,
  ) {
    this.#muxer = new TsMuxer(beginning)
    this.#originUs = beginning.originUs
  }

  /** Rejects with StudioError `folder-not-writable`, `disk-full` or `recording-failed`. Later failures go to `onFailure`. */
  static async create(parts: RecordingParts, place: Place, beginning: Omit<FileBeginning, 'format'>, name: string, onFailure: OnFailure): Promise<HlsRecording> {
    const path = relative(place.folder, name)
    try {
      const file = await parts.disk.create(join(place.root, path))
      const { startedAtMs, tracks: { video } } = beginning
      const size = video && { width: video.width, height: video.height }
      const playlist = new HlsPlaylist(file, { startedAtMs, size, targetSeconds: TARGET_SECONDS })
      const entry = begun({ path, format: 'hls', stream: place.stream, kind: 'recording', startedAtMs, width: size?.width ?? null, height: size?.height ?? null, tracks: wordOfTracks(beginning.tracks) })
      await parts.manifests.update(place.root, place.run, (files) => withFile(files, entry))
      return new HlsRecording(parts, place, beginning, path, playlist, onFailure)
    } catch (error) {
      throw recordingFailure(error, path)
    }
  }

  get file(): RecordingFile {
    const sizeBytes = this.#doneBytes + (this.#segment?.writer.sizeBytes ?? 0) + this.playlist.sizeBytes
    return { format: 'hls', path: this.path, sizeBytes, durationMs: this.#endUs / 1000 }
  }

  get queuedBytes(): number {
    return this.#segment?.writer.queuedBytes ?? 0
  }

  add(packet: Packet): Promise<void> | void {
    const { tracks } = this.beginning
    if (!tracks[packet.kind] || packet.track || this.#failed) return
    const begins = packet.kind === 'video' ? packet.key : !tracks.video
    if (this.#broken) {
      if (!begins) return
      // What was not recorded takes no time.
      this.#originUs = packet.timestampUs - this.#endUs
    }
    const timeUs = Math.max(0, packet.timestampUs - this.#originUs)
    const due = !this.#segment || this.#broken || timeUs - this.#segment.sinceUs >= SEGMENT_US - HALF_FRAME_US
    if (begins && due) return this.#beginSegment(timeUs, packet.timestampUs).then(() => this.#append(packet, timeUs))
    this.#append(packet, timeUs)
  }

  flush(): void {}

  /** The program was interrupted: what comes next goes on behind it. */
  interrupt(): void {
    this.#tell(this.#endUs)
    this.#broken = true
  }

  end(chapters: readonly Chapter[]): Promise<void> {
    this.#ended ??= this.#end(chapters).catch((error: unknown) => this.#fail(error))
    return this.#ended
  }

  #append(packet: Packet, timeUs: number): void {
    const { kind, key, durationUs, data } = packet
    this.#segment?.writer.append(this.#muxer.add({ kind, key, timeUs, durationUs, data }))
    this.#endUs = Math.max(this.#endUs, timeUs + durationUs)
    if (this.#endUs - this.#toldUs >= TELL_EVERY_US) this.#tell(this.#endUs)
  }

  async #beginSegment(timeUs: number, timestampUs: number): Promise<void> {
    const broken = this.#broken && this.#segment !== null
    if (!broken) this.#tell(timeUs)
    this.#closeSegment()
    this.#broken = false
    const wallMs = this.beginning.startedAtMs + (timestampUs - this.beginning.originUs) / 1000
    const name = timedName(this.place.base, wallMs, 'ts')
    try {
      const writer = await RecordingWriter.create(join(this.place.root, relative(this.place.folder, name)), { ...this.parts, onFailure: (failure) => this.#fail(failure) })
      this.#segment = { writer, sinceUs: timeUs }
      this.#muxer.beginSegment()
      this.playlist.begin(name, broken)
      this.#toldUs = timeUs
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Says how far the segment being written goes. */
  #tell(untilUs: number): void {
    if (!this.#segment) return
    this.#toldUs = untilUs
    this.playlist.grown(Math.max(0, untilUs - this.#segment.sinceUs) / 1e6)
  }

  #closeSegment(): void {
    const segment = this.#segment
    if (!segment) return
    this.#doneBytes += segment.writer.sizeBytes
    this.#segment = null
    const closing = segment.writer.close().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  async #end(chapters: readonly Chapter[]): Promise<void> {
    this.#tell(this.#endUs)
    this.#closeSegment()
    await Promise.all(this.#closing)
    await this.playlist.close()
    const { root, run } = this.place
    if (chapters.length > 0) await writeFileAtomic(join(root, chaptersVttPath(this.path)), chaptersVtt(chapters, this.#endUs / 1000), { mode: 0o644 })
    const done = { finished: true, durationMs: this.#endUs / 1000, sizeBytes: this.#doneBytes + this.playlist.sizeBytes, chapters: [...chapters] }
    await this.parts.manifests.update(root, run, (files) => files.map((file) => (file.path === this.path ? { ...file, ...done } : file)))
  }

  #fail(error: unknown): void {
    if (this.#failed) return
    this.#failed = true
    this.onFailure(recordingFailure(error, this.path))
  }
}
