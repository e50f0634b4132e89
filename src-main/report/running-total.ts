/** Adds up a counter that begins anew at zero now and then (the page was reloaded, a run ended). */
export class RunningTotal {
  #last: number | null = null
  #total = 0

  /** `fromZero`: the first value counts whole; otherwise it is where counting begins. */
  constructor(private readonly fromZero: boolean) {}

  take(value: number): void {
    const before = this.#last ?? (this.fromZero ? 0 : value)
    this.#total += value >= before ? value - before : value
    this.#last = value
  }

  get total(): number {
    return Math.round(this.#total)
  }
}

/** Mean of each named number over the samples that had it. */
export class NamedMeans {
  readonly #sums = new Map<string, { sum: number; count: number }>()

  take(values: Readonly<Record<string, number>>): void {
    for (const [name, value] of Object.entries(values)) {
      const known = this.#sums.get(name) ?? { sum: 0, count: 0 }
      this.#sums.set(name, { sum: known.sum + value, count: known.count + 1 })
    }
  }

  get means(): Record<string, number> {
    return Object.fromEntries([...this.#sums].map(([name, { sum, count }]) => [name, round(sum / count, 1)]))
  }
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
