import { isSide } from '@shared/domain/program-content.ts'
import type { OutputSample, ProgramSample, SideSample, StatisticsSample } from '@shared/domain/statistics.ts'

/** One line of a chart. `label` is names its text. */
export interface ChartLine {
  label: string
  colour: '--accent' | '--good' | '--warn' | '--bad' | '--text-quiet'
  dashed?: boolean
  value: (sample: StatisticsSample) => number | null
}

export interface Chart {
  /** Names its text. */
  id: string
  unit: 'fps' | 'kbps' | 'ms' | 'percent' | 'frames'
  /** The axis reaches at least this far, so that noise around zero looks like noise. */
  atLeast: number
  lines: readonly ChartLine[]
}

const program = (of: (sample: ProgramSample) => number | null) => ({ program: each }: StatisticsSample): number | null => (each ? of(each) : null)

/** Of the mix, or of the stream beside it that this destination gets. */
const stagesOf = (destinationId: string | null, of: (sample: SideSample) => number | null) => (sample: StatisticsSample): number | null => {
  const gets = destinationId === null ? 'mix' : (sample.outputs[destinationId]?.content ?? 'mix')
  const each = isSide(gets) ? sample.sides?.[gets] : sample.program
  return each ? of(each) : null
}
/** What is known of the mix alone. */
const ofMix = (destinationId: string | null, of: (sample: ProgramSample) => number | null) => (sample: StatisticsSample): number | null =>
  destinationId !== null && isSide(sample.outputs[destinationId]?.content ?? 'mix') ? null : program(of)(sample)

/** What is drawn: the program's own charts, and those of one destination (null = none). Five to eight lines in all, so that each can be told apart. */
export function chartsFor(destinationId: string | null): Chart[] {
  const output = (of: (sample: OutputSample) => number | null) => ({ outputs }: StatisticsSample): number | null => {
    const each = destinationId === null ? undefined : outputs[destinationId]
    return each ? of(each) : null
  }
  const sent: ChartLine[] = destinationId === null ? [] : [{ label: 'sent', colour: '--good', value: output(({ sentFps }) => sentFps) }]
  const rates: ChartLine[] = destinationId === null ? [] : [{ label: 'sent', colour: '--good', value: output(({ sentKbps }) => sentKbps) }]
  const own: Chart[] = [
    {
      id: 'frames', unit: 'fps', atLeast: 30,
      lines: [
        { label: 'captured', colour: '--text-quiet', dashed: true, value: stagesOf(destinationId, ({ capturedFps }) => capturedFps) },
        { label: 'composed', colour: '--accent', value: ofMix(destinationId, ({ composedFps }) => composedFps) },
        { label: 'encoded', colour: '--warn', value: stagesOf(destinationId, ({ encodedFps }) => encodedFps) },
        ...sent,
      ],
    },
    {
      id: 'rates', unit: 'kbps', atLeast: 500,
      lines: [
        { label: 'wanted', colour: '--text-quiet', dashed: true, value: stagesOf(destinationId, ({ targetKbps }) => targetKbps) },
        { label: 'encoded', colour: '--warn', value: stagesOf(destinationId, ({ videoKbps, audioKbps }) => videoKbps + audioKbps) },
        ...rates,
      ],
    },
    {
      id: 'work', unit: 'ms', atLeast: 20,
      lines: [
        { label: 'compose', colour: '--accent', value: ofMix(destinationId, ({ composeMs }) => composeMs) },
        { label: 'encode', colour: '--warn', value: ofMix(destinationId, ({ encodeMs }) => encodeMs) },
      ],
    },
    {
      id: 'keyFrames', unit: 'ms', atLeast: 2000,
      lines: [{ label: 'keyFrameAge', colour: '--accent', value: stagesOf(destinationId, ({ keyFrameAgeMs }) => keyFrameAgeMs) }],
    },
    {
      id: 'processor', unit: 'percent', atLeast: 100,
      lines: [{ label: 'cpu', colour: '--accent', value: program(({ cpuPercent }) => cpuPercent) }],
    },
  ]
  if (destinationId === null) return own
  return [
    ...own,
    {
      id: 'waiting', unit: 'ms', atLeast: 200,
      lines: [
        { label: 'queue', colour: '--warn', value: output(({ queueMs }) => queueMs) },
        { label: 'rtt', colour: '--accent', value: output(({ rttMs }) => rttMs) },
      ],
    },
    {
      id: 'lost', unit: 'frames', atLeast: 5,
      lines: [
        { label: 'droppedHere', colour: '--bad', value: output(({ framesDropped }) => framesDropped) },
        { label: 'loss', colour: '--warn', value: output(({ lossPercent }) => lossPercent) },
        { label: 'retransmits', colour: '--text-quiet', dashed: true, value: output(({ retransmits }) => retransmits) },
      ],
    },
  ]
}

/** Columns for uPlot: seconds since 1970, then one column a line; null leaves a hole, also where seconds are missing. */
export function columns(samples: readonly StatisticsSample[], lines: readonly ChartLine[]): (number | null)[][] {
  const seconds: number[] = []
  const values: (number | null)[][] = lines.map(() => [])
  let beforeMs: number | null = null
  for (const sample of samples) {
    if (beforeMs !== null && sample.atMs - beforeMs > 3000) {
      seconds.push(beforeMs / 1000 + 1)
      for (const column of values) column.push(null)
    }
    seconds.push(sample.atMs / 1000)
    for (const [index, line] of lines.entries()) values[index]?.push(line.value(sample))
    beforeMs = sample.atMs
  }
  return [seconds, ...values]
}
