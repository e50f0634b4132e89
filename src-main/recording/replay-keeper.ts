import { StudioError } from '@shared/domain/errors.ts'
import type { SubscriberQueue } from '../bus/subscriber-queue.ts'
import { FileRecording } from './file-recording.ts'
import { ReplayBuffer } from './replay-buffer.ts'
import type { RecorderParts } from './recorder-parts.ts'
import { recordingFolder, utcStamp } from './recording-name.ts'
import { relative } from './recording-parts.ts'
import { roomFor } from './room-for.ts'

/** What MP4 says about each packet: 12 bytes in its fragment and about 20 in the tables at the end, with the heads of fragments rounded up. */
const DESCRIBED_BYTES_EACH = 64

/**
 * Keeps the last seconds of the program, whenever it flows, for *Save replay*. Wants no program of its own: while nobody is live
 * and nothing is recorded there is nothing to replay.
 */
export class ReplayKeeper {
  #buffer: ReplayBuffer | null = null
  #reader: SubscriberQueue | null = null
  #seconds = 0

  constructor(private readonly parts: Pick<RecorderParts, 'program' | 'settings' | 'folder' | 'showRun' | 'clock' | 'disk' | 'logger' | 'manifests'>) {}

  get readySeconds(): number {
    return Math.min(this.#buffer?.seconds ?? 0, this.#seconds)
  }

  get bytes(): number {
    return this.#buffer?.bytes ?? 0
  }

  /** To be called when the settings may have changed. */
  look(): void {
    const { replaySeconds } = this.parts.settings()
    if (replaySeconds === this.#seconds) return
    this.#seconds = replaySeconds
    this.close()
    if (replaySeconds === 0) return
    this.#buffer = new ReplayBuffer(replaySeconds * 1e6)
    this.#reader = this.parts.program.bus('mix').subscribe({ start: 'cached-group' })
    void this.#follow(this.#buffer, this.#reader)
  }

  /** Writes what is kept to an MP4; resolves with its path when it is finished. Rejects with StudioError `no-program`, `disk-full` (also when less than the reserve would stay free), …. */
  async save(): Promise<{ path: string }> {
    const { headers, packets = [] } = this.#buffer ?? {}
    const [first] = packets
    if (!headers || !first) throw new StudioError('no-program', 'nothing was kept for a replay yet')
    const neededBytes = packets.reduce((sum, { data }) => sum + data.byteLength + DESCRIBED_BYTES_EACH, 0)
    await roomFor(this.parts.disk, this.parts.folder(), neededBytes)
    const lastUs = packets.at(-1)?.timestampUs ?? first.timestampUs
    const startedAtMs = this.parts.clock.now() - (lastUs - first.timestampUs) / 1000
    const place = { root: this.parts.folder(), run: this.parts.showRun(), folder: relative(recordingFolder({ prefix: this.parts.settings().prefix, taskId: '' }), 'replays'), base: 'replay' }
    let failure: StudioError | null = null
    const beginning = { format: 'mp4', kind: 'replay', tracks: headers, startedAtMs, originUs: first.timestampUs } as const
    const file = await FileRecording.create(this.parts, place, beginning, `replay_${utcStamp(this.parts.clock.now())}.mp4`, (reason) => (failure ??= reason))
    for (const packet of packets) file.add(packet)
    await file.end([])
    if (failure) throw failure
    return { path: file.file.path }
  }

  close(): void {
    this.#reader?.close()
    this.#reader = null
    this.#buffer = null
  }

  async #follow(buffer: ReplayBuffer, reader: SubscriberQueue): Promise<void> {
    try {
      for (;;) {
        const item = await reader.next(NEVER)
        if (item.type === 'headers') buffer.setHeaders(item.headers)
        else buffer.push(item.packet)
      }
    } catch (error) {
      this.parts.logger.debug('the replay is no longer kept', { evidence: StudioError.from(error).evidence })
    }
  }
}

const NEVER = new AbortController().signal
