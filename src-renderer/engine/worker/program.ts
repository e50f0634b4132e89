import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { EngineClock } from '../clock.ts'
import { startTicker, type Ticker } from '../program/ticker.ts'
import type { VideoCoder } from '../program/video-coder.ts'
import type { Composing } from './composing.ts'
import type { Preview } from './preview.ts'
import type { ProgramTrack } from './program-track.ts'
import type { Snapshots } from './snapshots.ts'
import { VIEW_RATE, type Views } from './views.ts'

/** No more often than this does the preview move, frames per second. */
const PREVIEW_RATE = 30
/** The same where composing or painting is dear (no GPU and no planes): ms per frame from which it is. */
const DEAR_MS = 6
const DEAR_PREVIEW_RATE = 15

/**
 * The beat of the program: composes at the frame rate while it is coded or a peer wants its track, at the preview's pace
 * while it is only looked at, and not at all while nobody wants it.
 */
export class Program {
  #encoding: Encoding | null = null
  #ticker: Ticker | null = null
  #coding = false
  #frameStep = 1
  #framesComposed = 0
  #framesLate = 0
  /** Handed to WebRTC's encoders while the program's own rests. */
  #framesHanded = 0
  #recent = { atMs: 0, encoded: 0, bytes: 0 }

  constructor(
    private readonly clock: EngineClock,
    private readonly composing: Composing,
    private readonly coder: VideoCoder,
    private readonly preview: Preview,
    private readonly views: Pick<Views, 'programWanted' | 'paintProgram'>,
    private readonly track: ProgramTrack,
    private readonly snapshots: Snapshots,
    /** False while the first frame had better wait for the sound's header. */
    private readonly mayCode: () => boolean,
  ) {
    this.#recent.atMs = clock.monotonicMs()
  }

  /** Size and rate from the next tick on. */
  setEncoding(encoding: Encoding): void {
    const before = this.#encoding
    this.#encoding = encoding
    void this.composing.setCanvas(encoding)
    if (before?.frameRate === encoding.frameRate && this.#ticker) return
    this.#ticker?.stop()
    this.#ticker = startTicker({
      clock: this.clock,
      frameRate: encoding.frameRate,
      onTick: (timestampUs, index) => this.#tick(timestampUs, index, encoding.frameRate),
      onDropped: (count) => {
        if (this.#coding || this.track.wanted) this.#framesLate += count
      },
    })
  }

  setCoding(coding: boolean): void {
    this.#coding = coding
  }

  /** Only every n-th picture is coded from now on; composing and the preview keep their beat. */
  setFrameStep(step: number): void {
    this.#frameStep = step
  }

  /** Counters run from the start of the page; rates are means since the last call. */
  figures(audio: { audioKbps: number; driftPpm: number; audioEncoder: string }, droppedByCredit: number): ProgramFigures {
    const atMs = this.clock.monotonicMs()
    const seconds = Math.max(0.001, (atMs - this.#recent.atMs) / 1000)
    const { coder } = this
    const framesEncoded = coder.framesEncoded + this.#framesHanded
    const fps = (framesEncoded - this.#recent.encoded) / seconds
    const videoKbps = ((coder.bytes - this.#recent.bytes) * 8) / 1000 / seconds
    this.#recent = { atMs, encoded: framesEncoded, bytes: coder.bytes }
    return {
      framesComposed: this.#framesComposed,
      framesEncoded,
      framesDropped: this.#framesLate + coder.framesSkipped + droppedByCredit,
      fps,
      videoKbps,
      audioKbps: audio.audioKbps,
      driftPpm: audio.driftPpm,
      audioEncoder: audio.audioEncoder,
      compositor: this.composing.description,
      videoEncoder: coder.encoderName,
      encoderReason: coder.encoderReason,
      encodeMs: coder.encodeMs,
      composeMs: this.composing.composeMs,
    }
  }

  close(): void {
    this.#ticker?.stop()
    this.#ticker = null
  }

  async #tick(timestampUs: number, index: number, frameRate: number): Promise<void> {
    const code = this.#coding && index % this.#frameStep === 0 && this.coder.running && this.composing.ready && this.mayCode()
    const paint = this.preview.wanted && index % this.#previewEvery(frameRate) === 0
    const show = index % Math.max(1, Math.round(frameRate / VIEW_RATE)) === 0 && this.views.programWanted
    const hand = this.track.wanted && this.composing.ready
    const keep = this.snapshots.wanted && this.composing.ready
    if (!code && !paint && !show && !hand && !keep) return
    const frame = await this.composing.compose({ timestampUs, durationUs: Math.round((code ? this.#frameStep : 1) * (1_000_000 / frameRate)) })
    if (!frame) {
      if (code || hand) this.#framesLate++
      return
    }
    this.#framesComposed++
    try {
      if (code && this.#coding) this.coder.encode(frame)
      if (hand && this.track.write(frame) && !this.#coding) this.#framesHanded++
      if (keep) this.snapshots.take(frame)
      if (paint) this.#paint(() => this.preview.paint(frame, this.composing.planes))
      if (show) this.#paint(() => this.views.paintProgram(frame, this.composing.planes))
    } finally {
      frame.close()
    }
  }

  /** A preview that cannot be drawn costs the program nothing. */
  #paint(paint: () => void): void {
    try {
      paint()
    } catch {
      // Seen at once by whoever looks at it; tried again with the next frame.
    }
  }

  #previewEvery(frameRate: number): number {
    const rate = this.composing.composeMs > DEAR_MS ? DEAR_PREVIEW_RATE : PREVIEW_RATE
    return Math.max(1, Math.round(frameRate / rate))
  }
}
