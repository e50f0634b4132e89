import type { Coefficients } from '../filters/biquad.ts'
import { type Loudness, LoudnessMeter } from './loudness-meter.ts'

export const RATE = 48_000

export const stereo = (sound: Float32Array): Float32Array[] => [sound, sound]

/** A whole sound, measured in blocks as the worklet does. */
export function measure(channels: readonly Float32Array[]): Loudness {
  const meter = new LoudnessMeter(channels.length > 1 ? 2 : 1, RATE)
  const frames = channels[0]?.length ?? 0
  for (let at = 0; at < frames; at += 128) {
    const parts = channels.map((each) => each.subarray(at, at + 128))
    meter.add(parts, parts[0]?.length ?? 0)
  }
  return meter.read()
}

export const coefficientsText = ({ b0, b1, b2, a1, a2 }: Coefficients): string => [b0, b1, b2, a1, a2].map((each) => each.toFixed(8)).join(' ')
