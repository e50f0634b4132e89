import type { BroadcastFigures, BroadcastStatus, CongestionStatus } from '@shared/contracts/broadcast.ts'
import { type ProgramContent, SIDE_CONTENTS } from '@shared/domain/program-content.ts'
import { outputQuality } from '@shared/domain/output-quality.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { OutputSample, ProgramSample, SideSample, StatisticsSample } from '@shared/domain/statistics.ts'
import { AcknowledgedRate } from './acknowledged-rate.ts'
import type { SideMoment, SideMoments } from './side-moments.ts'
import { Silence } from './silence.ts'

/** What the studio knows at one moment. */
export interface Moment {
  /** Wall time, for whoever reads the sample. */
  atMs: number
  /** What rates are taken over: a clock that is set anew must not make a second of an hour, or of nothing. */
  monotonicMs: number
  status: BroadcastStatus
  figures: BroadcastFigures
  sources: readonly SourceStatus[]
  sides: SideMoments
  contentOf: (destinationId: string) => ProgramContent
  keyFrameAgeMs: number | null
}

/**
 * Turns running counters into what happened since the last look. Pure but for what it remembers: the counters of the
 * moment before, without which there is no program yet. A counter that begins anew (a reloaded page, a new run) counts from zero.
 */
export class Sampler {
  #before: Moment | null = null
  #composed = 0
  #acknowledged = new Map<string, AcknowledgedRate>()
  #silences = new Map<string, Silence>()

  /** Frames that the last sample is about, however long its second was. */
  get framesComposed(): number {
    return this.#composed
  }

