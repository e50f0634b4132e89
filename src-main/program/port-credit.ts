/** What the page may have on the way: 1.6 s at the highest rate that may be set, 10 s at a common one. */
export const INITIAL_CREDIT_BYTES = 4 * 1024 * 1024
/** Credit is given back in steps of this, so that commands stay rare beside packets. */
const STEP_BYTES = 256 * 1024

/**
 * The credit of one program port. The page sends no more than it has credit for and drops the rest at its
 * own side, so that a main process that is slow or stopped never makes the page's memory grow. Whole
 * messages count, headers of the packets included; they are given back once main has dealt with them.
 */
export class PortCredit {
  #owedBytes = 0

  constructor(
    private readonly grant: (bytes: number) => void,
    private readonly initialBytes = INITIAL_CREDIT_BYTES,
    private readonly stepBytes = Math.min(STEP_BYTES, initialBytes / 4),
  ) {}

  open(): void {
    this.grant(this.initialBytes)
  }

  consumed(bytes: number): void {
    this.#owedBytes += bytes
    if (this.#owedBytes < this.stepBytes) return
    const granted = this.#owedBytes
    this.#owedBytes = 0
    this.grant(granted)
  }
}
