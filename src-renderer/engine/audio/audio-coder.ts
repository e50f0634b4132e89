import type { AudioHeader, Packet } from '@shared/domain/packet.ts'
import { type EngineClock, pageClock } from '../clock.ts'
import type { AacCandidate } from './aac/aac-candidate.ts'
import { bundledAac } from './aac/bundled-aac.ts'
import { type MeasurePriming, openAac, type OpenedAac } from './aac/open-aac.ts'
import { platformAac } from './aac/platform-aac.ts'
import { US_PER_FRAME } from './clock-estimator.ts'
import { DriftCorrector, type TimedPcm } from './drift-corrector.ts'
import type { SoundFormat } from './sound-format.ts'
import { BATCH_FRAMES, SAMPLE_RATE, type TapBatch, type TapReturn } from './tap-protocol.ts'

/** What DriftCorrector asks for. */
const TICK_MS = 100
const FIGURES_MS = 500
/** 11 s inside the encoder, 4 MB: more than a gap that is filled at once, so only an encoder that does not keep up gets there. */
const MAX_PENDING = 512
/** It is then left alone until it has worked off all but half a second; the time stamps show the hole. */
const CAUGHT_UP = 24
/** Before an encoder is tried again after all have failed. */
const REOPEN_MS = 2000

export interface AudioFigures {
  /** The sound card's clock against the page's, parts per million; positive when it runs fast. */
  driftPpm: number
  /** Empty until one is ready. */
  audioEncoder: string
  audioKbps: number
  /** Why not a better encoder; empty when there is none better. */
  encoderReason: string
}

export type AudioPacket = Omit<Packet, 'epoch'> & { kind: 'audio' }

export interface AudioCoderOptions extends SoundFormat {
  /** The other end of the port given to Mixer.connectTap. */
  port: MessagePort
  /** Before the first packet of each start, and again when another encoder took over. */
  onHeader(header: AudioHeader): void
  /** Raw AAC-LC on the timeline of EngineClock.wallUs, priming taken off; stamps strictly rise. `data` may be kept. */
  onPacket(packet: AudioPacket): void
  /** Twice a second. */
  onFigures(figures: AudioFigures): void
}

export interface AudioCoder {
  /** Codes from the next batch on (or as soon as an encoder is ready). */
  start(): void
  /** No packet comes after this; clock and encoder stay warm. */
  stop(): void
  close(): void
}

export interface AudioCoderParts {
  clock: EngineClock
  /** The better first. */
  candidates: readonly AacCandidate[]
  measure?: MeasurePriming
}

/**
 * Turns the mixer's tap into AAC packets on the program's timeline, inside the engine worker. It reads the tap
 * all the time, so that the drift is known and the encoder warm before anybody goes live.
 */
export function createAudioCoder(options: AudioCoderOptions, parts: AudioCoderParts = { clock: pageClock, candidates: [platformAac, bundledAac] }): AudioCoder {
  const { port, bitrateKbps, channels } = options
  const { clock } = parts
  const corrector = new DriftCorrector(encode)
  let candidates = parts.candidates
  let aac: OpenedAac | null = null
  let reason = ''
  let wanted = false
  let closed = false
  /** Frames whose packets still hold what was before the start. */
  let leadIn = 0
  let behind = false
  let lastTimestampUs = -Infinity
  let bytes = 0
  let figuresAtMs = clock.monotonicMs()
  let cancelReopen = () => {}

  function onBatch(event: MessageEvent<TapBatch>): void {
    const { frame, buffer } = event.data
    const planar = new Float32Array(buffer)
    corrector.push(frame, planar.subarray(0, BATCH_FRAMES), planar.subarray(BATCH_FRAMES), clock.wallUs())
    port.postMessage({ buffer, clock: corrector.anchor } satisfies TapReturn, [buffer])
  }

  function encode(pcm: TimedPcm): void {
    if (!aac) return
    behind = aac.stream.pending > (behind ? CAUGHT_UP : MAX_PENDING)
    if (behind) return
    const label = leadIn > 0 ? null : pcm.timestampUs - Math.round(aac.primingFrames * US_PER_FRAME)
    leadIn = Math.max(0, leadIn - 1)
    aac.stream.encode(pcm.planar, label)
  }

  function begin(): void {
    if (!aac || !wanted) return
    leadIn = Math.ceil(aac.primingFrames / BATCH_FRAMES)
    options.onHeader({ codec: 'aac', sampleRate: SAMPLE_RATE, channels, bitrateKbps, asc: aac.asc })
    corrector.start()
  }

  async function open(): Promise<void> {
    const asked = candidates
    try {
      const opened = await openAac(asked, { bitrateKbps, channels }, clock, parts.measure)
      if (closed) return opened.stream.close()
      aac = opened
      reason = [reason, opened.reason].filter(Boolean).join('; ')
      opened.stream.onPacket = deliver
      opened.stream.onError = (failure) => replace(opened, failure)
      begin()
    } catch (failure) {
      reason = failure instanceof Error ? failure.message : String(failure)
      candidates = parts.candidates
      if (!closed) cancelReopen = clock.after(REOPEN_MS, () => void open())
    }
  }

  /** An encoder that failed is not asked again as long as another one works. */
  function replace(failed: OpenedAac, failure: Error): void {
    failed.stream.close()
    aac = null
    corrector.stop()
    reason = `${failed.name}: ${failure.message}`
    const others = candidates.filter((each) => each.name !== failed.name)
    candidates = others.length > 0 ? others : parts.candidates
    void open()
  }

  function deliver(timestampUs: number, data: Uint8Array): void {
    if (timestampUs <= lastTimestampUs) return
    lastTimestampUs = timestampUs
    bytes += data.byteLength
    options.onPacket({ kind: 'audio', key: true, timestampUs, durationUs: Math.round(BATCH_FRAMES * US_PER_FRAME), data })
  }

  function tellFigures(): void {
    const nowMs = clock.monotonicMs()
    const audioKbps = (bytes * 8) / Math.max(1, nowMs - figuresAtMs)
    bytes = 0
    figuresAtMs = nowMs
    options.onFigures({ driftPpm: Math.round(corrector.driftPpm * 10) / 10, audioEncoder: aac?.name ?? '', audioKbps: Math.round(audioKbps), encoderReason: reason })
  }

  port.addEventListener('message', onBatch)
  port.start()
  const stopTicks = clock.every(TICK_MS, () => corrector.tick(clock.wallUs()))
  const stopFigures = clock.every(FIGURES_MS, tellFigures)
  void open()

  return {
    start() {
      if (wanted || closed) return
      wanted = true
      begin()
    },
    stop() {
      wanted = false
      corrector.stop()
      aac?.stream.forget()
    },
    close() {
      closed = true
      wanted = false
      stopTicks()
      stopFigures()
      cancelReopen()
      corrector.stop()
      aac?.stream.close()
      port.removeEventListener('message', onBatch)
      port.close()
    },
  }
}