  /** To be called with all figures there are, more often than once a second. Returns for how long each output's server has been silent, ms. */
  look({ outputs }: BroadcastFigures, monotonicMs: number): ReadonlyMap<string, number> {
    this.#silences = new Map(Object.keys(outputs).map((id) => [id, this.#silences.get(id) ?? new Silence()]))
    for (const [id, silence] of this.#silences) if (outputs[id]) silence.look(outputs[id], monotonicMs)
    return new Map([...this.#silences].flatMap(([id, { ms }]) => (ms === null ? [] : [[id, ms]])))
  }

  take(moment: Moment): StatisticsSample {
    const { status, figures } = moment
    const before = this.#before?.figures.program
    this.#acknowledged = new Map(status.outputs.map(({ destinationId: id }) => [id, this.#acknowledged.get(id) ?? new AcknowledgedRate()]))
    this.#composed = before && figures.program ? since(before.framesComposed, figures.program.framesComposed) : 0
    const seconds = this.#before ? Math.max(0.001, (moment.monotonicMs - this.#before.monotonicMs) / 1000) : 1
    const sides = this.#sides(moment, seconds)
    const sample: StatisticsSample = {
      atMs: moment.atMs,
      live: status.live,
      program: this.#program(moment, seconds),
      ...(Object.keys(sides).length > 0 ? { sides } : {}),
      outputs: Object.fromEntries(status.outputs.map(({ destinationId }) => [destinationId, this.#output(moment, destinationId, seconds)])),
    }
    this.#before = moment
    return sample
  }

  #program({ status, figures, sources, keyFrameAgeMs }: Moment, seconds: number): ProgramSample | null {
    const { program } = figures
    const before = this.#before?.figures.program
    if (!program || !before) return null
    return {
      capturedFps: capturedFps(sources),
      composedFps: round(this.#composed / seconds),
      encodedFps: round(since(before.framesEncoded, program.framesEncoded) / seconds),
      targetFps: status.encoding.frameRate,
      framesDropped: since(before.framesDropped, program.framesDropped),
      videoKbps: Math.round(program.videoKbps),
      targetKbps: status.encoding.videoKbps,
      audioKbps: Math.round(program.audioKbps),
      composeMs: round(program.composeMs),
      encodeMs: round(program.encodeMs),
      keyFrameAgeMs,
      cpuPercent: figures.cpuPercent === null ? null : round(figures.cpuPercent.total),
      heldBack: heldBack(status.congestion, program.audioKbps),
    }
  }

  #sides(moment: Moment, seconds: number): NonNullable<StatisticsSample['sides']> {
    const sides: NonNullable<StatisticsSample['sides']> = {}
    for (const content of SIDE_CONTENTS) {
      const [now, before] = [moment.sides[content], this.#before?.sides[content]]
      if (now && before) sides[content] = sideSample(now, before, moment.sources, seconds)
    }
    return sides
  }

  #output({ monotonicMs, status, figures, contentOf }: Moment, destinationId: string, seconds: number): OutputSample {
    const { state, failure } = status.outputs.find((each) => each.destinationId === destinationId) ?? { state: 'idle' as const, failure: null }
    const now = figures.outputs[destinationId]
    const before = this.#before?.figures.outputs[destinationId]
    const acknowledgedKbps = this.#acknowledged.get(destinationId)?.take(now?.bytesAcknowledged ?? null, monotonicMs) ?? null
    const sample = {
      content: contentOf(destinationId),
      state,
      reason: state === 'running' || state === 'idle' ? null : (failure?.reason ?? null),
      sentFps: round(since(before?.totalFramesSent, now?.totalFramesSent ?? 0) / seconds),
      sentKbps: Math.round((since(before?.totalBytesSent, now?.totalBytesSent ?? 0) * 8) / 1000 / seconds),
      acknowledgedKbps: acknowledgedKbps === null ? null : Math.round(acknowledgedKbps),
      silentMs: this.#silences.get(destinationId)?.ms ?? null,
      queueMs: Math.round(now?.queueMs ?? 0),
      framesDropped: since(before?.totalFramesDropped, now?.totalFramesDropped ?? 0),
      rttMs: now?.rttMs === null || now?.rttMs === undefined ? null : round(now.rttMs),
      lossPercent: now?.line?.lossPercent ?? null,
      retransmits: now?.line?.retransmits ?? null,
    }
    return { ...sample, quality: outputQuality(sample) }
  }
}

function sideSample(now: SideMoment, before: SideMoment, sources: readonly SourceStatus[], seconds: number): SideSample {
  const { encoding, sourceId, keyFrameAgeMs, congestion } = now
  const kbps = (bytes: number) => Math.round((bytes * 8) / 1000 / seconds)
  const videoBytes = since(before.videoBytes, now.videoBytes)
  const audioKbps = kbps(since(before.bytes, now.bytes) - videoBytes)
  return {
    capturedFps: capturedFps(sources.filter((each) => sourceId === null || each.sourceId === sourceId)),
    encodedFps: round(since(before.frames, now.frames) / seconds),
    targetFps: encoding.frameRate,
    videoKbps: kbps(videoBytes),
    targetKbps: encoding.videoKbps,
    audioKbps,
    keyFrameAgeMs,
    heldBack: heldBack(congestion, audioKbps),
  }
}

/** Of the source that gives most; null when none moves. */
function capturedFps(sources: readonly SourceStatus[]): number | null {
  const moving = sources.flatMap(({ frameRate, condition }) => (condition === 'active' && frameRate !== null ? [frameRate] : []))
  return moving.length === 0 ? null : round(Math.max(...moving))
}

function heldBack(congestion: CongestionStatus | null | undefined, audioKbps: number): ProgramSample['heldBack'] {
  if (!congestion || congestion.state === 'full') return null
  return { destinationId: congestion.decidedBy, lineKbps: Math.round(congestion.lineKbps ?? congestion.videoKbps + audioKbps), fps: congestion.frameRate }
}

/** The first look has nothing to compare with: what was counted before it is not of this second. */
function since(before: number | undefined, now: number): number {
  if (before === undefined) return 0
  return now >= before ? now - before : now
}

const round = (value: number): number => Math.round(value * 10) / 10
