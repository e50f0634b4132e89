import type { OutputFigures } from '@shared/domain/output.ts'
import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { LIVE_LIMITS, SubscriberQueue } from '../../bus/subscriber-queue.ts'
import { Delivery } from '../../outputs/rtmp/delivery.ts'
import { mayWrite, windowBytesOf } from '../../outputs/rtmp/pacing.ts'
import { RTMP_LIMITS } from '../../outputs/rtmp/rtmp-limits.ts'

/** What a simulated line does at a time, ms since the beginning. */
export interface Line {
  capacityKbps(atMs: number): number
  /** One way, ms. */
  delayMs(atMs: number): number
}

export const steady = (capacityKbps: number, delayMs = 20): Line => ({ capacityKbps: () => capacityKbps, delayMs: () => delayMs })

const STEP_MS = 5
const AUDIO_KBPS = 128
const AUDIO_EVERY_MS = 1024 / 48
const GROUP_MS = 2000
/** A key frame of noise is about this many times as large as the others (measured with OpenH264). */
const KEY_FRAME_SIZE = 3
/** The encoder hears of another rate after this long (two processes away), and follows it this fast. */
const [HEARS_AFTER_MS, FOLLOWS_OVER_MS] = [100, 300]
/** After a still stretch the encoder has so much saved up that a key frame may be this many times as large as among hard pictures. */
const EASY_KEY_FRAME = 3
const EMPTY: ProgramHeaders = { epoch: 1, video: null, audio: null }
const HEADERS: ProgramHeaders = { ...EMPTY, video: { codec: 'avc', codecString: 'avc1.4d001f', width: 1280, height: 720, frameRate: 30, bitrateKbps: 1, avcC: new Uint8Array() } }

/** A picture that needs less than it may have: so much for its changes, and so large a key frame. */
export interface EasyPicture {
  kbps: number
  keyFrameBytes: number
}

/** A coder of pictures that nothing can make small, unless they are easy, with the inertia of a real one. */
export class SimulatedEncoder {
  #kbps: number
  #wishes: { atMs: number; videoKbps: number; frameStep: number }[] = []
  #step = 1
  #nextFrameMs = 0
  #nextAudioMs = 0
  #lastKeyMs = Number.NEGATIVE_INFINITY
  #seed = 1
  keyFrameWanted = false
  /** Everything that was coded. */
  bytes = 0

  constructor(videoKbps: number, private readonly frameRate = 30, private readonly easy: (atMs: number) => EasyPicture | null = () => null) {
    this.#kbps = videoKbps
  }

  wish(videoKbps: number, frameStep: number, atMs: number): void {
    this.#wishes.push({ atMs: atMs + HEARS_AFTER_MS, videoKbps, frameStep })
  }

