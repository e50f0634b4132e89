import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import type { StudioWindow } from './host.ts'

/** A page that is gone again within this time of its last reload is given some rest first. */
const REST_MS = 2000

/**
 * Loads the page anew whenever it crashes or hangs: the show is kept by main meanwhile.
 * Reloads that follow each other quickly are spaced, so that a page which cannot live keeps no core busy.
 */
export function keepWindow(window: Pick<StudioWindow, 'reload' | 'onGone'>, clock: Clock, logger: Logger, signal: AbortSignal): void {
  let reloading = false
  let lastReloadMs = Number.NEGATIVE_INFINITY
  const reload = async () => {
    const sinceMs = clock.monotonicMs() - lastReloadMs
    if (sinceMs < REST_MS) await clock.sleep(REST_MS - sinceMs, signal)
    lastReloadMs = clock.monotonicMs()
    await window.reload()
  }
  window.onGone((evidence) => {
    if (reloading || signal.aborted) return
    reloading = true
    logger.warn('the page is gone and is loaded anew', { evidence })
    reload()
      .catch((failure: unknown) => {
        if (!signal.aborted) logger.error('the page could not be loaded anew', { evidence: String(failure) })
      })
      .finally(() => (reloading = false))
  })
}
