import { isSide, SIDE_CONTENTS, type SideContent } from './program-content.ts'
import type { Bottleneck, OutputSample, ProgramSample, SideSample, StatisticsSample } from './statistics.ts'

/** OBS's colours: below 95 % of the frame rate is yellow, below 80 % red (OBSBasicStats.cpp). */
export const FPS_WARN = 0.95
export const FPS_BAD = 0.8
/** Lost frames: yellow from 1 %, red from 5 % (OBSBasicStats.cpp). */
export const LOST_WARN = 0.01
export const LOST_BAD = 0.05

/** A line that holds media back for longer than this is in the way; a key frame alone takes less. */
const QUEUE_WARN_MS = 300
const QUEUE_BAD_MS = 700
/** Less than this of what is coded gets out: nothing is taken any more. */
const STANDSTILL = 0.05
/** A server that confirms all the time and has stopped is not just late after this long. */
export const SILENT_MS = 1400
/** A camera gives fewer pictures in the dark, quite rightly: judged by the rate it has had before. */
const CAPTURE_BAD = 0.6

/**
 * Where frames get lost or stuck, judged by the last two or three seconds (oldest first), the first stage on the way
 * first: what is late there explains everything behind it. Pure; empty when all is well.
 */
export function findBottlenecks(samples: readonly StatisticsSample[]): Bottleneck[] {
  const found: Bottleneck[] = []
  const last = samples.at(-1)
  if (!last) return found
  const programs = samples.flatMap(({ program }) => (program ? [program] : []))
  const own = programs.length > 0 ? ofProgram(programs, mixRests(last)) : null
  if (own) found.push(own)
  for (const content of SIDE_CONTENTS) {
    const sides = samples.flatMap((sample) => sample.sides?.[content] ?? [])
    // Its first second is only part of one.
    const limit = sides.length > 1 && sides.length === samples.length ? ofSide(content, sides, own) : null
    if (limit) found.push(limit)
  }
  for (const destinationId of Object.keys(last.outputs)) {
    const outputs = samples.flatMap((sample) => sample.outputs[destinationId] ?? [])
    const content = last.outputs[destinationId]?.content ?? 'mix'
    const limit = ofOutput(destinationId, outputs, isSide(content) ? samples.flatMap((sample) => sample.sides?.[content] ?? []) : programs)
    if (limit) found.push(limit)
  }
  return found
}

/** Nothing of the mix is coded, rightly: everybody who gets something gets another stream. */
export function mixRests({ program, outputs }: StatisticsSample): boolean {
  const busy = Object.values(outputs).filter(({ state }) => state !== 'idle')
  return program !== null && program.encodedFps === 0 && busy.length > 0 && busy.every(({ content }) => content !== 'mix')
}

function ofProgram(programs: readonly ProgramSample[], rests: boolean): Bottleneck | null {
  const target = programs.at(-1)?.targetFps ?? 0
  const composed = mean(programs.map(({ composedFps }) => composedFps))
  const encoded = mean(programs.map(({ encodedFps }) => encodedFps))
  // Fewer pictures on purpose are not the encoder's fault.
  const wanted = Math.min(composed, programs.at(-1)?.heldBack?.fps ?? composed)
  const inProgram = { destinationId: null, unit: 'fps' } as const
  if (composed < target * FPS_WARN) return { ...inProgram, stage: 'compose', seen: composed, wanted: target, severity: composed < target * FPS_BAD ? 'bad' : 'warn' }
  if (!rests && encoded < wanted * FPS_WARN) return { ...inProgram, stage: 'encode', seen: encoded, wanted, severity: encoded < wanted * FPS_BAD ? 'bad' : 'warn' }
  return ofCapture(programs)
}

function ofCapture(seconds: readonly SideSample[]): Bottleneck | null {
  const captured = seconds.flatMap(({ capturedFps }) => capturedFps ?? [])
  const best = Math.min(seconds.at(-1)?.targetFps ?? 0, Math.max(0, ...captured))
  const now = captured.at(-1)
  if (now === undefined || best === 0 || now >= best * CAPTURE_BAD) return null
  return { stage: 'capture', destinationId: null, seen: now, wanted: best, unit: 'fps', severity: 'warn' }
}

/** What the mix says already need not be said again: one slow source or computer is one. */
function ofSide(content: SideContent, sides: readonly SideSample[], ofMix: Bottleneck | null): Bottleneck | null {
  const last = sides.at(-1)
  if (!last || ofMix?.stage === 'compose') return null
  const wanted = Math.min(last.targetFps, last.heldBack?.fps ?? last.targetFps)
  const encoded = mean(sides.map(({ encodedFps }) => encodedFps))
  const captured = ofMix?.stage === 'capture' ? null : ofCapture(sides)
  if (captured) return { ...captured, content }
  return encoded < wanted * FPS_WARN ? { stage: 'encode', destinationId: null, content, seen: encoded, wanted, unit: 'fps', severity: encoded < wanted * FPS_BAD ? 'bad' : 'warn' } : null
}

/** `programs`: of what it gets. */
function ofOutput(destinationId: string, outputs: readonly OutputSample[], programs: readonly SideSample[]): Bottleneck | null {
  const last = outputs.at(-1)
  if (!last || last.state === 'idle' || last.state === 'disconnecting') return null
  if (last.state !== 'running') {
    return { stage: 'connect', destinationId, seen: 0, wanted: programs.at(-1)?.targetFps ?? 0, unit: 'fps', severity: last.state === 'connecting' ? 'warn' : 'bad' }
  }
  // Of seconds from before streams beside the mix were measured, what was sent just before is the best that is known.
  const coded = programs.length > 0 ? mean(programs.map(({ videoKbps, audioKbps }) => videoKbps + audioKbps)) : Math.max(...outputs.map(({ sentKbps }) => sentKbps))
  const sent = mean(outputs.slice(-2).map(({ sentKbps }) => sentKbps))
  const confirmed = outputs.slice(-2).map(({ acknowledgedKbps }) => acknowledgedKbps)
  // Servers confirm twice a second; the system's own buffers take what they do not, for a while.
  const silent = coded > 0 && ((last.silentMs ?? 0) >= SILENT_MS || (confirmed.length === 2 && confirmed.every((kbps) => kbps === 0)))
  const rising = outputs.length > 1 && last.queueMs > (outputs[0]?.queueMs ?? 0)
  if (silent || (coded > 0 && sent < coded * STANDSTILL && rising)) return { stage: 'server', destinationId, seen: last.queueMs, wanted: 0, unit: 'ms', severity: 'bad' }
  const dropping = outputs.some(({ framesDropped }) => framesDropped > 0)
  if (last.queueMs > QUEUE_WARN_MS || dropping) {
    return { stage: 'line', destinationId, seen: sent, wanted: coded, unit: 'kbps', severity: dropping || last.queueMs > QUEUE_BAD_MS ? 'bad' : 'warn' }
  }
  const program = programs.at(-1)
  if (program?.heldBack?.destinationId === destinationId) {
    return { stage: 'line', destinationId, seen: program.heldBack.lineKbps, wanted: program.targetKbps + program.audioKbps, unit: 'kbps', severity: 'warn' }
  }
  return null
}

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length)
