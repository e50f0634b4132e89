import type { SoundFilter } from '@shared/domain/sound-filter.ts'

/** The part of a filter that computes: pure, in place, without an audio context, so that it runs in the worklet and in a test. */
export interface Kernel<F extends SoundFilter = SoundFilter> {
  /** Takes over changed settings; what is heard glides there. */
  set(filter: F): void
  /**
   * Filters one block in place. `channels`: one or two of equal length. `key`: the sound that steers the filter
   * instead (a side chain); null = its own.
   */
  process(channels: readonly Float32Array[], key: readonly Float32Array[] | null): void
  /** How much quieter the filter makes the sound now, dB (0 or above); 0 for those that do not work by level. */
  readonly reductionDb: number
}

/** The share of the way to its goal that a one-pole smoother goes with each sample; time constant in ms, never below one sample. */
export function stepOf(timeMs: number, sampleRate: number): number {
  return 1 - Math.exp(-1 / Math.max(1, (timeMs / 1000) * sampleRate))
}

export const amplitudeOf = (db: number): number => 10 ** (db / 20)
/** Never below -200 dB, so that digital silence stays a number. */
export const dbOf = (amplitude: number): number => 20 * Math.log10(Math.max(1e-10, amplitude))

/** The loudest of the channels at one sample. */
export function loudestAt(channels: readonly Float32Array[], at: number): number {
  let loudest = 0
  for (let c = 0; c < channels.length; c++) {
    const sample = channels[c]![at]!
    const size = sample < 0 ? -sample : sample
    if (size > loudest) loudest = size
  }
  return loudest
}
