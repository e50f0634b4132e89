import { cpus } from 'node:os'
import type { ProcessorTimes } from './show-check-parts.ts'

/** All processors of this computer, added up. */
export function processorTimes(): ProcessorTimes {
  const times = cpus().map((each) => each.times)
  const idleMs = times.reduce((sum, { idle }) => sum + idle, 0)
  return { idleMs, totalMs: times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, idleMs) }
}
