/** The mix or a stream beside it as tracks: one video track, one sound track, one MediaStream. */
export interface ProgramStream {
  readonly stream: MediaStream
  /** Resolves once there is a picture, or there was none for too long. */
  flows(): Promise<void>
  /** The tracks end when the last one who wanted them has closed. */
  close(): void
}

/**
 * Shares one such stream among all who want it: it is opened for the first and closed after the last, so
 * that tracks which nobody wants cost nothing.
 */
export class SharedProgramStream {
  #open: ProgramStream | null = null
  #users = 0

  constructor(private readonly openStream: () => ProgramStream) {}

  acquire(): ProgramStream {
    const open = (this.#open ??= this.openStream())
    this.#users++
    let closed = false
    return {
      stream: open.stream,
      flows: () => open.flows(),
      close: () => {
        if (closed) return
        closed = true
        this.#users--
        if (this.#users === 0) this.close()
      },
    }
  }

  /** Ends the tracks whoever still has them. */
  close(): void {
    this.#open?.close()
    this.#open = null
  }
}
