import type { Bridge } from './bridge.types.ts'

/** What of the browser a wake lock needs. */
export interface WakeLockPage {
  document: Pick<Document, 'visibilityState' | 'addEventListener'>
  wakeLock: { request(type: 'screen'): Promise<{ release(): Promise<void> }> } | undefined
}

export interface WakeLockTopics {
  broadcast: Pick<Bridge['broadcast'], 'watch'>
  recorder: Pick<Bridge['recorder'], 'watch'>
}

/**
 * Keeps the display on while the studio is live or records (a pause and the finishing of files included); under Electron the host
 * does so itself. The browser drops the lock whenever the page is hidden, so it is asked for again when the page is seen.
 */
export function keepAwakeWhileOn({ broadcast, recorder }: WakeLockTopics, page: WakeLockPage): void {
  const on = { live: false, recording: false }
  let wanted = false
  let lock: Promise<{ release(): Promise<void> }> | null = null
  const update = (): void => {
    const before = lock
    if (wanted && page.document.visibilityState === 'visible') lock = page.wakeLock?.request('screen') ?? null
    else if (!wanted) lock = null
    else return
    // Refused (e.g. a low battery): the show goes on without.
    lock?.catch(() => {})
    // The browser may have kept the one before, and a lock that nobody knows any more would never be released.
    before?.then((held) => held.release()).catch(() => {})
  }
  const change = (now: Partial<typeof on>): void => {
    Object.assign(on, now)
    if ((on.live || on.recording) === wanted) return
    wanted = !wanted
    update()
  }
  broadcast.watch('status', ({ live }) => change({ live }))
  recorder.watch('status', ({ state }) => change({ recording: state !== 'idle' }))
  page.document.addEventListener('visibilitychange', update)
}
