import { join } from 'node:path'
import type { SafeStartParts } from './safe-start/safe-start.ts'
import { SafeStart } from './safe-start/safe-start.ts'
import { Sentinel } from './safe-start/sentinel.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Scope } from './base/scope.ts'

export interface StartWishes {
  /** Nothing is captured until the user wants it. */
  safe: boolean
  /** What to do about an unclean end of the last run: `ask` the user, only `log` it, or `ignore` it and leave no sign of this run either. */
  uncleanEnd: 'ask' | 'log' | 'ignore'
}

/** Comes first, so that its sign goes last. The folder is this studio's alone by then. */
export async function openSentinel(root: Scope, { dataDir, version, start, clock, log }: { dataDir: string; version: string; start: StartWishes; clock: Clock; log: Logger }): Promise<Sentinel | null> {
  if (start.uncleanEnd === 'ignore') return null
  return root.own(await Sentinel.open({ path: join(dataDir, 'studio-open.json'), version, pid: process.pid, clock, log: log.child('safe-start') }))
}

export function openSafeStart(root: Scope, start: StartWishes, wiring: Omit<SafeStartParts, 'asks' | 'safe'>): SafeStart {
  return root.own(new SafeStart({ ...wiring, asks: start.uncleanEnd === 'ask', safe: start.safe, log: wiring.log.child('safe-start') }))
}
