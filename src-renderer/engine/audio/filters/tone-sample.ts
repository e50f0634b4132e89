import type { Kernel } from './kernel.ts'
import { dbOf } from './kernel.ts'

export const RATE = 48_000
const BLOCK = 128

/** A sine whose peak is at `db` dBFS. */
export const tone = (db: number, seconds: number, hz = 1000): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => 10 ** (db / 20) * Math.sin((2 * Math.PI * hz * i) / RATE))

export const joined = (...parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((sum, each) => sum + each.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Runs a copy of the sound through a kernel in blocks, as the worklet does; `before(frame)` may change settings on the way. */
export function run(kernel: Kernel<never>, sound: Float32Array, { key = null, before = () => {} }: { key?: Float32Array | null; before?: (frame: number) => void } = {}): Float32Array {
  const out = sound.slice()
  for (let at = 0; at < out.length; at += BLOCK) {
    before(at)
    kernel.process([out.subarray(at, at + BLOCK)], key ? [key.subarray(at, at + BLOCK)] : null)
  }
  return out
}

/** Peak of a stretch, dBFS. */
export function peakDb(sound: Float32Array, fromS: number, toS: number): number {
  return dbOf(sound.subarray(Math.round(fromS * RATE), Math.round(toS * RATE)).reduce((peak, each) => Math.max(peak, Math.abs(each)), 0))
}

/** RMS of a stretch, dBFS. */
export function rmsDb(sound: Float32Array, fromS: number, toS: number): number {
  const part = sound.subarray(Math.round(fromS * RATE), Math.round(toS * RATE))
  return dbOf(Math.sqrt(part.reduce((sum, each) => sum + each * each, 0) / part.length))
}

/** The largest step between two samples. */
export const largestStep = (sound: Float32Array): number => sound.reduce((step, each, i) => Math.max(step, i > 0 ? Math.abs(each - sound[i - 1]!) : 0), 0)
