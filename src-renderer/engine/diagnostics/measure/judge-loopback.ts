import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { dbfsOf } from '../../audio/levels.ts'
import { round } from './figures.ts'
import { findSound, thinned } from './find-sound.ts'

/** The sweep lies between 500 and 3000 Hz: six times less than 48 kHz still holds it, and finding it stays quick. */
export const THIN_BY = 6
/**
 * Alike enough, and standing out enough, not to be chance: noise alone reaches a likeness of about 0.1 for a sweep of 0.4 s, and
 * its best place stands out about four times.
 */
const FOUND_LIKENESS = 0.25
const FOUND_STANDS_OUT = 5
/** Rise of the microphone's level above which viewers hear the loudspeaker's sound again (as an echo), and above which they are bothered. */
const WARN_RISE_DB = 6
const STRONG_RISE_DB = 15

export interface LoopHeard {
  /** What the microphone heard, mono. */
  heard: Float32Array
  /** What was played, mono, the same rate. */
  played: Float32Array
  sampleRate: number
  /** When the recording began and when the sound was handed to the loudspeaker, ms (monotonic). */
  heardFromMs: number
  playedAtMs: number
}

/** Whether the microphone heard what the loudspeaker played, how long after, and how loud. Pure. */
export function judgeLoopback({ heard, played, sampleRate, heardFromMs, playedAtMs }: LoopHeard): FindingOf<'speaker.loopback'> {
  // What was heard before it was played is something else that is alike.
  const fromAt = Math.max(0, Math.floor(((playedAtMs - heardFromMs) / 1000) * sampleRate))
  const found = findSound(thinned(heard.subarray(fromAt), THIN_BY), thinned(played, THIN_BY))
  const foundAt = fromAt + (found?.at ?? 0) * THIN_BY
  const delayMs = Math.round(heardFromMs + (foundAt / sampleRate) * 1000 - playedAtMs)
  const data = { likeness: round(found?.likeness ?? 0, 2), standsOut: round(found?.standsOut ?? 0, 1), sampleRate }
  if (!found || found.likeness < FOUND_LIKENESS || found.standsOut < FOUND_STANDS_OUT) return { status: 'pass', code: 'not-found', data }
  const riseDb = round(rmsDbfs(heard, foundAt, foundAt + played.length) - rmsDbfs(heard, 0, foundAt), 1)
  const code = riseDb > STRONG_RISE_DB ? 'strong-echo' : riseDb >= WARN_RISE_DB ? 'echo' : 'faint'
  return {
    status: code === 'strong-echo' ? 'warn' : 'pass', code,
    params: { delayMs, riseDb }, value: delayMs, unit: 'ms', data: { ...data, delayMs, riseDb },
  }
}

function rmsDbfs(samples: Float32Array, from: number, to: number): number {
  let squares = 0
  for (let at = from; at < to; at++) squares += (samples[at] ?? 0) ** 2
  return dbfsOf(Math.sqrt(squares / Math.max(1, to - from)))
}
