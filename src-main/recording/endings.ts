/** Files that are being finished: that takes time, and meanwhile the next ones are written. */
export class Endings {
  readonly #ending = new Map<Promise<void>, readonly string[]>()

  /** Of everything that is not finished yet. */
  get paths(): string[] {
    return [...this.#ending.values()].flat()
  }

  /** `ending` never rejects. */
  add(ending: Promise<void>, paths: readonly string[]): void {
    const tracked = ending.finally(() => this.#ending.delete(tracked))
    this.#ending.set(tracked, paths)
  }

  /** Resolves when everything is finished, also what came in meanwhile. */
  async settled(): Promise<void> {
    while (this.#ending.size > 0) await Promise.all(this.#ending.keys())
  }
}
