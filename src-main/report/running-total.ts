/** Adds up a counter that begins anew at zero now and then (the page was reloaded, a run ended). */
export class RunningTotal {
  #last = 0
  #total = 0

  /** What the counter has counted so far does not belong to the total. */
  beginAt(value: number): void {
    this.#last = value
  }

  take(value: number): void {
    this.#total += value >= this.#last ? value - this.#last : value
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
