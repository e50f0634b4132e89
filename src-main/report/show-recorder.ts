import type { BroadcastFigures, BroadcastStatus, ProgramFigures } from '@shared/contracts/broadcast.ts'
import { redactAddress } from '@shared/domain/address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { OutputFailure, OutputStatus } from '@shared/domain/output.ts'
import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import type { Watchable } from '../rpc/topic.ts'
import type { Report, ReportError, ReportOutput, ReportRecording } from './report.ts'
import { NamedMeans, round, RunningTotal } from './running-total.ts'

const MAX_ERRORS = 200
/** What the mixer makes, always. */
const SAMPLE_RATE = 48_000

export interface ShowRecorderOptions {
  host: Report['host']
  versions: Readonly<Record<string, string>>
  status: Watchable<BroadcastStatus>
  figures: Watchable<BroadcastFigures>
  destinations: () => readonly { destination: Destination }[]
  /** Every text from outside passes through it once more. */
  redact: (text: string) => string
}

/**
 * Follows the broadcast's topics for one show, from its creation until `close`, and makes the report.
 * What counts is the time between going live and ending: states are taken as they were before the end took them down.
 */
export class ShowRecorder {
  readonly #options: ShowRecorderOptions
  readonly #stop: (() => void)[]
  readonly #outputs = new Map<string, OutputStatus>()
  readonly #places = new Map<string, Destination>()
  readonly #sent = new Map<string, { bytes: number; dropped: number }>()
  readonly #errors = new Map<string, ReportError>()
  readonly #composed = new RunningTotal()
  readonly #encoded = new RunningTotal()
  readonly #dropped = new RunningTotal()
  readonly #cpu = new NamedMeans()
  readonly #cpuTotals = new NamedMeans()
  #rssMiB: number | null = null
  #encoding: Encoding
  #live = false
  #startedAtMs: number | null = null
  #firstAtMs: number | null = null
  #lastAtMs = 0
  #flowMs = 0
  #flowFrames = 0
  #before: { atMs: number; framesEncoded: number } | null = null
  #driftPpm = 0

  constructor(options: ShowRecorderOptions) {
    this.#options = options
    this.#encoding = options.status.value.encoding
    this.#stop = [options.status.watch((status) => this.#takeStatus(status)), options.figures.watch((figures) => this.#takeFigures(figures))]
  }

  close(): void {
    for (const stop of this.#stop) stop()
  }

  /** Something that failed and belongs to no output, e.g. a notice. */
  addError(failure: OutputFailure, address: string | null = null): void {
    const { reason, atMs } = failure
    const evidence = this.#options.redact(failure.evidence)
    const key = `${reason} ${atMs} ${address} ${evidence}`
    if (this.#errors.size < MAX_ERRORS) this.#errors.set(key, { atMs, reason, message: REASONS_EN[reason].says, evidence, address })
  }

  report(recordings: readonly ReportRecording[] = []): Report {
    const { width, height, frameRate } = this.#encoding
    const { host, versions } = this.#options
    const cpuTotal = this.#cpuTotals.means['total']
    return {
      version: 1,
      host,
      versions: { ...versions },
      startedAtMs: this.#startedAtMs,
      liveMs: this.#firstAtMs === null ? 0 : Math.round(this.#lastAtMs - this.#firstAtMs),
      video: {
        width, height, fpsTarget: frameRate,
        framesComposed: this.#composed.total, framesEncoded: this.#encoded.total, framesDropped: this.#dropped.total,
        fpsMean: this.#flowMs > 0 ? round((this.#flowFrames * 1000) / this.#flowMs, 2) : 0,
      },
      audio: { sampleRate: SAMPLE_RATE, driftPpm: round(this.#driftPpm, 1) },
      outputs: [...this.#outputs.values()].map((output) => this.#outputReport(output)),
      cpuPercent: cpuTotal === undefined ? null : { total: cpuTotal, byProcess: this.#cpu.means },
      rssMiB: this.#rssMiB,
      recordings: [...recordings],
      errors: [...this.#errors.values()].sort((a, b) => a.atMs - b.atMs),
    }
  }

  #takeStatus(status: BroadcastStatus): void {
    this.#live = status.live && !status.ending
    if (!this.#live) return
    this.#startedAtMs ??= status.liveSinceMs
    this.#encoding = status.encoding
    const known = new Map(this.#options.destinations().map(({ destination }) => [destination.id, destination]))
    for (const output of status.outputs) {
      this.#outputs.set(output.destinationId, output)
      const place = known.get(output.destinationId)
      if (place) this.#places.set(output.destinationId, place)
      if (output.failure) this.addError(output.failure, this.#addressOf(output.destinationId))
    }
    if (status.programFailure) this.addError(status.programFailure)
  }

  #takeFigures(figures: BroadcastFigures): void {
    if (!this.#live) return this.#beginAt(figures.program)
    this.#firstAtMs ??= figures.atMs
    this.#lastAtMs = figures.atMs
    for (const [id, output] of Object.entries(figures.outputs)) {
      this.#sent.set(id, { bytes: output.totalBytesSent, dropped: output.totalFramesDropped })
    }
    if (figures.program) this.#takeProgram(figures.program, figures.atMs)
    if (figures.cpuPercent) {
      this.#cpu.take(figures.cpuPercent.byProcess)
      this.#cpuTotals.take({ total: figures.cpuPercent.total })
    }
    if (figures.rssMiB !== null) this.#rssMiB = Math.max(this.#rssMiB ?? 0, round(figures.rssMiB, 1))
  }

  /** The window composes for its preview before the show; that is none of the show's work. */
  #beginAt(program: ProgramFigures | null): void {
    if (!program || this.#startedAtMs !== null) return
    this.#composed.beginAt(program.framesComposed)
    this.#encoded.beginAt(program.framesEncoded)
    this.#dropped.beginAt(program.framesDropped)
  }

  #takeProgram(program: ProgramFigures, atMs: number): void {
    this.#composed.take(program.framesComposed)
    this.#encoded.take(program.framesEncoded)
    this.#dropped.take(program.framesDropped)
    this.#driftPpm = program.driftPpm
    // Only stretches in which frames were coded count for the mean rate: starting up and reloading are gaps, not slowness.
    const before = this.#before
    this.#before = { atMs, framesEncoded: program.framesEncoded }
    if (!before || before.framesEncoded === 0 || program.framesEncoded <= before.framesEncoded) return
    this.#flowFrames += program.framesEncoded - before.framesEncoded
    this.#flowMs += atMs - before.atMs
  }

  #outputReport(status: OutputStatus): ReportOutput {
    const sent = this.#sent.get(status.destinationId)
    return {
      address: this.#addressOf(status.destinationId),
      kind: this.#places.get(status.destinationId)?.kind ?? 'rtmp',
      finalState: status.state,
      connects: status.connects,
      firstMediaMs: status.firstMediaMs === null ? null : Math.round(status.firstMediaMs),
      bytesSent: Math.round(sent?.bytes ?? 0),
      framesDropped: Math.round(sent?.dropped ?? 0),
      gaps: status.gaps.map(({ reason, downMs, recoverMs }) => ({ reason, downMs: Math.round(downMs), recoverMs: Math.round(recoverMs) })),
    }
  }

  #addressOf(destinationId: string): string {
    const place = this.#places.get(destinationId)
    if (!place) return ''
    return place.kind === 'rehearsal' ? 'rehearsal' : redactAddress(place.address, true)
  }
}
