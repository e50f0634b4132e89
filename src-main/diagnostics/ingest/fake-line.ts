import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import type { OutputRun, RunOutput } from '../../outputs/output.ts'

const TICK_MS = 10
/** What a connection has on the way before it holds its program back. */
const ON_THE_WAY_BYTES = 60_000

/** For tests: outputs over one line of so many kbit/s, which all connections share evenly. Nothing but arithmetic. */
export class FakeLine {
  /** Bytes that have arrived, of each target. */
  readonly arrived = new Map<string, number>()
  /** Connections now. */
  open = 0
  /** The server goes as soon as more than this comes, kbit/s over a tenth of a second. */
  breaksAboveKbps = Infinity

  constructor(public kbps: number) {}

  readonly run: RunOutput<OutputTarget> = async (target, run) => {
    this.open++
    try {
      run.report(figures('handshaking'))
      await run.clock.sleep(20, run.signal)
      run.report(figures('publishing'))
      await run.clock.sleep(30, run.signal)
      run.report(figures('sending'))
      run.connected()
      return await this.#carry(target.destination.id, run)
    } finally {
      this.open--
    }
  }

  async #carry(id: string, run: OutputRun): Promise<never> {
    let [sent, acknowledged, framesSent, atLast] = [0, 0, 0, 0]
    for (let tick = 1; ; tick++) {
      await run.clock.sleep(TICK_MS, run.signal)
      if (tick === 1) await run.feed.next(run.signal)
      for (let item = sent - acknowledged < ON_THE_WAY_BYTES ? run.feed.tryNext() : null; item; item = sent - acknowledged < ON_THE_WAY_BYTES ? run.feed.tryNext() : null) {
        if (item.type !== 'packet') continue
        sent += item.packet.data.length
        if (item.packet.kind === 'video') framesSent++
      }
      acknowledged += Math.min(sent - acknowledged, (this.kbps * TICK_MS) / 8 / this.open)
      this.arrived.set(id, acknowledged)
      if (tick % 10 !== 0) continue
      if (((acknowledged - atLast) * 8) / (10 * TICK_MS) > this.breaksAboveKbps) throw new StudioError('server-closed', 'too much')
      atLast = acknowledged
      run.report({ ...figures('sending'), bytesSent: sent, bytesAcknowledged: acknowledged, queueMs: run.feed.queuedMs + ((sent - acknowledged) * 8 * this.open) / this.kbps, framesSent, framesDropped: run.feed.framesDropped, rttMs: 12 })
    }
  }
}

const figures = (stage: OutputFigures['stage']): OutputFigures => ({ stage, bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: null, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null })
