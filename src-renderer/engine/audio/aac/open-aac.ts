import type { EngineClock } from '../../clock.ts'
import type { AacCandidate } from './aac-candidate.ts'
import type { SoundFormat } from '../sound-format.ts'
import { AacStream } from './aac-stream.ts'
import { measurePriming } from './priming.ts'

/** Loading and compiling 1 MB of wasm on a busy two-core machine takes about a second. */
const OPEN_TIMEOUT_MS = 15_000

export interface OpenedAac {
  stream: AacStream
  name: string
  asc: Uint8Array
  /** Samples by which the decoded sound lies behind what went in with the packet. */
  primingFrames: number
  /** Why this one: what was said of those before it. */
  reason: string
}

export type MeasurePriming = (stream: AacStream, signal: AbortSignal) => Promise<number | null>

/** The first candidate that really gives back what it is given. Rejects with the reasons of all when none does. */
export async function openAac(candidates: readonly AacCandidate[], format: SoundFormat, clock: EngineClock, measure: MeasurePriming = measurePriming): Promise<OpenedAac> {
  const refusals: string[] = []
  for (const candidate of candidates) {
    const giveUp = new AbortController()
    const disarm = clock.after(OPEN_TIMEOUT_MS, () => giveUp.abort())
    let stream: AacStream | null = null
    try {
      stream = await AacStream.open(candidate, format)
      const measured = await measure(stream, giveUp.signal)
      if (!stream.asc) throw new Error('no AudioSpecificConfig')
      return { stream, name: candidate.name, asc: stream.asc, primingFrames: measured ?? candidate.usualPrimingFrames, reason: refusals.join('; ') }
    } catch (failure) {
      stream?.close()
      refusals.push(`${candidate.name}: ${failure instanceof Error ? failure.message : String(failure)}`)
    } finally {
      disarm()
    }
  }
  throw new Error(refusals.join('; '))
}
