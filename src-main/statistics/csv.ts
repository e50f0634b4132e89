import { isSide, type ProgramContent } from '@shared/domain/program-content.ts'
import type { StatisticsSample } from '@shared/domain/statistics.ts'

const PROGRAM = ['capturedFps', 'composedFps', 'encodedFps', 'targetFps', 'framesDropped', 'videoKbps', 'targetKbps', 'audioKbps', 'composeMs', 'encodeMs', 'keyFrameAgeMs', 'cpuPercent'] as const
const OUTPUT = ['content', 'state', 'reason', 'sentFps', 'sentKbps', 'acknowledgedKbps', 'queueMs', 'framesDropped', 'rttMs', 'lossPercent', 'retransmits', 'quality'] as const

/** A row per second and destination, with the stages of what it gets (one without, of the mix, when there was none); RFC 4180, UTF-8. `withHeader` false: goes on with a text begun before. */
export function toCsv(samples: readonly StatisticsSample[], nameOf: (destinationId: string) => string, withHeader = true): string {
  const header = ['time', 'live', ...PROGRAM, 'destination', ...OUTPUT.map((field) => (field === 'framesDropped' ? 'outputFramesDropped' : field))]
  const rows = samples.flatMap((sample) => {
    const stages = (content: ProgramContent) => {
      const all: Partial<Record<(typeof PROGRAM)[number], number | null>> | null | undefined = isSide(content) ? sample.sides?.[content] : sample.program
      return [new Date(sample.atMs).toISOString(), sample.live, ...PROGRAM.map((field) => all?.[field] ?? null)]
    }
    const outputs = Object.entries(sample.outputs)
    if (outputs.length === 0) return [[...stages('mix'), null, ...OUTPUT.map(() => null)]]
    return outputs.map(([id, output]) => [...stages(output.content), nameOf(id), ...OUTPUT.map((field) => output[field] ?? null)])
  })
  return [...(withHeader ? [header] : []), ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** A leading =, +, - or @ would be a formula to a spreadsheet; only names can begin so, numbers are written as they are. */
function cell(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
