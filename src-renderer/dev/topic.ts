/** A topic of a fake service: whoever watches gets the state at once and every later one. */
export class Topic<T> {
  readonly #watchers = new Set<(state: T) => void>()

  constructor(public state: T) {}

  watch(watcher: (state: T) => void): () => void {
    this.#watchers.add(watcher)
    watcher(structuredClone(this.state))
    return () => this.#watchers.delete(watcher)
  }

  set(next: T): void {
    this.state = next
    for (const each of this.#watchers) each(structuredClone(next))
  }
}
