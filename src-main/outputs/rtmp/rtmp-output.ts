import { parsePushAddress } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputStage } from '@shared/domain/output.ts'
import type { ProgramHeaders } from '@shared/domain/packet.ts'
import type { Secret } from '../../base/secret.ts'
import type { Scope } from '../../base/scope.ts'
import type { BusItem } from '../../bus/bus-subscriber.ts'
import { inScope } from '../in-scope.ts'
import type { OutputRun, RunOutput } from '../output.ts'
import { AUDIO_SEQUENCE_HEADER, metaData, packetPrefix, VIDEO_SEQUENCE_HEADER } from './flv-tags.ts'
import { RtmpConnection } from './rtmp-connection.ts'
import { RTMP_LIMITS } from './rtmp-limits.ts'
import type { RtmpLimits } from './rtmp-limits.ts'
import type { Phase } from './rtmp-reasons.ts'
import { Timeline } from './timeline.ts'

export interface RtmpSpec {
  /** `rtmp://` or `rtmps://`; with the key in it when `key` is empty. */
  address: string
  key: Secret
  /** PEM certificates trusted besides the system's own; empty for none. */
  certificateAuthority: string
  verifyCertificate: boolean
}

const ENCODER_NAME = 'Castwright'

const STAGES: Readonly<Record<Phase, OutputStage>> = {
  resolving: 'resolving',
  connecting: 'connecting',
  securing: 'securing',
  handshaking: 'handshaking',
  opening: 'opening',
  publishing: 'publishing',
  accepted: 'sending',
  sending: 'sending',
}

/** Pushes the program to one RTMP or RTMPS server, once. */
export const runRtmp: RunOutput<RtmpSpec> = rtmpOutput(RTMP_LIMITS)

/** The same with other limits. */
export function rtmpOutput(limits: RtmpLimits): RunOutput<RtmpSpec> {
  return inScope((spec, run, scope) => push(spec, run, limits, scope))
}

async function push(spec: RtmpSpec, run: OutputRun, limits: RtmpLimits, scope: Scope): Promise<never> {
  const { clock } = run
  const sender = new Sender(run)
  scope.add(clock.every(limits.reportMs, () => sender.report()))
  scope.add(() => sender.enter('closed'))

  const connection = await RtmpConnection.open(
    {
      target: parsePushAddress(spec.address, spec.key.reveal()),
      trust: spec,
      clock,
      limits,
      onPhase: (phase) => sender.enter(STAGES[phase]),
    },
    run.signal,
  )
  scope.add(() => connection.close())
  sender.connection = connection
  scope.add(clock.every(limits.reportMs, () => void connection.watch()))

  // One signal for all that goes on while sending: told to stop, or broken.
  const over = new AbortController()
  const end = (signal: AbortSignal) => {
    const onAbort = () => over.abort(signal.reason)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    scope.add(() => signal.removeEventListener('abort', onAbort))
  }
  end(connection.signal)
  end(run.signal)
  const firstMomentsMs = Math.max(limits.firstMomentsMs, 2 * (connection.roundTripMs ?? 0))
  void clock.sleep(firstMomentsMs, scope.signal).then(() => connection.settled(), () => {})
  void confirm(connection, sender, run, limits, scope.signal).catch(() => {})

  try {
    for (;;) {
      await connection.until(() => connection.hasRoom, over.signal)
      sender.send(await run.feed.next(over.signal))
    }
  } catch (error) {
    const stopped = run.signal.aborted && run.signal.reason instanceof StudioError && run.signal.reason.reason === 'stopped'
    if (!connection.signal.aborted && stopped) await leave(connection, sender, run, limits)
    throw run.signal.aborted ? run.signal.reason : connection.signal.aborted ? connection.signal.reason : error
  }
}

