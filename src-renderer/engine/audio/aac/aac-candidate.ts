import type { SoundFormat } from '../sound-format.ts'

/** What a candidate is given to talk back through. */
export interface AacSink {
  /** One raw AAC-LC frame (1024 samples, no ADTS), in order; `asc` comes at least with the first. */
  onPacket(data: Uint8Array, asc: Uint8Array | null): void
  onError(failure: Error): void
}

export interface AacEncoder {
  /** 1024 frames of one or two channels, planar, 48 kHz; follows the one before without a gap. */
  encode(planar: Float32Array<ArrayBuffer>): void
  close(): void
}

/** One way to make AAC-LC, 48 kHz, mono or stereo. */
export interface AacCandidate {
  /** As the figures show it. */
  name: string
  /** Samples that it puts before the first one, where that cannot be measured. */
  usualPrimingFrames: number
  /** Rejects where this machine does not have it. */
  open(format: SoundFormat, sink: AacSink): Promise<AacEncoder>
}
