import { MAX_PACKETS, readChannelMessage, type ServerCounts } from '@shared/diagnostics/channel-messages.ts'

/** One measurement's worth of packets, and twice as much again for an echo that repeats itself. */
const MAX_MESSAGES = MAX_PACKETS * 3

/** What a measurement ended with. */
export interface CountedPackets {
  sent: number
  /** Different ones that came back. */
  back: number
  /** Of the first `timed` packets, in the order in which they came back, ms. */
  rttsMs: number[]
  /** What the server says it counted; null = it did not say. */
  server: ServerCounts | null
  /** What cannot be true; null = nothing. */
  wrong: string | null
}

/** Numbered packets, and those that come back: each counts once. Bounded whatever the other side sends. */
export class PacketCount {
  readonly #waiting = new Map<number, number>()
  readonly #rttsMs: number[] = []
  #sent = 0
  #back = 0
  #messages = 0
  #server: ServerCounts | null = null
  #lastMs = 0

  /** `timed`: of how many packets, from the first, the round trip counts; later ones go in bursts and wait for each other. */
  constructor(private readonly timed: number) {}

  /** The number of the next packet, which goes out now. */
  next(nowMs: number): number {
    this.#waiting.set(this.#sent, nowMs)
    return this.#sent++
  }

  take(bytes: Uint8Array, nowMs: number): void {
    if (++this.#messages > MAX_MESSAGES) return
    const message = readChannelMessage(bytes)
    if (message?.kind === 'counts') this.#server = { received: message.received, echoed: message.echoed }
    if (message?.kind !== 'packet') return
    const sentMs = this.#waiting.get(message.number)
    if (sentMs === undefined) return
    this.#waiting.delete(message.number)
    this.#back++
    this.#lastMs = nowMs
    if (message.number < this.timed) this.#rttsMs.push(nowMs - sentMs)
  }

  get complete(): boolean {
    return this.#waiting.size === 0
  }

  /** When the newest one came back. */
  get lastMs(): number {
    return this.#lastMs
  }

  get answered(): boolean {
    return this.#server !== null
  }

  /** Of what was sent lately, how much has not come back: on its way, or lost. */
  unanswered(sinceMs: number): number {
    let all = 0
    for (const sentMs of this.#waiting.values()) if (sentMs >= sinceMs) all++
    return all
  }

  /** What was said before is not the count at the end. */
  askAnew(): void {
    this.#server = null
  }

  get result(): CountedPackets {
    const [sent, back, server] = [this.#sent, this.#back, this.#server]
    return { sent, back, rttsMs: this.#rttsMs, server, wrong: this.#messages > MAX_MESSAGES ? 'more messages than were asked for' : wrongCounts(sent, back, server) }
  }
}

/** What of a server's counts cannot be true. */
function wrongCounts(sent: number, back: number, server: ServerCounts | null): string | null {
  // The connection works, or there were no channel: then something of so many would have come back.
  if (back === 0) return 'nothing came back'
  if (!server) return null
  if (server.received > sent) return `${server.received} came there, but ${sent} were sent`
  if (server.echoed > server.received) return `${server.echoed} were sent back, but ${server.received} came there`
  return server.echoed < back ? `${server.echoed} were sent back, but ${back} came` : null
}