/** Tells once that the server has accepted media: it acknowledged some, or took some and kept the connection open. */
async function confirm(connection: RtmpConnection, sender: Sender, run: OutputRun, limits: RtmpLimits, signal: AbortSignal): Promise<void> {
  const { delivery } = connection
  await connection.until(() => delivery.drainedBytes > sender.mediaStartsAtByte, signal)
  const settle = new AbortController()
  // A refusal that follows the permission arrives one round trip after the media at the latest.
  const settleMs = Math.max(limits.settleMs, Math.min(1000, 1.5 * (connection.roundTripMs ?? 0)))
  const stayedOpen = run.clock.sleep(settleMs, AbortSignal.any([signal, settle.signal]))
  const acknowledged = connection.until(() => (delivery.acknowledgedBytes ?? 0) > sender.mediaStartsAtByte, signal)
  try {
    await Promise.race([stayedOpen, acknowledged])
  } finally {
    settle.abort()
    stayedOpen.catch(() => {})
    acknowledged.catch(() => {})
  }
  connection.signal.throwIfAborted()
  if (!run.signal.aborted) run.connected()
}

/** Told to stop: what is queued still goes out, then the farewell. */
async function leave(connection: RtmpConnection, sender: Sender, run: OutputRun, limits: RtmpLimits): Promise<void> {
  sender.enter('draining')
  const tooLong = new AbortController()
  const timer = new AbortController()
  void run.clock.sleep(limits.drainMs, timer.signal).then(() => tooLong.abort(), () => {})
  try {
    await connection.until(() => connection.hasRoom, tooLong.signal)
    for (let item = run.feed.tryNext(); item; item = run.feed.tryNext()) {
      sender.send(item)
      await connection.until(() => connection.hasRoom, tooLong.signal)
    }
  } catch {
    // Not all of it could be sent in time, or the server was faster.
  }
  timer.abort()
  await connection.leave()
}

/** Turns what comes from the bus into messages, and keeps the figures. */
class Sender {
  connection: RtmpConnection | null = null
  /** Everything up to here was protocol; Infinity before the first packet. */
  mediaStartsAtByte = Infinity
  readonly #timeline = new Timeline()
  #stage: OutputStage = 'waiting'
  #framesSent = 0
  #lastMs = 0
  #epoch: number | null = null

  constructor(private readonly run: OutputRun) {}

  enter(stage: OutputStage): void {
    if (stage === this.#stage) return
    this.#stage = stage
    this.report()
  }

  send(item: BusItem): void {
    if (item.type === 'headers') return this.#sendHeaders(item.headers)
    const { packet } = item
    const session = this.connection?.session
    if (!session) return
    const atMs = this.#timeline.toMs(packet.kind, packet.timestampUs)
    if (atMs === null) return
    this.mediaStartsAtByte = Math.min(this.mediaStartsAtByte, this.connection?.delivery.writtenBytes ?? Infinity)
    this.#lastMs = atMs
    session.sendMedia(packet.kind, atMs, packetPrefix(packet), packet.data)
    if (packet.kind === 'video') this.#framesSent++
  }

  report(): void {
    const { connection } = this
    const delivery = connection?.delivery
    const nowMs = this.run.clock.monotonicMs()
    delivery?.sample(nowMs)
    this.run.report({
      stage: this.#stage,
      bitrateKbps: delivery?.bitrateKbps ?? 0,
      bytesSent: delivery?.drainedBytes ?? 0,
      bytesAcknowledged: delivery?.acknowledgedBytes ?? null,
      queueMs: this.run.feed.queuedMs + (connection?.waitingMs ?? 0) + (delivery?.onTheWay.ageMs(nowMs) ?? 0),
      lineKbps: delivery?.onTheWay.lineKbps(nowMs),
      framesSent: this.#framesSent,
      framesDropped: this.run.feed.framesDropped,
      rttMs: connection?.roundTripMs ?? null,
    })
  }

  /** A decoder needs these before the first packet, and again when they change. */
  #sendHeaders(headers: ProgramHeaders): void {
    const { connection } = this
    if (!connection || headers.epoch === this.#epoch) return
    this.#epoch = headers.epoch
    const { video, audio } = headers
    connection.expectRate((video?.bitrateKbps ?? 0) + (audio?.bitrateKbps ?? 0))
    connection.session.sendData(metaData(headers, ENCODER_NAME), this.#lastMs)
    if (video) connection.session.sendMedia('video', this.#lastMs, VIDEO_SEQUENCE_HEADER, video.avcC)
    if (audio) connection.session.sendMedia('audio', this.#lastMs, AUDIO_SEQUENCE_HEADER, audio.asc)
  }
}