  /** The packets of this step. */
  tick(atMs: number): Packet[] {
    while (this.#wishes.length > 1 && (this.#wishes[1]?.atMs ?? Infinity) <= atMs) this.#wishes.shift()
    const wish = this.#wishes[0]
    if (wish && wish.atMs <= atMs) {
      this.#kbps += (wish.videoKbps - this.#kbps) * Math.min(1, STEP_MS / FOLLOWS_OVER_MS) * 2
      this.#step = wish.frameStep
    }
    const packets: Packet[] = []
    if (atMs >= this.#nextFrameMs) {
      const frameMs = (1000 / this.frameRate) * this.#step
      this.#nextFrameMs += frameMs
      const key = this.keyFrameWanted || atMs - this.#lastKeyMs >= GROUP_MS - 1
      if (key) this.#lastKeyMs = atMs
      if (key) this.keyFrameWanted = false
      packets.push(packet('video', key, atMs, this.#sizeOf(key, frameMs, atMs) * (0.8 + 0.4 * this.#chance())))
    }
    if (atMs >= this.#nextAudioMs) {
      this.#nextAudioMs += AUDIO_EVERY_MS
      packets.push(packet('audio', true, atMs, (AUDIO_KBPS / 8) * AUDIO_EVERY_MS))
    }
    for (const { data } of packets) this.bytes += data.byteLength
    return packets
  }

  #sizeOf(key: boolean, frameMs: number, atMs: number): number {
    const mean = (this.#kbps / 8) * frameMs
    const perGroup = GROUP_MS / frameMs
    const hard = key ? mean * KEY_FRAME_SIZE : (mean * (perGroup - KEY_FRAME_SIZE)) / (perGroup - 1)
    const easy = this.easy(atMs)
    if (easy && key) return Math.min(easy.keyFrameBytes, hard * EASY_KEY_FRAME)
    return easy ? Math.min(hard, (easy.kbps / 8) * frameMs) : hard
  }

  #chance(): number {
    this.#seed = (this.#seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return this.#seed / 2_147_483_648
  }
}

function packet(kind: 'video' | 'audio', key: boolean, atMs: number, bytes: number): Packet {
  return { kind, key, timestampUs: atMs * 1000, durationUs: 33_333, epoch: 1, data: { byteLength: Math.round(bytes), length: Math.round(bytes) } as Uint8Array }
}

/** An RTMP output over a simulated line: the real queue of the bus, the real pacing, a server that acknowledges. */
export class SimulatedOutput {
  readonly #queue: SubscriberQueue
  readonly #delivery = new Delivery()
  /** What the line still carries, and when the server's word about what it has got arrives. */
  #line: { leftBytes: number; madeMs: number }[] = []
  #answers: { totalBytes: number; dueMs: number }[] = []
  #receivedBytes = 0
  #answeredBytes = 0
  #nowMs = 0
  #windowBytes: number
  /** The longest time from making a frame to its arrival, ms. */
  worstDelayMs = 0

  constructor(
    private readonly line: Line,
    private readonly expectedKbps: number,
    askKeyFrame: () => void,
  ) {
    this.#windowBytes = windowBytesOf(expectedKbps)
    this.#delivery.asked(this.#windowBytes)
    this.#delivery.onTheWay.line.way(2 * line.delayMs(0), 0)
    this.#queue = new SubscriberQueue({ begin: () => [], headers: () => HEADERS, askKeyFrame, monotonicMs: () => this.#nowMs, detach: () => {} }, LIVE_LIMITS)
    this.#queue.tryNext()
  }

  push(each: Packet): void {
    this.#queue.push({ packet: each, headers: HEADERS })
  }

  tick(nowMs: number): void {
    this.#nowMs = nowMs
    while (this.#answers[0] && this.#answers[0].dueMs <= nowMs) this.#delivery.acknowledged(this.#answers.shift()?.totalBytes ?? 0, nowMs)
    while (mayWrite(this.#delivery, this.expectedKbps, RTMP_LIMITS.onTheWayMs, nowMs)) {
      const item = this.#queue.tryNext()
      if (!item) break
      if (item.type === 'headers') continue
      const bytes = item.packet.data.byteLength
      this.#delivery.written(bytes, nowMs)
      this.#delivery.drained(bytes, nowMs)
      this.#line.push({ leftBytes: bytes, madeMs: item.packet.timestampUs / 1000 })
    }
    let budget = (this.line.capacityKbps(nowMs) / 8) * STEP_MS
    for (let head = this.#line[0]; head && budget > 0; head = this.#line[0]) {
      const taken = Math.min(head.leftBytes, budget)
      head.leftBytes -= taken
      budget -= taken
      this.#receivedBytes += taken
      if (head.leftBytes > 1e-6) break
      this.worstDelayMs = Math.max(this.worstDelayMs, nowMs - head.madeMs + this.line.delayMs(nowMs))
      this.#line.shift()
    }
    if (this.#receivedBytes - this.#answeredBytes >= this.#windowBytes) {
      this.#answeredBytes = Math.floor(this.#receivedBytes)
      this.#answers.push({ totalBytes: this.#answeredBytes, dueMs: nowMs + 2 * this.line.delayMs(nowMs) })
    }
    this.#delivery.sample(nowMs)
  }

  get figures(): OutputFigures {
    const { onTheWay } = this.#delivery
    return {
      stage: 'sending', bitrateKbps: 0, bytesSent: this.#delivery.drainedBytes, bytesAcknowledged: this.#delivery.acknowledgedBytes,
      queueMs: this.#queue.queuedMs + onTheWay.ageMs(this.#nowMs), lineKbps: onTheWay.lineKbps(this.#nowMs),
      framesSent: 0, framesDropped: this.#queue.framesDropped, rttMs: this.#delivery.delayMs,
    }
  }
}

/** Runs `perStep` for a time, in steps of 5 ms. */
export function simulate(fromMs: number, toMs: number, perStep: (atMs: number) => void): void {
  for (let atMs = fromMs; atMs < toMs; atMs += STEP_MS) perStep(atMs)
}
