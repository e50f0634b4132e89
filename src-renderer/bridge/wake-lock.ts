import type { Bridge } from './bridge.types.ts'

/** What of the browser a wake lock needs. */
export interface WakeLockPage {
  document: Pick<Document, 'visibilityState' | 'addEventListener'>
  wakeLock: { request(type: 'screen'): Promise<{ release(): Promise<void> }> } | undefined
}

/**
 * Keeps the display on while the studio is live; under Electron the host does so itself. The browser
 * drops the lock whenever the page is hidden, so it is asked for again when the page is seen.
 */
export function keepAwakeWhileLive(broadcast: Pick<Bridge['broadcast'], 'watch'>, page: WakeLockPage): void {
  let live = false
  let lock: Promise<{ release(): Promise<void> }> | null = null
  const update = (): void => {
    const before = lock
    if (live && page.document.visibilityState === 'visible') lock = page.wakeLock?.request('screen') ?? null
    else if (!live) lock = null
    else return
    // Refused (e.g. a low battery): the show goes on without.
    lock?.catch(() => {})
    // The browser may have kept the one before, and a lock that nobody knows any more would never be released.
    before?.then((held) => held.release()).catch(() => {})
  }
  broadcast.watch('status', (status) => {
    if (status.live === live) return
    live = status.live
    update()
  })
  page.document.addEventListener('visibilitychange', update)
}
