import type { GlobalKeysState, hotkeys } from '@shared/contracts/hotkeys.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { GlobalKeys } from '../host/host.ts'
import { Topic } from '../rpc/topic.ts'

/** Keys that work while another window is in front: asks the host for exactly those that the page wants, and tells the page of each press. */
export class GlobalHotkeys {
  readonly #keys: GlobalKeys | null
  readonly #state: Topic<GlobalKeysState>
  readonly #pressed = new Topic({ combination: '', count: 0 })

  constructor(keys: GlobalKeys | null) {
    this.#keys = keys
    this.#state = new Topic<GlobalKeysState>({ host: keys === null ? 'window-only' : keys.asksUser ? 'portal' : 'can', working: [], refused: [] })
  }

  readonly handlers: Handlers<typeof hotkeys> = { setGlobal: ({ combinations }) => this.set(combinations) }

  get topics() {
    return { state: this.#state, pressed: this.#pressed }
  }

  /** One that was refused is asked for again each time: whoever had it may have gone. */
  set(combinations: readonly string[]): void {
    if (!this.#keys) return
    const wanted = [...new Set(combinations)]
    const { host, working } = this.#state.value
    for (const each of working) if (!wanted.includes(each)) this.#keys.unregister(each)
    const kept = wanted.filter((each) => working.includes(each) || this.#keys?.register(each, () => this.#press(each)))
    this.#state.set({ host, working: kept, refused: wanted.filter((each) => !kept.includes(each)) })
  }

  async close(): Promise<void> {
    this.set([])
  }

  #press(combination: string): void {
    this.#pressed.set({ combination, count: this.#pressed.value.count + 1 })
  }
}
