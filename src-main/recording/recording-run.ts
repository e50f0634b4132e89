import { StudioError } from '@shared/domain/errors.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import type { RecordingFile, RecordingSettings } from '@shared/domain/recording.ts'
import type { BusSubscriber } from '../bus/bus-subscriber.ts'
import { Endings } from './endings.ts'
import { FileSet } from './file-set.ts'
import { HlsRecording } from './hls-recording.ts'
import { Interleaver } from './interleaver.ts'
import type { Chapter, MuxTracks } from './muxers/file-muxer.ts'
import { fileFormatsOf, furtherTracks, goesOn, soundsOf, tracksOf } from './recorded-tracks.ts'
import { indexedName } from './recording-name.ts'
import type { OnFailure, Place, RecordingParts } from './recording-parts.ts'

export type RunSettings = Pick<RecordingSettings, 'formats' | 'content' | 'streams' | 'soundTracks' | 'trackNames' | 'fileMinutes' | 'hlsResumeSeconds' | 'hlsAlsoMp4'>

/** A program that was away longer than this was interrupted; a page that is loaded anew is back within 3 s. */
const BREAK_US = 5_000_000
/** A page's sound coder may be up a second after its picture; without this the first file would be a stub without sound. */
const SOUND_WAIT_US = 1_500_000
/** What a format has gathered is written at least this often. */
const FLUSH_EVERY_MS = 500
/** More than this waiting for the disk, and no more is taken from the bus, which then drops to a key frame. */
const MAX_QUEUED_BYTES = 32 * 1024 * 1024
const LOOK_EVERY_MS = 50

/** Writes one recording, from its start to its stop, with everything between: cuts, breaks, new headers. */
export class RecordingRun {
  /** Wall time of the first frame, ms since 1970. */
  startedAtMs: number | null = null
  readonly #stopFlushing: () => void
  readonly #endings = new Endings()
  /** Timed on the program's clock. */
  readonly #chapters: Chapter[] = []
  #headers: ProgramHeaders | null = null
  #interleaver: Interleaver | null = null
  /** The first frames, while it is not known yet whether there is sound. */
  #held: Packet[] | null = null
  #set: FileSet | null = null
  #firstSet: FileSet | null = null
  #sets = 0
  #hls: HlsRecording | null = null
  #playlists = 0
  /** Where in the recording the playlist begins, ms. */
  #hlsFromMs = 0
  #lastUs: number | null = null
  #originUs = 0
  /** Recorded before the last break, and since when. */
  #doneMs = 0
  #sinceUs: number | null = null
  #endedBytes = 0
  #closed = false

  constructor(
    private readonly parts: RecordingParts,
    private readonly place: Place,
    private readonly settings: RunSettings,
    private readonly onFailure: OnFailure,
  ) {
    this.#stopFlushing = parts.clock.every(FLUSH_EVERY_MS, () => this.#flush())
  }

