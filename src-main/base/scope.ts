type Closer = () => unknown

/**
 * Owns what was opened for one purpose and closes it once, newest first.
 * Its signal aborts when closing begins; a child scope closes with its parent.
 */
export class Scope {
  readonly #controller = new AbortController()
  readonly #closers: Closer[] = []
  #closed: Promise<void> | null = null

  constructor(parent?: AbortSignal) {
    if (!parent) return
    // A failure is for whoever closes this scope or waits for it, not for the process.
    const onParentAbort = () => void this.close(parent.reason).catch(() => {})
    if (parent.aborted) onParentAbort()
    else {
      parent.addEventListener('abort', onParentAbort, { once: true })
      this.add(() => parent.removeEventListener('abort', onParentAbort))
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Registers how to undo what was just opened. Called on a closed scope, it undoes it at once. */
  add(closer: Closer): void {
    if (this.#closed) void Promise.resolve().then(closer).catch(() => {})
    else this.#closers.push(closer)
  }

  /** Registers `resource` and returns it. */
  own<T extends { close(): unknown }>(resource: T): T {
    this.add(() => resource.close())
    return resource
  }

  /** Closes everything; a closer that fails does not keep the others open. The first failure is thrown at the end. */
  close(reason?: unknown): Promise<void> {
    this.#closed ??= this.#close(reason)
    return this.#closed
  }

  async #close(reason: unknown): Promise<void> {
    this.#controller.abort(reason)
    const failures: unknown[] = []
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      try {
        await closer()
      } catch (failure) {
        failures.push(failure)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
}
