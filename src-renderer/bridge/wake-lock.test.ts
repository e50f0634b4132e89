import { beforeEach, describe, expect, it } from 'vitest'
import { keepAwakeWhileOn, type WakeLockTopics } from './wake-lock.ts'

/** A page with a wake lock, and the two topics that it follows. */
class FakePage {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  requests = 0
  /** The locks that are held, by number of the request. */
  readonly held = new Set<number>()
  live: (on: boolean) => void = () => {}
  recorder: (state: string) => void = () => {}
  readonly wakeLock = {
    request: () => {
      const number = ++this.requests
      this.held.add(number)
      return Promise.resolve({ release: () => Promise.resolve(void this.held.delete(number)) })
    },
  }

  constructor() {
    const topics = {
      broadcast: { watch: (_topic: string, onState: (status: { live: boolean }) => void) => void (this.live = (live) => onState({ live })) },
      recorder: { watch: (_topic: string, onState: (status: { state: string }) => void) => void (this.recorder = (state) => onState({ state })) },
    }
    keepAwakeWhileOn(topics as unknown as WakeLockTopics, { document: this.document as unknown as Document, wakeLock: this.wakeLock })
  }

  show(visibilityState: DocumentVisibilityState): void {
    this.document.visibilityState = visibilityState
    this.document.dispatchEvent(new Event('visibilitychange'))
  }

  settled(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve))
  }
}

describe('keeping awake', () => {
  let page: FakePage
  beforeEach(() => {
    page = new FakePage()
  })

  it('holds a lock while live and seen, and takes it again when the page is seen again', async () => {
    page.live(false)
    expect(page.requests).toBe(0)
    page.live(true)
    page.live(true)
    expect(page.requests).toBe(1)
    // As the browser does.
    page.held.clear()
    page.show('hidden')
    expect(page.requests).toBe(1)
    page.show('visible')
    expect(page.requests).toBe(2)
    await page.settled()
    expect(page.held.size).toBe(1)
    page.live(false)
    await page.settled()
    expect(page.held.size).toBe(0)
  })

  it('releases every lock, also one that was still held when the page was seen again', async () => {
    page.live(true)
    page.show('visible')
    page.show('visible')
    await page.settled()
    expect(page.held.size).toBe(1)
    page.live(false)
    await page.settled()
    expect(page.held.size).toBe(0)
  })

  it('holds a lock while something is recorded without being live, until its files are finished', async () => {
    page.live(false)
    page.recorder('idle')
    expect(page.requests).toBe(0)
    for (const state of ['recording', 'paused', 'recording', 'finishing']) page.recorder(state)
    await page.settled()
    expect([page.requests, page.held.size]).toEqual([1, 1])
    page.recorder('idle')
    await page.settled()
    expect(page.held.size).toBe(0)
  })

  it('holds one lock for both, until neither goes on', async () => {
    page.recorder('recording')
    page.live(true)
    page.recorder('idle')
    await page.settled()
    expect([page.requests, page.held.size]).toEqual([1, 1])
    page.live(false)
    await page.settled()
    expect(page.held.size).toBe(0)
  })
})