  /** What is being written now. */
  get files(): RecordingFile[] {
    return [...(this.#set?.files ?? []), ...(this.#hls ? [this.#hls.file] : [])]
  }

  /** Of everything that is not finished yet. */
  get unfinished(): string[] {
    return [...pathsOf(this.files), ...this.#endings.paths]
  }

  /** Written so far, by all its files. */
  get bytes(): number {
    return this.#endedBytes + this.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }

  /** Without breaks, ms. */
  get durationMs(): number {
    return this.#doneMs + (this.#sinceUs === null || this.#lastUs === null ? 0 : (this.#lastUs - this.#sinceUs) / 1000)
  }

  /** Timed from the recording's beginning, without breaks. */
  readonly chapters: Chapter[] = []

  /** Writes what the reader brings until it is sealed, the program ends, or `signal` aborts. Rejects with what made it impossible to go on. */
  async follow(reader: BusSubscriber, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const item = await reader.next(signal)
        if (item.type === 'headers') await this.#newHeaders(item.headers)
        else await this.#arrived(item.packet)
        while (this.#queuedBytes > MAX_QUEUED_BYTES && !signal.aborted) await this.parts.clock.sleep(LOOK_EVERY_MS)
      }
    } catch (error) {
      const isOver = error instanceof StudioError && (error.reason === 'no-program' || error.reason === 'stopped')
      if (!signal.aborted && !isOver) throw error
    }
    await this.#drain()
  }

  /** Where the program is now. Without a name it gets its number. */
  addChapter(name: string): void {
    if (this.#lastUs === null) return
    this.chapters.push({ atMs: this.durationMs, name: name.trim() || String(this.chapters.length + 1) })
    this.#chapters.push({ atMs: this.#lastUs / 1000, name: this.chapters.at(-1)?.name ?? '' })
    this.#set?.keepChapters(this.#chapters)
  }

  /** What comes next does not go on from what was: a pause, or a program that was away. Files end, a playlist may be gone on with. */
  break(): void {
    if (this.#sinceUs !== null && this.#lastUs !== null) this.#doneMs += (this.#lastUs - this.#sinceUs) / 1000
    this.#sinceUs = null
    this.#endSet()
    this.#hls?.interrupt()
  }

  /** Resolves when every file is finished. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stopFlushing()
    this.break()
    this.#endHls()
    await this.#endings.settled()
  }

  get #queuedBytes(): number {
    return (this.#set?.queuedBytes ?? 0) + (this.#hls?.queuedBytes ?? 0)
  }

  #flush(): void {
    this.#set?.flush()
    this.#hls?.flush()
  }

  async #newHeaders(headers: ProgramHeaders): Promise<void> {
    if (headers.epoch === this.#headers?.epoch || (this.#headers && goesOn(this.#headers, headers))) return
    const soundCame = this.#held !== null && this.#headers !== null && goesOn(headers, this.#headers)
    if (this.#headers && !soundCame) {
      await this.#drain()
      this.break()
      this.#endHls()
    }
    this.#headers = headers
    const { video, audio } = this.#tracks
    const sound = audio !== null || (this.settings.formats.includes('aac') && headers.audio !== null)
    this.#interleaver = new Interleaver({ video: video !== null, audio: sound, tracks: furtherTracks(this.settings) })
    if (soundCame) await this.#letGo()
    else if (this.startedAtMs === null && headers.audio === null) this.#held = []
  }

  async #arrived(packet: Packet): Promise<void> {
    if (!this.#held) return this.#inOrder(packet)
    this.#held.push(packet)
    if (packet.timestampUs - (this.#held[0]?.timestampUs ?? 0) > SOUND_WAIT_US) await this.#letGo()
  }

  async #inOrder(packet: Packet): Promise<void> {
    for (const next of this.#interleaver?.push(packet) ?? []) await this.#take(next)
  }

  /** What was held back for the sound's headers goes its way, whether they came or not. */
  async #letGo(): Promise<void> {
    const held = this.#held ?? []
    this.#held = null
    for (const packet of held) await this.#inOrder(packet)
  }

  async #drain(): Promise<void> {
    await this.#letGo()
    for (const packet of this.#interleaver?.drain() ?? []) await this.#take(packet)
  }

  /** In the order of times, since they come from the interleaver. */
  async #take(packet: Packet): Promise<void> {
    if (this.#closed) return
    if (this.#lastUs !== null && packet.timestampUs - this.#lastUs > BREAK_US) this.break()
    const isPlaceToCut = packet.kind === 'video' ? packet.key : this.#tracks.video === null && !packet.track
    if (isPlaceToCut) await this.#beginWhatIsDue(packet)
    if (this.#sinceUs === null) return
    this.#lastUs = Math.max(this.#lastUs ?? 0, packet.timestampUs)
    this.#set?.add(packet)
    const waiting = this.#hls?.add(packet)
    if (waiting) await waiting
  }

  async #beginWhatIsDue(packet: Packet): Promise<void> {
    if (this.startedAtMs === null) {
      this.startedAtMs = this.parts.clock.now()
      this.#originUs = packet.timestampUs
    }
    if (this.#set?.isFull(packet, this.settings.fileMinutes)) this.#endSet()
    if (!this.#set && fileFormatsOf(this.settings, this.#headers).length > 0) await this.#beginSet(packet)
    if (this.settings.formats.includes('hls')) await this.#beginOrResumeHls(packet)
    this.#sinceUs ??= packet.timestampUs
  }

  async #beginSet(packet: Packet): Promise<void> {
    const formats = fileFormatsOf(this.settings, this.#headers)
    const beginning = { ...this.#beginning(packet), sound: this.#headers?.audio ?? null, sounds: soundsOf(this.settings), formats, index: ++this.#sets }
    this.#set = await FileSet.create(this.parts, this.place, beginning, this.onFailure)
    this.parts.logger.info('recording file', { index: beginning.index, formats })
    if (beginning.index === 1) this.#firstSet = this.#set
    else if (this.#firstSet) this.#endings.add(this.#firstSet.giveIndex(), pathsOf(this.#firstSet.files))
  }

  #endSet(): void {
    if (!this.#set) return
    this.#endedBytes += this.#set.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    this.#endings.add(this.#set.end(this.#chapters), pathsOf(this.#set.files))
    this.#set = null
  }

  async #beginOrResumeHls(packet: Packet): Promise<void> {
    const awayUs = this.#sinceUs === null && this.#lastUs !== null ? packet.timestampUs - this.#lastUs : 0
    if (this.#hls && awayUs > this.settings.hlsResumeSeconds * 1e6) this.#endHls()
    if (this.#hls) return
    const index = ++this.#playlists
    const name = indexedName(this.place.base, index > 1 ? index : null, 'm3u8')
    this.#hls = await HlsRecording.create(this.parts, this.place, this.#beginning(packet), name, this.onFailure)
    this.#hlsFromMs = this.durationMs
  }

  #endHls(): void {
    if (!this.#hls) return
    this.#endedBytes += this.#hls.file.sizeBytes
    const fromMs = this.#hlsFromMs
    this.#endings.add(this.#hls.end(this.chapters.filter(({ atMs }) => atMs >= fromMs).map(({ atMs, name }) => ({ atMs: atMs - fromMs, name }))), [this.#hls.file.path])
    this.#hls = null
  }

  #beginning(packet: Packet): { tracks: MuxTracks; startedAtMs: number; originUs: number } {
    const startedAtMs = (this.startedAtMs ?? 0) + (packet.timestampUs - this.#originUs) / 1000
    return { tracks: this.#tracks, startedAtMs, originUs: packet.timestampUs }
  }

  get #tracks(): MuxTracks {
    return tracksOf(this.#headers, this.settings.content)
  }
}

const pathsOf = (files: readonly RecordingFile[]): string[] => files.map(({ path }) => path)
