import type { Delivery } from './delivery.ts'

/** However slow the line, the next message may be written while no more than this is on the way. */
const MIN_ON_THE_WAY_BYTES = 16 * 1024
/**
 * How much may be on the way of a line that has not been measured, ms at the rate that is sent: enough for a line that keeps
 * up, and at a fifth of the rate still less than two seconds.
 */
const UNMEASURED_MS = 200
/** A server that acknowledges in steps of its own may owe this much more. */
const MAX_OVERDUE_BYTES = 256 * 1024

/**
 * The server is asked to acknowledge every 20 ms: a line that becomes four times slower is known within 0.3 s, and 50
 * messages of 16 bytes a second cost nothing that could be measured.
 */
export const windowBytesOf = (kbps: number): number => Math.round(Math.min(64 * 1024, Math.max(4 * 1024, (kbps / 8) * 20)))

/**
 * Whether the next message may be written: no more is on the way than the line takes within `onTheWayMs` besides its own
 * delay. What is more waits in the bus, where it can be dropped. `expectedKbps` holds until the line was measured.
 */
export function mayWrite({ onTheWay, overdueBytes, bitrateKbps }: Delivery, expectedKbps: number, onTheWayMs: number, nowMs: number): boolean {
  const { line } = onTheWay
  const measuredKbps = line.kbps(nowMs)
  const kbps = measuredKbps ?? Math.max(expectedKbps, bitrateKbps)
  const allowed = Math.max(MIN_ON_THE_WAY_BYTES, (kbps / 8) * ((measuredKbps === null ? UNMEASURED_MS : onTheWayMs) + line.baseMs))
  return onTheWay.bytes <= allowed && overdueBytes <= Math.max(allowed, MAX_OVERDUE_BYTES)
}
