/** The largest of the last `size` values, in constant time on average: a queue of candidates, each smaller than the one before it. */
export class SlidingMax {
  readonly #values: Float64Array
  readonly #at: Float64Array
  #head = 0
  #length = 0
  #count = 0

  constructor(private readonly size: number) {
    this.#values = new Float64Array(size)
    this.#at = new Float64Array(size)
  }

  /** Takes one value in and answers with the largest, this one included. */
  push(value: number): number {
    const { size } = this
    while (this.#length > 0 && this.#values[(this.#head + this.#length - 1) % size]! <= value) this.#length--
    if (this.#length > 0 && this.#at[this.#head]! <= this.#count - size) {
      this.#head = (this.#head + 1) % size
      this.#length--
    }
    const place = (this.#head + this.#length) % size
    this.#values[place] = value
    this.#at[place] = this.#count++
    this.#length++
    return this.#values[this.#head]!
  }
}
