import type { EngineClock } from '../clock.ts'
import { type FiguresBefore, peerFigures, type StatEntry } from './peer-figures.ts'
import type { WhipLink } from './whip-link.ts'

const REPORT_MS = 500
/** Until the first packet is acknowledged main waits for just that, so it is told within this. */
const FIRST_MS = 100

/** Tells main how a connection is: every change of its states, and its figures twice a second. */
export class PeerReports {
  /** What the answer made the bandwidth estimate begin with; null before there is one. */
  startKbps: number | null = null
  #before: FiguresBefore | null = null
  #reportedMs = Number.NEGATIVE_INFINITY
  #states = ''
  #acknowledged = false
  #reading = false
  #stop: () => void

  constructor(
    private readonly peerId: string,
    private readonly connection: RTCPeerConnection,
    private readonly link: WhipLink,
    private readonly clock: EngineClock,
    /** Hears twice a second what the line leaves for the picture, kbit/s. */
    private readonly onTarget: (kbps: number) => void = () => {},
  ) {
    for (const type of ['connectionstatechange', 'iceconnectionstatechange', 'signalingstatechange']) connection.addEventListener(type, this.#tellStates)
    this.#stop = clock.every(FIRST_MS, () => void this.#tellFigures())
  }

  close(): void {
    this.#stop()
    for (const type of ['connectionstatechange', 'iceconnectionstatechange', 'signalingstatechange']) this.connection.removeEventListener(type, this.#tellStates)
  }

  readonly #tellStates = (): void => {
    const { connectionState: state, iceConnectionState: ice } = this.connection
    const transport = this.connection.getSenders()[0]?.transport
    const dtls = transport?.state ?? 'new'
    // The transport is there only after the first description; listening again changes nothing.
    transport?.addEventListener('statechange', this.#tellStates)
    const states = `${state} ${ice} ${dtls}`
    if (states === this.#states) return
    this.#states = states
    void this.link.connection({ peerId: this.peerId, state, ice, dtls }).catch(() => {})
  }

  async #tellFigures(): Promise<void> {
    const nowMs = this.clock.monotonicMs()
    const due = nowMs - this.#reportedMs >= REPORT_MS - FIRST_MS / 2
    if (this.#reading || this.connection.connectionState === 'new' || (this.#acknowledged && !due)) return
    this.#reading = true
    try {
      const stats = [...(await this.connection.getStats()).values()] as StatEntry[]
      const { figures, before, targetKbps } = peerFigures(stats, this.#before, this.startKbps)
      const first = !this.#acknowledged && figures.packetsAcknowledged > 0
      // Before the first acknowledgement each reading is kept: what it started from is part of the proof.
      if (!this.#acknowledged || due) this.#before = before
      if (!due && !first) return
      this.#acknowledged ||= first
      this.#reportedMs = nowMs
      if (targetKbps !== null && this.#acknowledged) this.onTarget(targetKbps)
      await this.link.report({ peerId: this.peerId, figures })
    } catch {
      // The connection was closed while it was asked, or main no longer wants it.
    } finally {
      this.#reading = false
    }
  }
}
