import { CHANNEL_LABEL } from '@shared/diagnostics/channel-messages.ts'
import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'
import type { PacketChannel } from './measure-channel.ts'

/** How a channel could not be opened; what the exchange rejects with is thrown as it is. */
export class NoChannel extends Error {
  constructor(
    /** `udp-blocked`: the server answered, but no datagram found its way. `server-wrong`: its answer, or what came after it, is none. */
    readonly code: 'udp-blocked' | 'server-wrong',
    message: string,
  ) {
    super(message)
  }
}

export interface OpeningChannel {
  /** The other side's answer to an offer. */
  exchange(sdp: string): Promise<string>
  makeConnection(): RTCPeerConnection
  clock: DiagnosticClock
  signal: AbortSignal
}

/** Own addresses are known at once; whoever knows more later is not waited for. */
const GATHERING_MS = 2000
/** Datagrams that get through do so in less (webrtc/testrtc's limit of its connectivity tests). */
const CONNECTING_MS = 5000
const LOOK_EVERY_MS = 20

/** Opens a channel that neither orders nor repeats. Rejects with NoChannel. Whoever opens it closes the connection. */
export async function openChannel({ exchange, makeConnection, clock, signal }: OpeningChannel): Promise<{ channel: PacketChannel; close(): void }> {
  const connection = makeConnection()
  try {
    const channel = connection.createDataChannel(CHANNEL_LABEL, { ordered: false, maxRetransmits: 0 })
    channel.binaryType = 'arraybuffer'
    await connection.setLocalDescription()
    const until = async (limitMs: number, reached: () => boolean): Promise<boolean> => {
      const beginMs = clock.monotonicMs()
      while (!reached() && clock.monotonicMs() - beginMs < limitMs) await clock.sleep(LOOK_EVERY_MS, signal)
      return reached()
    }
    await until(GATHERING_MS, () => connection.iceGatheringState === 'complete')
    const sdp = await exchange(connection.localDescription?.sdp ?? '')
    signal.throwIfAborted()
    await connection.setRemoteDescription({ type: 'answer', sdp }).catch((thrown: unknown) => {
      throw new NoChannel('server-wrong', thrown instanceof Error ? thrown.message.slice(0, 300) : 'the answer cannot be read')
    })
    const ice = (): RTCIceConnectionState => connection.iceConnectionState
    await until(CONNECTING_MS, () => ice() === 'connected' || ice() === 'completed' || ice() === 'failed')
    if (ice() !== 'connected' && ice() !== 'completed') throw new NoChannel('udp-blocked', `no way was found; ICE is ${ice()}`)
    if (!(await until(CONNECTING_MS, () => channel.readyState === 'open'))) throw new NoChannel('server-wrong', `no channel came about; it is ${channel.readyState}`)
    return { channel: packetChannel(channel), close: () => connection.close() }
  } catch (error) {
    connection.close()
    throw error
  }
}

const packetChannel = (channel: RTCDataChannel): PacketChannel => ({
  get bufferedAmount() {
    return channel.bufferedAmount
  },
  send: (bytes) => channel.send(bytes),
  onBytes(take) {
    channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) take(new Uint8Array(data))
    })
  },
})
