/**
 * One after the other: what composers read of a picture is valid only until somebody reads its next frame, so two of them never
 * compose at the same time. Alone, nobody waits.
 */
export class Turns {
  #last: Promise<unknown> | null = null

  take<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last ? this.#last.then(work, work) : work()
    this.#last = mine
    const over = (): void => {
      if (this.#last === mine) this.#last = null
    }
    mine.then(over, over)
    return mine
  }
}
