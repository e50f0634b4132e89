import { StudioError } from '@shared/domain/errors.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { sameProgram } from './same-program.ts'
import type { TranscoderEvents } from './transcode/vp8-transcoder.ts'

/** Takes the page's coded frames and answers with H.264 by its events. */
export interface Transcoder {
  /** The first must be a key frame. */
  push(packet: Packet): void
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

/**
 * Makes sure that nothing but H.264 goes on to the bus: H.264 passes as it is; VP8, from a page whose
 * platform cannot do better, goes through a transcoder. Sound always passes.
 */
export class CodecStage {
  #source: ProgramHeaders | null = null
  #transcoder: Transcoder | null = null
  /** What the transcoder last said about its pictures; null until its first. */
  #made: ProgramHeaders['video'] = null
  #hopeless = false

  constructor(
    private readonly createTranscoder: CreateTranscoder | null,
    private readonly out: CodecStageEvents,
  ) {}

  headers(headers: ProgramHeaders): void {
    const goesOn = this.#source !== null && sameProgram(this.#source, headers)
    this.#source = headers
    if (headers.video?.codec !== 'vp8') {
      this.close()
      this.out.headers(headers)
    } else if (!goesOn) this.close()
    else if (this.#made) this.out.headers({ ...headers, video: this.#made })
  }

  packet(packet: Packet): void {
    if (packet.kind === 'audio' || this.#source?.video?.codec !== 'vp8') return this.out.packet(packet)
    if (!this.#transcoder && packet.key && !this.#hopeless) this.#start()
    this.#transcoder?.push(packet)
  }

  /** Ends the transcoder; the next key frame starts another. */
  close(): void {
    void this.#transcoder?.close()
    this.#transcoder = null
    this.#made = null
    this.#hopeless = false
  }

  #start(): void {
    let started: Transcoder | null = null
    const isCurrent = () => started !== null && this.#transcoder === started
    try {
      if (!this.createTranscoder) throw new StudioError('ffmpeg-missing', 'the page can only encode VP8')
      started = this.createTranscoder({
        onHeader: (video) => {
          if (!isCurrent() || !this.#source) return
          this.#made = video
          this.out.headers({ ...this.#source, video })
        },
        onFrame: (frame) => isCurrent() && this.#source && this.out.packet({ ...frame, epoch: this.#source.epoch }),
        onFailure: (failure) => {
          if (isCurrent()) this.#failed(failure)
        },
      })
      this.#transcoder = started
    } catch (thrown) {
      this.#failed(StudioError.from(thrown, 'encoder-failed'))
    }
  }

  #failed(failure: StudioError): void {
    this.#transcoder = null
    this.#made = null
    // Without FFmpeg the next key frame is no different.
    this.#hopeless = failure.reason === 'ffmpeg-missing'
    this.out.failed(failure)
  }
}
