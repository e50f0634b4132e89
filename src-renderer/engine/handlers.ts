/** Listeners of one kind of news. A new one gets the latest at once, if there was any. */
export class Handlers<T> {
  #handlers = new Set<(value: T) => void>()
  #latest: { value: T } | null = null

  constructor(private readonly remember: boolean) {}

  add(handler: (value: T) => void): () => void {
    this.#handlers.add(handler)
    if (this.#latest) handler(this.#latest.value)
    return () => this.#handlers.delete(handler)
  }

  emit(value: T): void {
    if (this.remember) this.#latest = { value }
    for (const handler of this.#handlers) handler(value)
  }
}
