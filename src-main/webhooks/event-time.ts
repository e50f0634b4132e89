/** Gives every event a time of its own, ms since 1970: listeners put events in order by it, and clocks stand still or jump back. */
export class EventTime {
  #lastMs = 0

  /** `atMs` or, when an event had that already or a later one, the next free millisecond. */
  next(atMs: number): number {
    this.#lastMs = Math.max(this.#lastMs + 1, Math.floor(atMs))
    return this.#lastMs
  }
}
