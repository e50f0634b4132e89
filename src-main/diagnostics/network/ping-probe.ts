import type { WebSocket } from 'ws'
import type { Clock } from '../../base/clock.ts'

/** Pings without an answer are forgotten beyond this many, and no more answers are kept. */
const MAX_WAITING = 100
const MAX_ANSWERS = 3000

/** Round trips by a WebSocket's own pings. An answer that nobody asked for is none. */
export class PingProbe {
  /** ms, oldest first. */
  readonly rttsMs: number[] = []
  readonly #sent = new Map<string, number>()
  #number = 0

  constructor(
    private readonly webSocket: WebSocket,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly onRtt: (rttMs: number) => void = () => {},
  ) {
    webSocket.on('pong', (data: Buffer) => {
      const id = data.toString('latin1', 0, 20)
      const sentMs = this.#sent.get(id)
      if (sentMs === undefined || !this.#sent.delete(id)) return
      const rttMs = clock.monotonicMs() - sentMs
      if (this.rttsMs.length < MAX_ANSWERS) this.rttsMs.push(rttMs)
      this.onRtt(rttMs)
    })
  }

  send(): void {
    if (this.webSocket.readyState !== this.webSocket.OPEN) return
    const id = `p${this.#number++}`
    const oldest = this.#sent.size >= MAX_WAITING ? this.#sent.keys().next().value : undefined
    if (oldest !== undefined) this.#sent.delete(oldest)
    this.#sent.set(id, this.clock.monotonicMs())
    this.webSocket.ping(id)
  }
}
