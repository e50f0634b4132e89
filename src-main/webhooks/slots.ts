/** At most so many at once, per name; the rest waits in the order in which it came. */
export class Slots {
  readonly #taken = new Map<string, number>()
  readonly #waiting = new Map<string, (() => void)[]>()

  constructor(private readonly perName: number) {}

  /** Resolves with how to give the slot back. */
  async take(name: string): Promise<() => void> {
    const taken = this.#taken.get(name) ?? 0
    if (taken < this.perName) this.#taken.set(name, taken + 1)
    else await new Promise<void>((free) => this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), free]))
    return () => this.#giveBack(name)
  }

  /** Handed over to the next in line, or free. */
  #giveBack(name: string): void {
    const [next, ...others] = this.#waiting.get(name) ?? []
    if (others.length > 0) this.#waiting.set(name, others)
    else this.#waiting.delete(name)
    if (next) return next()
    const left = (this.#taken.get(name) ?? 1) - 1
    if (left > 0) this.#taken.set(name, left)
    else this.#taken.delete(name)
  }
}
