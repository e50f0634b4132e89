import type { Encoding } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Packet, VideoHeader } from '@shared/domain/packet.ts'
import type { Clock } from '../../base/clock.ts'
import { type Child, startChild } from '../../process/child.ts'
import { FlvVideoReader } from './flv-video-reader.ts'
import { ivfFileHeader, ivfFrameHeader } from './ivf-writer.ts'
import { transcodeArguments } from './transcode-arguments.ts'

/** Bytes waiting for FFmpeg beyond which it counts as too slow: about a second at a generous rate. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

export interface TranscoderEvents {
  onHeader(header: VideoHeader): void
  onFrame(packet: Omit<Packet, 'epoch'>): void
  /** FFmpeg ended or cannot keep up; the transcoder is closed. */
  onFailure(error: StudioError): void
}

/**
 * VP8 from a page without an H.264 encoder, made into H.264 by FFmpeg. Frames stay one to one and in order, so each gets
 * its own time stamp back. Key frames come at the encoding's distance; FFmpeg takes no wish for one in between.
 */
export class Vp8Transcoder {
  readonly #child: Child
  readonly #reader = new FlvVideoReader()
  /** Time stamps and durations of the frames inside FFmpeg, oldest first. */
  readonly #inside: { timestampUs: number; durationUs: number }[] = []
  #firstUs: number | null = null
  #closed = false

  constructor(
    ffmpegPath: string,
    private readonly encoding: Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps' | 'keyFrameSeconds' | 'avcProfile'>,
    private readonly events: TranscoderEvents,
    clock: Clock,
  ) {
    this.#child = startChild({ command: ffmpegPath, args: transcodeArguments(encoding), stdin: 'pipe', stdout: 'pipe' }, clock)
    this.#child.stdin?.write(ivfFileHeader(encoding.width, encoding.height))
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#onOutput(chunk))
    void this.#child.done.then((result) => {
      if (!result.stopped) this.#fail(result.spawned ? 'encoder-failed' : 'ffmpeg-missing', result.stderrTail.trim().slice(-200))
    })
  }

  /** One VP8 frame; the first must be a key frame. */
  push(packet: Packet): void {
    const stdin = this.#child.stdin
    if (this.#closed || !stdin) return
    if (stdin.writableLength > MAX_WAITING_BYTES) return this.#fail('encoder-failed', 'FFmpeg cannot keep up')
    this.#firstUs ??= packet.timestampUs
    this.#inside.push({ timestampUs: packet.timestampUs, durationUs: packet.durationUs })
    stdin.write(ivfFrameHeader(packet.data.length, packet.timestampUs - this.#firstUs))
    stdin.write(packet.data)
  }

  /** Ends the input; the frames inside still come out, within the seconds that a child is given to end. */
  async finish(): Promise<void> {
    await this.#child.stop()
    this.#closed = true
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#child.stop()
  }

  #onOutput(chunk: Buffer): void {
    if (this.#closed) return
    try {
      for (const item of this.#reader.push(chunk)) {
        if (item.type === 'avcC') this.#onHeader(item.data)
        else if (item.data.length > 0) this.#onFrame(item.key, item.data)
      }
    } catch (error) {
      this.#fail('encoder-failed', StudioError.from(error).evidence)
    }
  }

  #onHeader(avcC: Uint8Array): void {
    const { width, height, frameRate, videoKbps } = this.encoding
    const [, profile = 0, compatibility = 0, level = 0] = avcC
    const hex = [profile, compatibility, level].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    this.events.onHeader({ codec: 'avc', codecString: `avc1.${hex}`, width, height, frameRate, bitrateKbps: videoKbps, avcC: new Uint8Array(avcC) })
  }

  #onFrame(key: boolean, data: Uint8Array): void {
    const time = this.#inside.shift()
    if (time) this.events.onFrame({ kind: 'video', key, ...time, data })
  }

  #fail(reason: 'encoder-failed' | 'ffmpeg-missing', evidence: string): void {
    if (this.#closed) return
    this.#closed = true
    void this.#child.stop()
    this.events.onFailure(new StudioError(reason, evidence))
  }
}
