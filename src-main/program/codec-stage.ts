import { StudioError } from '@shared/domain/errors.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { sameProgram } from './same-program.ts'
import { SoundDelay } from './sound-delay.ts'
import type { TranscoderEvents } from './transcode/vp8-transcoder.ts'

/** Takes the page's coded frames and answers with H.264 by its events. */
export interface Transcoder {
  /** The first must be a key frame. */
  push(packet: Packet): void
  /** Ends the input; what is inside still comes out. Resolves when all of it has. */
  finish(): Promise<void>
  /** Nothing more comes out. */
  close(): Promise<void>
}

/** Starts one for the encoding of now; throws StudioError `ffmpeg-missing` where that is not possible. */
export type CreateTranscoder = (events: TranscoderEvents) => Transcoder

export interface CodecStageEvents {
  headers(headers: ProgramHeaders): void
  packet(packet: Packet): void
  /** The picture cannot be made into H.264; tried again at the next key frame where that may help. */
  failed(failure: StudioError): void
}

/** One run of the transcoder, from a key frame to the next change of rate. */
interface Run {
  transcoder: Transcoder
  /** What it made while the run before it was not yet done. */
  held: (() => void)[]
}

/**
 * Makes sure that nothing but H.264 goes on to the bus: H.264 passes as it is; VP8, from a page whose platform cannot do
 * better, goes through a transcoder, and the sound waits so that both leave in the order of their time stamps.
 * Another rate is another transcoder: it takes over at a key frame, when the one before has given back all it had.
 */
export class CodecStage {
  #source: ProgramHeaders | null = null
  /** The first one's frames go out; the last one gets the frames that come in. */
  #runs: Run[] = []
  /** What the transcoder last said about its pictures; null until its first. */
  #made: ProgramHeaders['video'] = null
  #hopeless = false
  #newRunWanted = false
  readonly #sound = new SoundDelay((packet) => this.out.packet(packet))

  constructor(
    private readonly createTranscoder: CreateTranscoder | null,
    private readonly out: CodecStageEvents,
  ) {}

  headers(headers: ProgramHeaders): void {
    const before = this.#source
    const goesOn = before !== null && sameProgram(before, headers)
    this.#source = headers
    if (headers.video?.codec !== 'vp8') {
      this.close()
      this.out.headers(headers)
      return
    }
    if (!goesOn) return this.close()
    if (before.video?.bitrateKbps !== headers.video.bitrateKbps) this.#newRunWanted = true
    if (this.#made) this.out.headers({ ...headers, video: this.#made })
  }

  packet(packet: Packet): void {
    if (this.#source?.video?.codec !== 'vp8') return this.out.packet(packet)
    if (packet.kind === 'audio') return this.#made ? this.#sound.push(packet) : this.out.packet(packet)
    if (packet.key && !this.#hopeless && (this.#runs.length === 0 || this.#newRunWanted)) this.#start()
    this.#runs.at(-1)?.transcoder.push(packet)
  }

  /** Ends the transcoders; the next key frame starts another. */
  close(): void {
    this.#endRuns()
    this.#hopeless = false
  }

  #start(): void {
    // Two at once are enough: a rate that changes again before the first one is done takes effect a key frame later.
    if (this.#runs.length > 1) return
    this.#newRunWanted = false
    const previous = this.#runs[0]
    let run: Run | null = null
    const inTurn = (act: () => void): void => {
      if (!run || !this.#runs.includes(run)) return
      if (run === this.#runs[0]) act()
      else run.held.push(act)
    }
    try {
      if (!this.createTranscoder) throw new StudioError('ffmpeg-missing', 'the page can only encode VP8')
      const transcoder = this.createTranscoder({
        onHeader: (video) => inTurn(() => this.#madeHeader(video)),
        onFrame: (frame) => inTurn(() => this.#madeFrame(frame)),
        onFailure: (failure) => {
          if (run && this.#runs.includes(run)) this.#failed(failure)
        },
      })
      run = { transcoder, held: [] }
      this.#runs.push(run)
    } catch (thrown) {
      return this.#failed(StudioError.from(thrown, 'encoder-failed'))
    }
    if (previous) void this.#finish(previous)
  }

  async #finish(run: Run): Promise<void> {
    await run.transcoder.finish()
    if (this.#runs[0] !== run) return
    this.#runs.shift()
    for (const act of this.#runs[0]?.held.splice(0) ?? []) act()
  }

  #madeHeader(video: NonNullable<ProgramHeaders['video']>): void {
    if (!this.#source) return
    this.#made = video
    this.out.headers({ ...this.#source, video })
  }

  #madeFrame(frame: Omit<Packet, 'epoch'>): void {
    if (!this.#source) return
    this.#sound.release(frame.timestampUs)
    this.out.packet({ ...frame, epoch: this.#source.epoch })
  }

  #failed(failure: StudioError): void {
    this.#endRuns()
    // Without FFmpeg the next key frame is no different.
    this.#hopeless = failure.reason === 'ffmpeg-missing'
    this.out.failed(failure)
  }

  #endRuns(): void {
    for (const { transcoder } of this.#runs.splice(0)) void transcoder.close()
    this.#sound.clear()
    this.#made = null
    this.#newRunWanted = false
  }
}
