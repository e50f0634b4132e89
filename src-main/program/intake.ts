import type { ProgramChannel } from '@shared/contracts/messages.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import type { OutputFailure } from '@shared/domain/output.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { decodeMessage, type PortCommand } from '@shared/domain/wire.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import type { ProgramBus } from '../bus/program-bus.ts'
import type { Watchable } from '../rpc/topic.ts'
import { CodecStage, type CreateTranscoder } from './codec-stage.ts'
import { FlowWatch } from './flow-watch.ts'
import { KeyFrameRequests } from './key-frame-requests.ts'
import { INITIAL_CREDIT_BYTES, PortCredit } from './port-credit.ts'
import { sameProgram } from './same-program.ts'
import { Timeline } from './timeline.ts'

/** A hole in the picture longer than this is counted as a gap. */
const GAP_MS = 500
/** Epochs are 16 bits wide on the wire and in the packets. */
const EPOCHS = 0x10000

export interface IntakeOptions {
  initialCreditBytes?: number
  /** For pages that can only encode VP8; without it they fail with `ffmpeg-missing`. */
  createTranscoder?: CreateTranscoder
}

export interface IntakeFigures {
  /** Of what is sent: without the tracks that are only recorded. */
  packets: number
  bytes: number
  /** Pictures among the packets, and their bytes. */
  frames: number
  videoBytes: number
  /** Packets of no use: before a key frame, behind the time, or without their headers. */
  discarded: number
  /** Holes of more than 500 ms in the picture. */
  gaps: number
  /** Times a page's clock had to be shifted. */
  rebases: number
}

/**
 * Where the page's coded program enters main. Pages come and go (a reload, a crash); the program that
 * leaves here goes on: the same headers keep their epoch, time stamps rise, video resumes at a key frame.
 */
export class ProgramIntake {
  /** Why the program does not flow although it is wanted; null while it does. */
  readonly failure: Watchable<OutputFailure | null>
  readonly #flow: FlowWatch
  readonly #timeline = new Timeline()
  readonly #keyFrames: KeyFrameRequests
  readonly #unwatchBus: () => void
  readonly #codec: CodecStage
  #port: ProgramChannel | null = null
  #credit: PortCredit | null = null
  /** The page's own epoch: only tells which headers a packet belongs to. */
  #pageEpoch: number | null = null
  #headers: ProgramHeaders | null = null
  #awaitingKey = true
  #lastVideoUs: number | null = null
  readonly #figures = { packets: 0, bytes: 0, frames: 0, videoBytes: 0, discarded: 0, gaps: 0 }

  constructor(
    private readonly bus: ProgramBus,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly options: IntakeOptions = {},
  ) {
    this.#codec = new CodecStage(options.createTranscoder ?? null, {
      headers: (headers) => this.#takeHeaders(headers),
      packet: (packet) => this.#takePacket(packet),
      failed: (failure) => this.#cannotTranscode(failure),
    })
    this.#flow = new FlowWatch(clock, logger, () => this.#port !== null)
    this.failure = this.#flow.failure
    this.#keyFrames = new KeyFrameRequests(clock, () => this.#command({ type: 'key-frame' }))
    // A page to come begins with a key frame anyway.
    this.#unwatchBus = bus.onKeyFrameWanted(() => this.#port && this.#keyFrames.request())
  }

  get figures(): IntakeFigures {
    return { ...this.#figures, rebases: this.#timeline.rebases }
  }

  /** Takes the program from this port from now on; the one before it is closed. */
  attach(port: ProgramChannel): void {
    this.#port?.close()
    this.#port = port
    this.#pageEpoch = null
    this.#awaitingKey = true
    this.#timeline.pageChanged()
    this.#codec.close()
    this.#credit = new PortCredit((bytes) => this.#command({ type: 'credit', bytes }), this.options.initialCreditBytes ?? INITIAL_CREDIT_BYTES)
    port.onMessage((message) => {
      if (this.#port === port) this.#receive(message)
    })
    port.onClose(() => {
      if (this.#port === port) this.#detach('the page closed its program port')
    })
    this.logger.info('program port opened')
    this.#credit.open()
  }

  /** Says whether the program should be flowing, i.e. whether silence is a failure. */
  expect(wanted: boolean): void {
    this.#lastVideoUs = null
    this.#flow.expect(wanted)
    if (!wanted) this.#codec.close()
  }

  close(): void {
    this.#unwatchBus()
    this.#keyFrames.close()
    this.#flow.close()
    this.#codec.close()
    const port = this.#port
    this.#port = null
    port?.close()
  }

  #receive(message: Uint8Array): void {
    try {
      const decoded = decodeMessage(message)
      if (decoded.type === 'headers') this.#codec.headers(decoded.headers)
      else this.#codec.packet(decoded.packet)
    } catch (failure) {
      const port = this.#port
      this.logger.error('program port broke', { evidence: failure instanceof Error ? failure.message.slice(0, 300) : 'unknown' })
      this.#detach('a message that cannot be read')
      port?.close()
      return
    }
    this.#credit?.consumed(message.byteLength)
  }

  #takeHeaders(headers: ProgramHeaders): void {
    this.#pageEpoch = headers.epoch
    const last = this.#headers
    const goesOn = last !== null && sameProgram(last, headers)
    this.#headers = { ...headers, epoch: last === null ? 1 : goesOn ? last.epoch : (last.epoch + 1) % EPOCHS }
    if (!goesOn) {
      this.#awaitingKey = true
      this.logger.info('program headers', { epoch: this.#headers.epoch, video: headers.video?.codecString, audio: headers.audio?.codec })
    }
    this.bus.publishHeaders(this.#headers)
  }

  #takePacket(packet: Packet): void {
    const headers = this.#headers
    if (!headers || packet.epoch !== this.#pageEpoch || (packet.track && !headers.audio)) return this.#discard()
    const isKey = packet.kind === 'video' && packet.key
    if (headers.video && this.#awaitingKey && !isKey) {
      if (packet.kind === 'video') this.#keyFrames.request()
      return this.#discard()
    }
    const placed = this.#timeline.place(packet, this.clock.monotonicMs())
    if (placed === 'restarted') {
      this.logger.warn('the page restarted its clock')
      this.#timeline.pageChanged()
      this.#awaitingKey = true
      return isKey || !headers.video ? this.#takePacket(packet) : this.#discard()
    }
    if (placed === 'late') return this.#discard()
    if (isKey) {
      this.#awaitingKey = false
      this.#keyFrames.arrived()
    }
    this.#publish({ ...packet, timestampUs: placed, epoch: headers.epoch })
  }

  #publish(packet: Packet): void {
    // What is only recorded is nothing that a line has to carry.
    if (!packet.track) {
      this.#figures.packets++
      this.#figures.bytes += packet.data.byteLength
    }
    if (packet.kind === 'video') {
      this.#figures.frames++
      this.#figures.videoBytes += packet.data.byteLength
      if (this.#lastVideoUs !== null && packet.timestampUs - this.#lastVideoUs > GAP_MS * 1000) this.#figures.gaps++
      this.#lastVideoUs = packet.timestampUs
    }
    this.#flow.packetArrived()
    this.bus.publish(packet)
  }

  #cannotTranscode(failure: StudioError): void {
    this.#awaitingKey = true
    this.#flow.failed(failure)
  }

  #discard(): void {
    this.#figures.discarded++
  }

  #detach(why: string): void {
    this.#port = null
    this.#credit = null
    this.#codec.close()
    this.logger.info('program port closed', { why })
  }

  #command(command: PortCommand): void {
    this.#port?.send(command)
  }
}
