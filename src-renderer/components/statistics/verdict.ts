import { mixRests } from '@shared/domain/find-bottlenecks.ts'
import { isSide, type ProgramContent } from '@shared/domain/program-content.ts'
import type { Bottleneck, StatisticsSample } from '@shared/domain/statistics.ts'

export type Tone = '' | 'good' | 'warn' | 'bad'

/** The one thing to do about it; `id` names its text. `videoKbps` is what a lower rate would be. */
export interface Action {
  id: 'reopen' | 'settings' | 'lower-rate' | 'retry' | 'reconnect'
  destinationId: string | null
  /** Whose source is slow, for `reopen`. */
  content?: ProgramContent
  videoKbps: number
}

/** Room that is left on a slow line, for key frames and other programs. */
const USABLE = 0.8
const LEAST_KBPS = 100

export function actionFor({ stage, destinationId, content, seen }: Bottleneck, sample: StatisticsSample | undefined): Action | null {
  const settings: Action = { id: 'settings', destinationId: null, videoKbps: 0 }
  if (stage === 'capture') return { id: 'reopen', destinationId: null, content: content ?? 'mix', videoKbps: 0 }
  if (stage === 'compose' || stage === 'encode') return settings
  if (stage === 'connect') return { id: 'retry', destinationId, videoKbps: 0 }
  if (stage === 'server') return { id: 'reconnect', destinationId, videoKbps: 0 }
  const gets = (destinationId === null ? null : sample?.outputs[destinationId]?.content) ?? 'mix'
  const program = isSide(gets) ? sample?.sides?.[gets] : sample?.program
  // Held back for a line already: there is nothing left to do.
  if (!program || program.heldBack) return null
  // Streams beside the mix have rates of their own, which only the settings change.
  if (isSide(gets)) return settings
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
  const output = destinationId === null ? undefined : sample.outputs[destinationId]
  const gets = output?.content ?? 'mix'
  const inTheWay = (stages: readonly Bottleneck['stage'][]): Tone =>
    bottlenecks.find((each) => stages.includes(each.stage) && (each.destinationId === null ? (each.content ?? 'mix') === gets : each.destinationId === destinationId))?.severity ?? ''
  // A stream beside the mix has encoders of its own. Of what is composed for it only the coded pictures are known.
  const side = isSide(gets) ? sample.sides?.[gets] : undefined
  const steps: Step[] = [{ id: 'captured', value: (side ?? program).capturedFps, unit: 'fps', tone: inTheWay(['capture']) }]
  if (!side) steps.push({ id: 'composed', value: program.composedFps, unit: 'fps', tone: inTheWay(['compose']) || 'good' })
  if (!sample.live) return steps
  const coded = side ?? (isSide(gets) || mixRests(sample) ? null : program)
  if (coded) steps.push({ id: 'encoded', value: coded.encodedFps, unit: 'fps', tone: inTheWay(['encode']) || 'good', keyFrameAgeMs: coded.keyFrameAgeMs })
  if (!output) return steps
  return [
    ...steps,
    { id: 'queued', value: output.queueMs, unit: 'ms', tone: inTheWay(['line', 'server']) || 'good' },
    { id: 'sent', value: output.sentFps, unit: 'fps', tone: inTheWay(['connect', 'server']) || 'good' },
  ]
}
