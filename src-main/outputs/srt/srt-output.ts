import { StudioError } from '@shared/domain/errors.ts'
import type { OutputStage } from '@shared/domain/output.ts'
import type { SrtOptions } from '@shared/domain/destination.ts'
import type { Scope } from '../../base/scope.ts'
import type { Secret } from '../../base/secret.ts'
import type { BusItem } from '../../bus/bus-subscriber.ts'
import { TsMuxer } from '../mpegts/ts-muxer.ts'
import { nullPackets, TS_PACKET_BYTES } from '../mpegts/ts-packets.ts'
import { inScope } from '../in-scope.ts'
import type { OutputRun, RunOutput } from '../output.ts'
import { readSrtAddress } from './srt-address.ts'
import type { Resolve } from './srt-addresses.ts'
import { SRT_LIMITS, type SrtLimits } from './srt-limits.ts'
import { checkSecrets } from './srt-secrets.ts'
import { SrtSession } from './srt-session.ts'

export interface SrtSpec {
  /** `srt://host:port` */
  address: string
  options: SrtOptions
  /** Passed as it is, `#!::…` (access control) too; empty for none. */
  streamId: Secret
  passphrase: Secret
  /** null = there is no FFmpeg. */
  ffmpegPath(): Promise<string | null>
  /** The system's name service, unless a test brings its own. */
  resolve?: Resolve
}

/** Sends the program as an MPEG transport stream over SRT, once. */
export const runSrt: RunOutput<SrtSpec> = srtOutput(SRT_LIMITS)

/** The same with other limits. */
export function srtOutput(limits: SrtLimits): RunOutput<SrtSpec> {
  return inScope((spec, run, scope) => push(spec, run, limits, scope))
}

async function push(spec: SrtSpec, run: OutputRun, limits: SrtLimits, scope: Scope): Promise<never> {
  run.signal.throwIfAborted()
  const { mode, latencyMs, keyLength } = spec.options
  const address = readSrtAddress(spec.address, mode)
  const secrets = { passphrase: spec.passphrase.reveal(), streamId: mode === 'caller' ? spec.streamId.reveal() : '' }
  checkSecrets(secrets)
  const ffmpegPath = await spec.ffmpegPath()
  if (ffmpegPath === null) throw new StudioError('ffmpeg-missing')

  const sender = new Sender(run)
  scope.add(run.clock.every(limits.reportMs, () => sender.report()))
  scope.add(() => sender.enter('closed'))
  sender.enter('resolving')
  const session = await SrtSession.open(
    { ffmpegPath, address, mode, latencyMs, keyLength, secrets, ...(spec.resolve ? { resolve: spec.resolve } : {}) }, run.clock, limits, scope, run.signal,
  )
  sender.session = session
  scope.add(run.clock.every(limits.reportMs, () => session.watch()))

  try {
    const over = AbortSignal.any([run.signal, session.signal])
    sender.enter(mode === 'caller' ? 'handshaking' : 'waiting')
    await letIn(session, mode, run, limits, over)
    sender.enter('sending')
    void session.until(() => session.progress.acknowledgedBytes > 0, over).then(() => run.connected(), () => {})
    for (;;) {
      await session.until(() => session.hasRoom, over)
      sender.send(await run.feed.next(over))
    }
  } catch (error) {
    if (isStop(run.signal) && session.open && !session.signal.aborted) await leave(session, sender, latencyMs, run, limits)
    throw run.signal.aborted ? run.signal.reason : session.signal.aborted ? session.signal.reason : error
  }
}

async function letIn(session: SrtSession, mode: 'caller' | 'listener', run: OutputRun, limits: SrtLimits, over: AbortSignal): Promise<void> {
  const timer = new AbortController()
  const late = new AbortController()
  // libsrt gives up by itself at the same time; its own word comes a moment later.
  if (mode === 'caller') void run.clock.sleep(limits.connectMs + 500, timer.signal).then(() => late.abort(new StudioError('connect-timeout')), () => {})
  try {
    await session.until(() => session.open, AbortSignal.any([over, late.signal]))
  } finally {
    timer.abort()
  }
}

/** Beyond its delay, for the way there and for whoever reads what the receiver has played. */
const PLAYED_WITHIN_MS = 200

/** Told to stop: what is queued still goes out and is waited for, until it is played; FFmpeg then says goodbye at the end of its input. */
async function leave(session: SrtSession, sender: Sender, latencyMs: number, run: OutputRun, limits: SrtLimits): Promise<void> {
  sender.enter('draining')
  const timer = new AbortController()
  const tooLong = new AbortController()
  void run.clock.sleep(limits.drainMs, timer.signal).then(() => tooLong.abort(), () => {})
  const over = AbortSignal.any([tooLong.signal, session.signal])
  try {
    for (let item = run.feed.tryNext(); item; item = run.feed.tryNext()) {
      await session.until(() => session.hasRoom, over)
      sender.send(item)
    }
    session.write(nullPackets(session.progress.missingToDatagram / TS_PACKET_BYTES))
    await session.until(() => session.progress.acknowledgedBytes >= session.progress.writtenBytes, over)
  } catch {
    // Not all of it arrived in time, or the peer was faster.
  }
  timer.abort()
  // What has arrived is to be played, also when the rest has not.
  const playedMs = Math.min(limits.longestLatencyMs, Math.max(latencyMs, session.line?.latencyMs ?? 0)) + PLAYED_WITHIN_MS
  await run.clock.sleep(playedMs, session.signal).catch(() => {})
}

const isStop = (signal: AbortSignal): boolean => signal.reason instanceof StudioError && signal.reason.reason === 'stopped'

/** Turns what comes from the bus into a transport stream, and keeps the figures. */
class Sender {
  session: SrtSession | null = null
  readonly #muxer = new TsMuxer()
  #stage: OutputStage = 'waiting'
  #framesSent = 0

  constructor(private readonly run: OutputRun) {}

  enter(stage: OutputStage): void {
    if (stage === this.#stage) return
    this.#stage = stage
    this.report()
  }

  send(item: BusItem): void {
    if (item.type === 'headers') return this.#muxer.headers(item.headers)
    this.session?.write(this.#muxer.packet(item.packet))
    if (item.packet.kind === 'video') this.#framesSent++
  }

  report(): void {
    const { session, run } = this
    const nowMs = run.clock.monotonicMs()
    const bytesSent = session?.sentBytes ?? 0
    run.report({
      stage: this.#stage,
      bitrateKbps: session?.progress.rate(bytesSent, nowMs) ?? 0,
      bytesSent,
      bytesAcknowledged: session?.line?.sentPackets ? session.progress.acknowledgedBytes : null,
      queueMs: run.feed.queuedMs + (session?.waitingMs ?? 0),
      framesSent: this.#framesSent,
      framesDropped: run.feed.framesDropped,
      rttMs: session?.line?.rttMs ?? null,
      line: { lossPercent: session?.line?.lossPercent(nowMs) ?? null, retransmits: session?.line?.retransmits ?? null, codec: null, width: null, height: null, fps: null, limitedBy: null, peer: session?.caller ?? null },
    })
  }
}
