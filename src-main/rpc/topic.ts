type Handler<T> = (value: T, revision: number) => void

/** What may be read and watched, but not set: how a part of the studio is given another one's state. */
export interface Watchable<T> {
  readonly value: T
  watch(handler: Handler<T>): () => void
}

/**
 * A small piece of state that others follow: always the whole state, with a revision that rises by one
 * with each change, so that a listener can tell newer from older.
 */
export class Topic<T> implements Watchable<T> {
  #value: T
  #revision = 0
  readonly #handlers = new Set<{ call: Handler<T> }>()

  constructor(initial: T) {
    this.#value = initial
  }

  get value(): T {
    return this.#value
  }

  get revision(): number {
    return this.#revision
  }

  set(value: T): void {
    this.#value = value
    this.#revision++
    // One that joins now has the new state already; one that a handler before it removed is no longer called.
    for (const handler of Array.from(this.#handlers)) {
      if (this.#handlers.has(handler)) handler.call(this.#value, this.#revision)
    }
  }

  /** Calls `handler` at once with the current state, then with every new one, until the returned function is called. */
  watch(handler: Handler<T>): () => void {
    const entry = { call: handler }
    this.#handlers.add(entry)
    handler(this.#value, this.#revision)
    return () => void this.#handlers.delete(entry)
  }
}
