import { expect, it } from 'vitest'
import { closeWhenLost } from '../app/close-when-lost.ts'
import { openBridge } from './bridge.ts'
import type { Bridge } from './bridge.types.ts'
import type { LossCause } from './page-channel.ts'

/** A WebSocket that is open at once and closes as its test says. */
class FakeSocket extends EventTarget {
  static last: FakeSocket
  readonly OPEN = 1
  readyState = 1

  constructor() {
    super()
    FakeSocket.last = this
    queueMicrotask(() => this.dispatchEvent(new Event('open')))
  }

  send(): void {}

  drop(code: number): void {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
}

/** The bridge of a page in a browser, as far as the bridge uses one. */
function openInBrowser(): Promise<Bridge> {
  const page = Object.assign(new EventTarget(), {
    location: { host: '127.0.0.1:1', href: 'http://127.0.0.1:1/' },
    document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
    navigator: {},
    WebSocket: FakeSocket,
  })
  return openBridge(page as unknown as Window)
}

it.each([
  ['replaced', 4001],
  ['ended', 1006],
  ['ended', 1001],
] as const)('a page is told that it was %s by the code %i, early and late', async (why, code) => {
  const bridge = await openInBrowser()
  const told: LossCause[] = []
  bridge.onLost((each) => told.push(each))
  FakeSocket.last.drop(code)
  expect(told).toEqual([why])
  expect(await new Promise((resolve) => bridge.onLost(resolve))).toBe(why)
})

it.each([4001, 1006])('the engine is closed once main no longer listens (code %i)', async (code) => {
  const bridge = await openInBrowser()
  let closed = 0
  closeWhenLost(bridge, { close: () => Promise.resolve(void closed++) })
  expect(closed).toBe(0)
  FakeSocket.last.drop(code)
  expect(closed).toBe(1)
})
