import type { NodeChild } from './host.ts'

/** The Node programs that run beside the studio now, whatever the host; one that has ended is forgotten. */
export class NodePrograms {
  readonly #running = new Set<NodeChild>()
  #closed = false

  get count(): number {
    return this.#running.size
  }

  /** Returns the program that was just started. After `close` it is stopped at once. */
  own(program: NodeChild): NodeChild {
    this.#running.add(program)
    program.onExit(() => this.#running.delete(program))
    if (this.#closed) void program.stop()
    return program
  }

  /** Resolves when all have ended. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#running].map((program) => program.stop()))
  }
}
