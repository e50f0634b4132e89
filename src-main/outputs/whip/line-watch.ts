import type { WhipFigures } from '@shared/contracts/whip.ts'
import { StudioError } from '@shared/domain/errors.ts'

export interface ConnectionStates {
  /** As RTCPeerConnection names it. */
  state: string
  ice: string
  dtls: string
}

export interface LineLimits {
  /** From the server's answer to the first acknowledged packet. */
  connectMs: number
  /** Media left, and nothing of it was acknowledged: the line is taken for broken. Receivers report each second or more often (RFC 3550 §6.2 allows 5 s). */
  silentMs: number
  /** The same for a server that is known to acknowledge often: four times the longest that it took, but never less than this. */
  leastSilentMs: number
  /** A broken line has so long to come back, with the ICE restart, before a new session is begun. */
  restoreMs: number
  /** The page reports twice a second; without a word it is taken for gone. */
  pageSilentMs: number
}

/** Acknowledgements that a server must have sent before it is known how often it does. */
const KNOWN_AFTER = 10
/** Its usual waits, one after the other, that must be missing. */
const MISSING_WAITS = 4

export type Line = 'connecting' | 'flowing' | 'broken'

/** Judges from what the page reports whether media really arrives at the server. Pure: time comes as a parameter, monotonic, ms. */
export class LineWatch {
  #states: ConnectionStates = { state: 'new', ice: 'new', dtls: 'new' }
  #everFlowed = false
  #acknowledged = 0
  #acknowledgedAtMs: number
  #bytesAtAcknowledgement = 0
  #bytesSent = 0
  #acknowledgements = 0
  #longestWaitMs = 0
  #brokenSinceMs: number | null = null
  #canRestart = true
  #heardAtMs: number

  constructor(private readonly limits: LineLimits, private readonly answeredAtMs: number) {
    this.#acknowledgedAtMs = answeredAtMs
    this.#heardAtMs = answeredAtMs
  }

  get line(): Line {
    if (!this.#everFlowed) return 'connecting'
    return this.#brokenSinceMs === null ? 'flowing' : 'broken'
  }

  connection(states: ConnectionStates, nowMs: number): void {
    this.#states = states
    this.#heardAtMs = nowMs
    this.look(nowMs)
  }

  report({ bytesSent, packetsAcknowledged }: Pick<WhipFigures, 'bytesSent' | 'packetsAcknowledged'>, nowMs: number): void {
    this.#heardAtMs = nowMs
    this.#bytesSent = bytesSent
    if (packetsAcknowledged > this.#acknowledged) {
      if (this.line === 'flowing') {
        this.#acknowledgements++
        this.#longestWaitMs = Math.max(this.#longestWaitMs, nowMs - this.#acknowledgedAtMs)
      }
      this.#acknowledged = packetsAcknowledged
      this.#acknowledgedAtMs = nowMs
      this.#bytesAtAcknowledgement = bytesSent
      if (this.#isUp) {
        this.#everFlowed = true
        this.#brokenSinceMs = null
        this.#canRestart = true
      }
    }
    this.look(nowMs)
  }

  /** The server does not restart: a line that has failed for good need not be waited for. */
  cannotRestart(): void {
    this.#canRestart = false
  }

  /** Takes note of what has not happened for too long. Asked several times a second. */
  look(nowMs: number): void {
    if (!this.#everFlowed || this.#brokenSinceMs !== null) return
    // Up to the page's last word: while it says nothing, nothing is known.
    const silent = this.#bytesSent > this.#bytesAtAcknowledgement && this.#heardAtMs - this.#acknowledgedAtMs >= this.#silentMs
    if (!this.#isUp || silent) this.#brokenSinceMs = nowMs
  }

  get #silentMs(): number {
    const { silentMs, leastSilentMs } = this.limits
    return this.#acknowledgements < KNOWN_AFTER ? silentMs : Math.min(silentMs, Math.max(leastSilentMs, MISSING_WAITS * this.#longestWaitMs))
  }

  /** Why it is of no use to go on; null while it is. */
  verdict(nowMs: number): StudioError | null {
    const { state, dtls } = this.#states
    const { connectMs, restoreMs, pageSilentMs } = this.limits
    if (dtls === 'failed') return new StudioError('dtls-failed', this.#said)
    if (state === 'closed' || dtls === 'closed') return new StudioError('server-closed', `the server ended the session: ${this.#said}`)
    if (nowMs - this.#heardAtMs >= pageSilentMs) return new StudioError('page-gone', `the studio window has not reported for ${seconds(pageSilentMs)}`)
    if (!this.#everFlowed) {
      if (state === 'failed') return new StudioError('ice-failed', this.#said)
      return nowMs - this.answeredAtMs >= connectMs ? this.#neverConnected() : null
    }
    if (this.#brokenSinceMs === null) return null
    const overdue = nowMs - this.#brokenSinceMs >= restoreMs
    return overdue || (state === 'failed' && !this.#canRestart) ? this.interruption(nowMs) : null
  }

  /** Why nothing arrives, and for how long it has not; null while the line is not broken. */
  interruption(nowMs: number): StudioError | null {
    if (this.#brokenSinceMs === null) return null
    const since = { brokenForMs: nowMs - this.#acknowledgedAtMs }
    if (this.#isUp) return new StudioError('stalled', `nothing that was sent has been acknowledged for ${seconds(since.brokenForMs)}`, since)
    return new StudioError('connection-lost', `${this.#said}, for ${seconds(nowMs - this.#brokenSinceMs)}`, since)
  }

  get #isUp(): boolean {
    return this.#states.state === 'connected' && this.#states.dtls === 'connected'
  }

  get #said(): string {
    const { state, ice, dtls } = this.#states
    return `connection ${state}, ICE ${ice}, DTLS ${dtls}`
  }

  #neverConnected(): StudioError {
    const after = `within ${seconds(this.limits.connectMs)}`
    if (this.#isUp) return new StudioError('stalled', `connected, but nothing that was sent was acknowledged ${after}`)
    const iceIsUp = this.#states.ice === 'connected' || this.#states.ice === 'completed'
    return new StudioError(iceIsUp ? 'dtls-failed' : 'ice-failed', `no connection ${after}: ${this.#said}`)
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`
