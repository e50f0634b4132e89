import type { Encoding } from '@shared/domain/encoding.ts'
import type { Reason } from '@shared/domain/errors.ts'
import type { VideoHeader } from '@shared/domain/packet.ts'
import type { EncoderLike, MakeEncoder } from './browser-encoder.ts'
import type { EngineClock } from '../clock.ts'
import { chooseEncoder, encoderBitrate, type EncoderCandidate, encoderCandidates, type EncoderProbe } from './encoder-candidates.ts'

/** More frames than this inside the encoder mean that it cannot keep up; the next one is skipped. */
const MAX_QUEUE = 2
/** All encoders failed: the whole list is tried again after this long. */
const RETRY_MS = 2000

export interface VideoCoderEvents {
  onHeader(header: VideoHeader): void
  onChunk(chunk: EncodedVideoChunk, key: boolean): void
  /** `reason` null = it works (again). */
  onFailure(reason: Reason | null, evidence: string): void
}

/**
 * H.264 at a constant frame rate; VP8, which main transcodes, where no H.264 encoder works. A failing encoder is
 * replaced by the next candidate at a key frame, with nothing else disturbed.
 */
export class VideoCoder {
  #encoding: Encoding | null = null
  #frameStep = 1
  #candidate: EncoderCandidate | null = null
  /** Candidates that failed in use, with what they said. */
  #failed = new Map<string, string>()
  #encoder: EncoderLike | null = null
  #choosing: Promise<void> | null = null
  /** Between `start` and `stop`. */
  #wanted = false
  #keyFrameWanted = true
  #lastKeyUs = 0
  #headerKey = ''
  #submittedAtMs = new Map<number, number>()
  #callOffRetry: () => void = () => {}
  #reportedFailure = false

  /** For the figures. */
  encoderName = ''
  encoderReason = ''
  framesEncoded = 0
  framesSkipped = 0
  bytes = 0
  /** From handing in a frame to its packet, a moving mean. */
  encodeMs = 0

  constructor(
    private readonly makeEncoder: MakeEncoder,
    private readonly probe: EncoderProbe,
    private readonly clock: EngineClock,
    private readonly events: VideoCoderEvents,
  ) {}

  /** Finds an encoder for this, so that a later `start` costs nothing. */
  async prepare(encoding: Encoding): Promise<void> {
    if (this.#encoding && sameButRate(this.#encoding, encoding) && (this.#candidate || this.#choosing)) {
      this.#encoding = encoding
      return this.#choosing ?? undefined
    }
    this.#encoding = encoding
    this.#candidate = null
    // It codes another size or rate than what is asked for now.
    this.#close()
    this.#failed.clear()
    await this.#choose()
  }

