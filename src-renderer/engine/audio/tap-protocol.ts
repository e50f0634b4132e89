/**
 * What passes over the tap's port between the audio worklet and the engine worker.
 * Buffers travel round: the tap owns a fixed number of them and drops a batch when all are away,
 * so a reader that stands still costs nothing but the sound it does not read.
 */

/** Context rate everywhere: mixer, tap, coder. */
export const SAMPLE_RATE = 48_000
/** One AAC-LC frame, so that a batch becomes a packet without waiting for a second one. */
export const BATCH_FRAMES = 1024
/** 32 x 21.3 ms = 0.68 s that may be on the way to a busy reader. */
export const POOL_BUFFERS = 32

/** Worklet → reader: `buffer` holds BATCH_FRAMES of the left channel, then as many of the right (Float32). */
export interface TapBatch {
  /** The context's frame counter at the batch's first sample. */
  frame: number
  buffer: ArrayBuffer
}

/** Where the context's sample clock lies on the program's timeline: wallUs + (f - frame) * usPerFrame for a frame f nearby. */
export interface ClockAnchor {
  frame: number
  wallUs: number
  usPerFrame: number
}

/** Reader → worklet: the emptied buffer, and the reader's clock, by which the beep is placed. */
export interface TapReturn {
  buffer: ArrayBuffer
  clock: ClockAnchor | null
}
