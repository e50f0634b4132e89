import { mixRests } from '@shared/domain/find-bottlenecks.ts'
import type { Bottleneck, StatisticsSample } from '@shared/domain/statistics.ts'

export type Tone = '' | 'good' | 'warn' | 'bad'

/** The one thing to do about it; `id` names its text. `videoKbps` is what a lower rate would be. */
export interface Action {
  id: 'settings' | 'lower-rate' | 'retry'
  destinationId: string | null
  videoKbps: number
}

/** Room that is left on a slow line, for key frames and other programs. */
const USABLE = 0.8
const LEAST_KBPS = 100

export function actionFor({ stage, destinationId, seen }: Bottleneck, sample: StatisticsSample | undefined): Action | null {
  const program = sample?.program
  if (stage === 'compose' || stage === 'encode') return { id: 'settings', destinationId: null, videoKbps: 0 }
  if (stage === 'connect') return { id: 'retry', destinationId, videoKbps: 0 }
  // Held back for a line already: there is nothing left to do.
  if (stage !== 'line' || !program || program.heldBack) return null
  const videoKbps = Math.max(LEAST_KBPS, Math.floor((seen * USABLE - program.audioKbps) / 50) * 50)
  return videoKbps < program.targetKbps ? { id: 'lower-rate', destinationId, videoKbps } : null
}

export interface Step {
  id: 'captured' | 'composed' | 'encoded' | 'queued' | 'sent'
  value: number | null
  unit: 'fps' | 'ms'
  tone: Tone
  /** Since the last key frame, ms; only of the encoder. */
  keyFrameAgeMs?: number | null
}

/** The way of a frame through one second, for one destination or (null) up to the encoder. */
export function stepsOf(sample: StatisticsSample, destinationId: string | null, bottlenecks: readonly Bottleneck[]): Step[] {
  const { program } = sample
  if (!program) return []
  const inTheWay = (stages: readonly Bottleneck['stage'][]): Tone =>
    bottlenecks.find((each) => stages.includes(each.stage) && (each.destinationId === null || each.destinationId === destinationId))?.severity ?? ''
  const steps: Step[] = [
    { id: 'captured', value: program.capturedFps, unit: 'fps', tone: inTheWay(['capture']) },
    { id: 'composed', value: program.composedFps, unit: 'fps', tone: inTheWay(['compose']) || 'good' },
  ]
  if (!sample.live) return steps
  if (!mixRests(sample)) steps.push({ id: 'encoded', value: program.encodedFps, unit: 'fps', tone: inTheWay(['encode']) || 'good', keyFrameAgeMs: program.keyFrameAgeMs })
  const output = destinationId === null ? undefined : sample.outputs[destinationId]
  if (!output) return steps
  return [
    ...steps,
    { id: 'queued', value: output.queueMs, unit: 'ms', tone: inTheWay(['line', 'server']) || 'good' },
    { id: 'sent', value: output.sentFps, unit: 'fps', tone: inTheWay(['connect', 'server']) || 'good' },
  ]
}
