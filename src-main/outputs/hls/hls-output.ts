import type { HlsOptions } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputStage } from '@shared/domain/output.ts'
import type { Secret } from '../../base/secret.ts'
import type { Scope } from '../../base/scope.ts'
import { inScope } from '../in-scope.ts'
import type { OutputRun, RunOutput } from '../output.ts'
import { DeliveredMedia } from './delivered-media.ts'
import { HlsFolder } from './hls-folder.ts'
import { HLS_LIMITS, type HlsLimits } from './hls-limits.ts'
import type { HlsPlace } from './hls-place.ts'
import { HlsPublisher } from './hls-publisher.ts'
import { HlsShows } from './hls-shows.ts'
import { HlsUpload } from './hls-upload.ts'
import { type CutSegment, SegmentCutter } from './segment-cutter.ts'

export interface HlsSpec {
  /** An absolute folder, a playlist in it, or `http(s)://…/name.m3u8`. */
  address: string
  options: HlsOptions
  /** Bearer token for HTTP; empty for none. */
  token: Secret
  certificateAuthority: string
  verifyCertificate: boolean
}

/** Writes the program as HLS, once per run; runs of one output share `shows`, so that a playlist goes on after a break. */
export function hlsOutput(limits: HlsLimits = HLS_LIMITS, shows = new HlsShows()): RunOutput<HlsSpec> {
  return inScope((spec, run, scope) => push(spec, run, limits, shows, scope))
}

/** Where it goes. Throws `address-invalid`. */
export const openHlsPlace = (spec: HlsSpec): HlsPlace => (/^https?:/i.test(spec.address) ? new HlsUpload({ ...spec }) : new HlsFolder(spec.address))

async function push(spec: HlsSpec, run: OutputRun, limits: HlsLimits, shows: HlsShows, scope: Scope): Promise<never> {
  run.signal.throwIfAborted()
  const place = scope.own(openHlsPlace(spec))
  const options = { listSize: spec.options.listSize, segmentSeconds: spec.options.segmentSeconds }
  const playlist = await shows.playlist(spec.address, options, place, run.clock.now())
  const cutter = new SegmentCutter(spec.options.segmentSeconds, !playlist.isEmpty)
  let wallOffsetMs: number | null = null
  const publisher = new HlsPublisher(
    { place, playlist, clock: run.clock, limits, wallOffsetMs: () => wallOffsetMs ?? 0, onPublished: (segment) => published(segment) },
    scope.signal,
  )
  const figures = new Figures(run, publisher, place, spec.options.segmentSeconds * 1000)
  const published = (segment: CutSegment) => {
    figures.delivered(segment)
    if (publisher.published === 1 && !run.signal.aborted) run.connected()
  }
  scope.add(() => figures.enter('closed'))
  scope.add(run.clock.every(limits.reportMs, () => figures.report()))
  scope.add(run.clock.every(limits.reportMs / 2, () => publisher.watch()))
  figures.enter('sending')

  try {
    const over = AbortSignal.any([run.signal, publisher.failure])
    for (;;) {
      while (!publisher.hasRoom && !over.aborted) await publisher.change(over)
      const item = await run.feed.next(over)
      if (item.type === 'packet') wallOffsetMs ??= run.clock.now() - item.packet.timestampUs / 1000
      const finished = cutter.push(item)
      if (finished) publisher.add(finished)
    }
  } catch (error) {
    const stopped = run.signal.reason instanceof StudioError && run.signal.reason.reason === 'stopped'
    if (stopped && !publisher.failure.aborted) {
      figures.enter('draining')
      await leave(cutter, publisher, run, limits)
    }
    if (stopped) shows.ended(spec.address, options)
    throw run.signal.aborted ? run.signal.reason : publisher.failure.aborted ? publisher.failure.reason : error
  }
}

/** Told to stop: the last segment goes out however short it is, and the playlist says that it is over. */
async function leave(cutter: SegmentCutter, publisher: HlsPublisher, run: OutputRun, limits: HlsLimits): Promise<void> {
  for (let item = run.feed.tryNext(); item; item = run.feed.tryNext()) {
    const finished = cutter.push(item)
    if (finished) publisher.add(finished)
  }
  const last = cutter.finish()
  if (last) publisher.add(last)
  const timer = new AbortController()
  const tooLong = run.clock.sleep(limits.drainMs, timer.signal).catch(() => {})
  await Promise.race([publisher.settled().then(() => publisher.end()).catch(() => {}), tooLong])
  timer.abort()
}

/** Tells how far it has come. */
class Figures {
  #stage: OutputStage = 'waiting'
  #deliveredBytes = 0
  readonly #media: DeliveredMedia

  constructor(
    private readonly run: OutputRun,
    private readonly publisher: HlsPublisher,
    private readonly place: HlsPlace,
    segmentMs: number,
  ) {
    this.#media = new DeliveredMedia(segmentMs)
  }

  enter(stage: OutputStage): void {
    if (stage === this.#stage) return
    this.#stage = stage
    this.report()
  }

  /** This segment is in its place, and the playlist that names it. */
  delivered({ frames, durationMs }: CutSegment): void {
    const { takenBytes } = this.place
    this.#media.add({ frames, durationMs, bytes: takenBytes - this.#deliveredBytes }, this.run.clock.monotonicMs())
    this.#deliveredBytes = takenBytes
  }

  report(): void {
    const { run, publisher, place } = this
    const nowMs = run.clock.monotonicMs()
    // Whoever adds up what was sent gets all of it in the end.
    const sent = this.#stage === 'closed' ? { frames: publisher.framesSent, bytes: place.takenBytes } : this.#media.at(nowMs)
    run.report({
      stage: this.#stage,
      bitrateKbps: this.#media.rateKbps(nowMs),
      bytesSent: sent.bytes,
      // A web server answers file by file: between two answers nothing is known, which is not the same as nothing arriving.
      bytesAcknowledged: null,
      queueMs: run.feed.queuedMs + publisher.waitingMs,
      ...publisher.line,
      framesSent: sent.frames,
      framesDropped: run.feed.framesDropped,
      rttMs: null,
    })
  }
}
