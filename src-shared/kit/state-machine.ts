/** Every state with the states that may follow it. */
export type Moves<S extends string> = Readonly<Record<S, readonly S[]>>

/**
 * Holds one state out of a closed list and refuses every change that its table does not name.
 * An illegal change is a bug of ours, so it throws instead of being reported to the user.
 */
export class StateMachine<S extends string> {
  #state: S

  constructor(
    private readonly name: string,
    private readonly moves: Moves<S>,
    initial: S,
    private readonly onChange: (to: S, from: S) => void = () => {},
  ) {
    this.#state = initial
  }

  get state(): S {
    return this.#state
  }

  can(to: S): boolean {
    return this.moves[this.#state].includes(to)
  }

  to(next: S): void {
    const from = this.#state
    if (!this.can(next)) throw new Error(`${this.name}: ${from} → ${next} is not a legal change of state`)
    this.#state = next
    this.onChange(next, from)
  }
}
