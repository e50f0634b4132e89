import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'

/** Headers come before the packets that need them: first of all, and again whenever the epoch rises. */
export type BusItem = { type: 'headers'; headers: ProgramHeaders } | { type: 'packet'; packet: Packet }

/** One reader's end of the bus: a bounded queue that drops to the next key frame instead of growing. */
export interface BusSubscriber {
  /** The next item, waiting for one. Rejects with `signal.reason` when aborted, with StudioError `no-program` when the bus closes. */
  next(signal: AbortSignal): Promise<BusItem>
  /** The next item if there is one now. */
  tryNext(): BusItem | null
  /** Age of what waits: newest minus oldest time stamp in the queue, ms. */
  readonly queuedMs: number
  readonly queuedBytes: number
  /** Video frames dropped for this reader because it was slow. */
  readonly framesDropped: number
  close(): void
}
