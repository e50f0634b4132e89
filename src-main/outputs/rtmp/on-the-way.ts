import { LineRate } from './line-rate.ts'

/** Where a write that the system has taken ends in the byte stream, and when it was taken. */
interface Mark {
  endByte: number
  atMs: number
}

const MAX_MARKS = 2048
/** Acknowledgements are believed to follow what was asked for from the third one on, while their steps are about as large. */
const [MIN_ACKNOWLEDGEMENTS, MAX_STEP_FACTOR] = [3, 3]
/** Acknowledgements come when a server has read, not at the byte: within this much they say nothing. 7 ms at 5 Mbit/s, 0.4 s at 80 kbit/s. */
export const COARSE_BYTES = 4 * 1024

/**
 * What the system has taken and the peer does not have yet: how much, for how long, and how fast it leaves. Witnesses, best
 * first: a server that acknowledges often; the system, where it tells what it still keeps. Without either nothing is
 * known, and nothing counts as on the way. Pure: the caller brings the time.
 */
export class OnTheWay {
  readonly line = new LineRate()
  #sentBytes = 0
  #marks: Mark[] = []
  #askedBytes = 0
  #acknowledgedBytes = 0
  #acknowledgements = 0
  /** The usual step from one acknowledgement to the next. */
  #stepBytes = 0
  /** What the peer's transport has, by the system's word; null without it. */
  #acceptedBytes: number | null = null
  #delayMs: number | null = null
  #stuckSinceMs: number | null = null

  /** The server was asked to acknowledge each time it has received this much. */
  asked(everyBytes: number): void {
    // Until a server that does as it is asked has heard of it, its steps are as they were.
    this.#askedBytes = Math.max(everyBytes, this.finelyAcknowledged ? this.#stepBytes : 0)
  }

  /** Taken by the system, all in all. */
  sent(totalBytes: number, nowMs: number): void {
    this.#sentBytes = totalBytes
    this.#marks.push({ endByte: totalBytes, atMs: nowMs })
    if (this.#marks.length > MAX_MARKS) this.#marks.shift()
    this.#judge(false, nowMs)
  }

  /** Received by the server, all in all, by its own word. */
  acknowledged(totalBytes: number, nowMs: number): void {
    const stepBytes = totalBytes - this.#acknowledgedBytes
    this.#stepBytes += (stepBytes - this.#stepBytes) * (this.#acknowledgements++ === 0 ? 1 : 0.2)
    this.#acknowledgedBytes = totalBytes
    this.#delayMs = this.#ageOf(totalBytes - 1, nowMs) ?? this.#delayMs
    if (this.finelyAcknowledged) this.line.accepted(totalBytes, this.#delayMs ?? 0, nowMs)
    this.#judge(true, nowMs)
    this.#forget()
  }

  /** What the system still keeps of all that it took; null where it does not tell. */
  keptBySystem(bytes: number | null, nowMs: number): void {
    const before = this.#acceptedBytes ?? 0
    this.#acceptedBytes = bytes === null ? null : Math.max(before, this.#sentBytes - bytes)
    this.#judge(!this.finelyAcknowledged && (this.#acceptedBytes ?? 0) > before, nowMs)
    if (this.#acceptedBytes === null || this.finelyAcknowledged) return
    this.line.accepted(this.#acceptedBytes, bytes === 0 ? 0 : (this.#ageOf(this.#acceptedBytes, nowMs) ?? 0), nowMs)
    this.#forget()
  }

  /** The server says so often what it has that nobody else need be asked. */
  get finelyAcknowledged(): boolean {
    return this.#acknowledgements >= MIN_ACKNOWLEDGEMENTS && this.#stepBytes <= this.#askedBytes * MAX_STEP_FACTOR
  }

  /** What the line takes, kbit/s; null while it is not busy, undefined while nobody tells what has arrived. */
  lineKbps(nowMs: number): number | null | undefined {
    return this.finelyAcknowledged || this.#acceptedBytes !== null ? this.line.kbps(nowMs) : undefined
  }

  /** For how long something has been on the way without any of it arriving, ms. */
  stuckForMs(nowMs: number): number {
    return this.#stuckSinceMs === null ? 0 : nowMs - this.#stuckSinceMs
  }

  get bytes(): number {
    return Math.max(0, this.#sentBytes - this.#confirmedBytes)
  }

  /** For how long the oldest of it has been on the way, ms. */
  ageMs(nowMs: number): number {
    const ageMs = this.bytes === 0 ? 0 : (this.#ageOf(this.#confirmedBytes, nowMs) ?? 0)
    this.line.waiting(ageMs, nowMs)
    return ageMs
  }

  /** From handing a byte to the system until the server's acknowledgement of it arrived; null without acknowledgements. */
  get delayMs(): number | null {
    return this.#delayMs
  }

  /** What need not be waited for any more: between two acknowledgements a step may have arrived unsaid. */
  get #confirmedBytes(): number {
    return this.finelyAcknowledged ? this.#acknowledgedBytes + Math.max(this.#stepBytes, this.#askedBytes) + COARSE_BYTES : (this.#acceptedBytes ?? this.#sentBytes)
  }

  #ageOf(byte: number, nowMs: number): number | null {
    const mark = this.#marks.find((each) => each.endByte > byte)
    return mark ? Math.max(0, nowMs - mark.atMs) : null
  }

  #judge(progress: boolean, nowMs: number): void {
    if (this.bytes === 0) this.#stuckSinceMs = null
    else if (progress || this.#stuckSinceMs === null) this.#stuckSinceMs = nowMs
  }

  #forget(): void {
    const done = this.finelyAcknowledged ? this.#acknowledgedBytes : Math.min(this.#acceptedBytes ?? 0, this.#acknowledgements > 0 ? this.#acknowledgedBytes : Infinity)
    while (this.#marks[0] && this.#marks[0].endByte < done) this.#marks.shift()
  }
}
