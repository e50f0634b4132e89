import { connect } from 'node:net'
import type { Clock } from '../../base/clock.ts'
import { median } from '@shared/diagnostics/line-numbers.ts'

export interface ProbedServer {
  ip: string
  port: number
}

const IDLE_PROBES = 10
const EVERY_MS = 400
/** A server that does not answer by then is told as having taken so long. */
const LIMIT_MS = 2000

/** The median time that one more connection to a server takes while nothing is sent, ms; null = it takes none. */
export async function idleConnectMs(server: ProbedServer, clock: Clock, signal: AbortSignal): Promise<number | null> {
  const times: number[] = []
  for (let i = 0; i < IDLE_PROBES; i++) {
    const ms = await connectMs(server, clock, signal)
    if (ms === null) break
    times.push(ms)
  }
  return median(times)
}

/** The same while something is sent: opens and closes a connection now and then until it is closed. */
export class ConnectProbe {
  readonly #times: number[] = []
  readonly #stop = new AbortController()
  readonly #running: Promise<void>

  constructor(server: ProbedServer, clock: Clock, signal: AbortSignal) {
    const over = AbortSignal.any([signal, this.#stop.signal])
    this.#running = this.#run(server, clock, over).catch(() => {})
  }

  get medianMs(): number | null {
    return median(this.#times)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(server: ProbedServer, clock: Clock, signal: AbortSignal): Promise<void> {
    for (;;) {
      const ms = await connectMs(server, clock, signal)
      if (ms !== null) this.#times.push(ms)
      await clock.sleep(EVERY_MS, signal)
    }
  }
}

/** null = refused. Rejects with the signal's reason. */
async function connectMs({ ip, port }: ProbedServer, clock: Clock, signal: AbortSignal): Promise<number | null> {
  signal.throwIfAborted()
  const beginMs = clock.monotonicMs()
  const socket = connect({ host: ip, port })
  const over = new AbortController()
  try {
    const answered = new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    const tooLong = clock.sleep(LIMIT_MS, AbortSignal.any([signal, over.signal])).then(() => true)
    const came = await Promise.race([answered, tooLong])
    tooLong.catch(() => {})
    return came ? clock.monotonicMs() - beginMs : null
  } finally {
    over.abort()
    socket.destroy()
  }
}