  /** Starts coding: the next frame is a key frame, with a header before it. */
  async start(encoding: Encoding): Promise<void> {
    this.#wanted = true
    await this.prepare(encoding)
    this.#keyFrameWanted = true
    if (this.#wanted && this.#candidate && !this.#encoder) this.#open(this.#candidate)
  }

  stop(): void {
    this.#wanted = false
    this.#callOffRetry()
    this.#close()
    this.#headerKey = ''
  }

  /**
   * Takes effect from the next frame on, without a key frame, a header or another encoder. `frameStep`: only every n-th frame
   * will be handed in, so that each may take n times as much; the header goes on to say the beat. For VP8 a key frame and a header with the new rate follow:
   * there main changes its own encoder, which it can only do by starting another.
   */
  setRate(videoKbps: number, frameStep: number): void {
    if (!this.#encoding || (this.#encoding.videoKbps === videoKbps && this.#frameStep === frameStep)) return
    this.#encoding = { ...this.#encoding, videoKbps }
    this.#frameStep = frameStep
    if (!this.#candidate) return
    this.#candidate = { ...this.#candidate, config: this.#configOf(this.#candidate) }
    if (this.#candidate.codec === 'vp8') this.#keyFrameWanted = true
    if (this.#encoder?.state === 'configured') this.#encoder.configure(this.#candidate.config)
  }

  requestKeyFrame(): void {
    this.#keyFrameWanted = true
  }

  get running(): boolean {
    return this.#encoder?.state === 'configured'
  }

  /** Codes a frame or skips it; the frame stays the caller's to close. */
  encode(frame: VideoFrame): boolean {
    const encoder = this.#encoder
    if (!encoder || !this.#encoding || encoder.state !== 'configured') return false
    if (encoder.encodeQueueSize > MAX_QUEUE) {
      this.framesSkipped++
      return false
    }
    const halfFrameUs = (500_000 * this.#frameStep) / this.#encoding.frameRate
    const keyFrame = this.#keyFrameWanted || frame.timestamp - this.#lastKeyUs >= this.#encoding.keyFrameSeconds * 1_000_000 - halfFrameUs
    if (keyFrame) {
      this.#lastKeyUs = frame.timestamp
      this.#keyFrameWanted = false
    }
    this.#submittedAtMs.set(frame.timestamp, this.clock.monotonicMs())
    try {
      encoder.encode(frame, { keyFrame })
    } catch (error) {
      this.#onError(encoder, error instanceof Error ? error.message : String(error))
      return false
    }
    return true
  }

  /** The candidate's configuration at the rates of now. */
  #configOf({ codec, config }: EncoderCandidate): VideoEncoderConfig {
    if (!this.#encoding) return config
    return { ...config, bitrate: encoderBitrate(codec, this.#encoding.videoKbps), framerate: this.#encoding.frameRate / this.#frameStep }
  }

  #choose(): Promise<void> {
    const choosing = this.#findCandidate().finally(() => {
      if (this.#choosing === choosing) this.#choosing = null
    })
    this.#choosing = choosing
    return choosing
  }

  /** Never rejects: a probe that breaks is an encoder that cannot be had. */
  async #findCandidate(): Promise<void> {
    const encoding = this.#encoding
    if (!encoding) return
    const { choice, reason } = await chooseEncoder(encoderCandidates(encoding), this.probe, this.#failed).catch((error: unknown) => ({
      choice: null,
      reason: error instanceof Error ? error.message : String(error),
    }))
    if (this.#encoding && !sameButRate(this.#encoding, encoding)) return
    this.encoderReason = reason
    this.encoderName = choice?.candidate.name ?? ''
    this.#candidate = choice?.candidate ?? null
    if (!choice) {
      this.#reportedFailure = true
      this.events.onFailure(this.#failed.size > 0 ? 'encoder-failed' : 'encoder-unavailable', reason)
    }
  }

  #open(candidate: EncoderCandidate): void {
    const encoder: EncoderLike = this.makeEncoder({
      output: (chunk, metadata) => {
        if (encoder === this.#encoder) this.#onOutput(chunk, metadata)
      },
      error: (error) => this.#onError(encoder, error.message),
    })
    this.#encoder = encoder
    this.#keyFrameWanted = true
    encoder.configure(this.#configOf(candidate))
  }

  #onOutput(chunk: EncodedVideoChunk, metadata: EncodedVideoChunkMetadata | undefined): void {
    const submitted = this.#submittedAtMs.get(chunk.timestamp)
    this.#submittedAtMs.delete(chunk.timestamp)
    if (submitted !== undefined) this.encodeMs += (this.clock.monotonicMs() - submitted - this.encodeMs) * 0.05
    if (this.#candidate?.codec === 'vp8') {
      if (chunk.type === 'key') this.#announce('vp8', new Uint8Array())
    } else if (metadata?.decoderConfig?.description) {
      this.#announce(metadata.decoderConfig.codec, bytesOf(metadata.decoderConfig.description))
    }
    if (this.#reportedFailure) {
      this.#reportedFailure = false
      this.events.onFailure(null, '')
    }
    this.framesEncoded++
    this.bytes += chunk.byteLength
    this.events.onChunk(chunk, chunk.type === 'key')
  }

  /** Says how the frames from here on are to be decoded, unless that was said already. VP8's header also tells main the rate. */
  #announce(codecString: string, avcC: Uint8Array): void {
    if (!this.#encoding) return
    const { width, height, frameRate, videoKbps } = this.#encoding
    const codec = codecString === 'vp8' ? 'vp8' : 'avc'
    const key = codec === 'vp8' ? `vp8 ${videoKbps}` : `${codecString} ${String(avcC)}`
    if (key === this.#headerKey) return
    this.#headerKey = key
    this.events.onHeader({ codec, codecString, width, height, frameRate, bitrateKbps: videoKbps, avcC })
  }

  #onError(encoder: EncoderLike, message: string): void {
    if (encoder !== this.#encoder || !this.#candidate) return
    this.#failed.set(this.#candidate.name, message)
    this.#close()
    this.#replace()
  }

  async #replace(): Promise<void> {
    const encoding = this.#encoding
    this.#candidate = null
    await this.#choose()
    // Stopped, or started with something else, while it was being found out.
    if (!this.#wanted || (this.#encoding !== encoding && this.#encoder)) return
    if (this.#candidate) return this.#open(this.#candidate)
    this.#callOffRetry = this.clock.after(RETRY_MS, () => {
      this.#failed.clear()
      this.#replace()
    })
  }

  #close(): void {
    const encoder = this.#encoder
    this.#encoder = null
    this.#submittedAtMs.clear()
    if (encoder && encoder.state !== 'closed') encoder.close()
  }
}

const sameButRate = (a: Encoding, b: Encoding): boolean =>
  a.width === b.width && a.height === b.height && a.frameRate === b.frameRate && a.keyFrameSeconds === b.keyFrameSeconds && a.avcProfile === b.avcProfile

function bytesOf(source: AllowSharedBufferSource): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source)
  return new Uint8Array(view)
}
