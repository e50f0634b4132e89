import type { RTCDataChannel, RTCPeerConnection } from 'werift'
import { CHANNEL_LABEL, MAX_SDP_LENGTH } from '@shared/diagnostics/channel-messages.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { EchoCount } from './echo-count.ts'
import { sendOnce } from './send-once.ts'

export interface ChannelLimits {
  maxPeers: number
  /** From the offer to the end, whatever happens. */
  maxMs: number
}

/** A measurement takes at most 35 s with its waiting. */
const LIMITS: ChannelLimits = { maxPeers: 4, maxMs: 45_000 }
/** So much waits at most to be sent back: one measurement's packets. */
const MAX_BUFFERED_BYTES = 512 * 1024
/** Whoever has not opened a channel by then does not keep a place. */
const OPEN_MS = 10_000

export interface ChannelOptions {
  clock: Clock
  limits?: Partial<ChannelLimits> | undefined
  /** For tests: packets that are to have been lost on their way here. */
  loses?: ((number: number) => boolean) | undefined
}

/** Answers offers of one data channel, and echoes what comes through it. Bounded in peers, messages, bytes and time. */
export class ChannelEchoes {
  readonly #peers = new Map<RTCPeerConnection, AbortController>()
  readonly #limits: ChannelLimits
  #closed = false

  constructor(private readonly options: ChannelOptions) {
    this.#limits = { ...LIMITS, ...options.limits }
  }

  /**
   * The answer to an offer that came in at this address of ours. Throws `server-busy`, or `input-invalid` for what is no offer of a
   * data channel alone.
   */
  async answer(sdp: string, localAddress: string): Promise<string> {
    const offer = acceptable(sdp)
    const { RTCPeerConnection } = await import('werift')
    if (this.#closed || this.#peers.size >= this.#limits.maxPeers) throw new StudioError('server-busy')
    // Only addresses of its own: no server is asked how this computer looks from outside.
    const connection = new RTCPeerConnection({ iceServers: [], iceAdditionalHostAddresses: [localAddress.replace(/^::ffff:/, '')] })
    this.#serve(connection)
    try {
      await connection.setRemoteDescription({ type: 'offer', sdp: offer })
      sendOnce(connection)
      await connection.setLocalDescription(await connection.createAnswer())
      return connection.localDescription?.sdp ?? ''
    } catch (error) {
      await this.#drop(connection)
      throw new StudioError('input-invalid', error instanceof Error ? error.message.slice(0, 200) : '')
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#peers.keys()].map((each) => this.#drop(each)))
  }

  #serve(connection: RTCPeerConnection): void {
    const { clock, loses } = this.options
    const ending = new AbortController()
    const opened = new AbortController()
    this.#peers.set(connection, ending)
    const leave = (): void => void this.#drop(connection)
    void clock.sleep(this.#limits.maxMs, ending.signal).then(leave, () => {})
    void clock.sleep(OPEN_MS, AbortSignal.any([ending.signal, opened.signal])).then(leave, () => {})
    connection.connectionStateChange.subscribe((state) => {
      if (state === 'failed' || state === 'disconnected' || state === 'closed') leave()
    })
    connection.onDataChannel.subscribe((channel) => {
      if (opened.signal.aborted || channel.label !== CHANNEL_LABEL) return leave()
      opened.abort()
      echo(channel, new EchoCount(loses), leave)
    })
  }

  async #drop(connection: RTCPeerConnection): Promise<void> {
    this.#peers.get(connection)?.abort()
    if (this.#peers.delete(connection)) await connection.close().catch(() => {})
  }
}

function echo(channel: RTCDataChannel, count: EchoCount, leave: () => void): void {
  channel.onMessage.subscribe((data) => {
    if (typeof data === 'string') return leave()
    const back = count.take(data, channel.bufferedAmount > MAX_BUFFERED_BYTES)
    if (back === 'too-much') return leave()
    try {
      if (back) channel.send(Buffer.from(back))
    } catch {
      leave()
    }
  })
  channel.stateChanged.subscribe((state) => {
    if (state === 'closed') leave()
  })
}

/**
 * The offer without its candidates: the server is reachable by its own, and takes the other side's from what comes in, so that
 * nobody can make it send to third addresses.
 */
function acceptable(sdp: string): string {
  const lines = sdp.split(/\r?\n/)
  const media = lines.filter((line) => line.startsWith('m='))
  if (sdp.length > MAX_SDP_LENGTH || media.length !== 1 || !media[0]!.startsWith('m=application ')) throw new StudioError('input-invalid', 'not the offer of a data channel')
  return lines.filter((line) => !/^a=(candidate:|end-of-candidates)/.test(line)).join('\r\n')
}
