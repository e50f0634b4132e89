import type { Clock } from '../../base/clock.ts'
import type { BrowserPipe } from './browser-pipe.ts'

/** How long a page that was connected may stay away (a reload by the user takes well under a second). */
export const RETURN_WITHIN_MS = 5000
/** The first load comes from a cold disk, maybe on a busy computer. A page that still does not come is given more time after each reload. */
export const ARRIVE_WITHIN_MS = 60_000
const ASK_EVERY_MS = 5000
/** A page that computes for longer than this is stuck. Long, because this computer may be busy or just awake again. */
const ANSWER_WITHIN_MS = 15_000

export interface PageWatchOptions {
  pipe: BrowserPipe
  sessionId: string
  onPageCount(handler: (count: number) => void): void
  clock: Clock
  signal: AbortSignal
  /** The page has crashed, hangs or has not come back. May be called again for the next time. */
  gone(evidence: string): void
}

/** Finds out that a page is gone: the browser says so, the page no longer answers, or it does not come back. */
export function watchPage({ pipe, sessionId, onPageCount, clock, signal, gone }: PageWatchOptions): void {
  pipe.on('Inspector.targetCrashed', (_params, session) => {
    if (session === sessionId) gone('the page has crashed')
  })

  let absence = new AbortController()
  let wasThere = false
  onPageCount((count) => {
    if (count > 0) {
      wasThere = true
      absence.abort()
    } else if (wasThere && absence.signal.aborted) {
      absence = new AbortController()
      void tellWhileAway(absence.signal, RETURN_WITHIN_MS).catch(() => {})
    }
  })
  void tellWhileAway(absence.signal, ARRIVE_WITHIN_MS).catch(() => {})
  async function tellWhileAway(back: AbortSignal, firstWithinMs: number): Promise<void> {
    const over = AbortSignal.any([signal, back])
    for (let withinMs = firstWithinMs; ; withinMs = Math.min(withinMs * 2, ARRIVE_WITHIN_MS)) {
      await clock.sleep(withinMs, over)
      gone('the page did not come back')
    }
  }

  void askAgainAndAgain().catch(() => {})
  async function askAgainAndAgain(): Promise<void> {
    for (;;) {
      await clock.sleep(ASK_EVERY_MS, signal)
      const answer = await pipe.call('Runtime.evaluate', { expression: '0' }, sessionId, ANSWER_WITHIN_MS).then(() => 'answered', (error: Error) => error.message)
      if (answer.includes('no answer')) gone('the page does not answer')
      if (answer.includes('browser has ended')) gone('the browser has ended')
    }
  }
}
