import { countsMessage, MAX_PACKETS, readChannelMessage } from '@shared/diagnostics/channel-messages.ts'

/** A measurement asks for its counts a few times, because asking can be lost, too. */
const MAX_MESSAGES = MAX_PACKETS * 2
/** Larger ones are none of ours. */
const MAX_MESSAGE_BYTES = 1200

/** One channel's packets: echoes each once, and counts both ways. */
export class EchoCount {
  readonly #received = new Set<number>()
  #messages = 0
  #echoed = 0

  /** `loses`: for tests of losses, whether this packet never came. */
  constructor(private readonly loses: (number: number) => boolean = () => false) {}

  /** What is to be sent back; null = nothing; `too-much` = the channel is to be closed. `full`: there is no room to send. */
  take(bytes: Uint8Array, full: boolean): Uint8Array | null | 'too-much' {
    if (++this.#messages > MAX_MESSAGES || bytes.length > MAX_MESSAGE_BYTES) return 'too-much'
    const message = readChannelMessage(bytes)
    if (message?.kind === 'ask') return countsMessage({ received: this.#received.size, echoed: this.#echoed })
    if (message?.kind !== 'packet' || message.number >= MAX_PACKETS || this.#received.has(message.number) || this.loses(message.number)) return null
    this.#received.add(message.number)
    if (full) return null
    this.#echoed++
    return bytes
  }
}
