/** Times that a server must have confirmed something, one after the other within this, before its silence says anything. */
const KNOWN_AFTER = 4
const APART_MS = 1100

/** What is looked at of an output's run. */
export interface Confirmed {
  bytesSent: number
  /** Null where the server does not tell. */
  bytesAcknowledged: number | null
  queueMs: number
}

/**
 * For how long a server that confirms all the time has said nothing. Pure; one per output. `look` as often as there are figures: whole
 * seconds that are looked at one by one would tell of it up to two seconds later.
 */
export class Silence {
  #acknowledged = 0
  #rises = 0
  #roseAtMs = 0
  #sentThen = 0
  /** ms; null while it is not known to confirm all the time, and while nothing was sent that it could confirm. */
  ms: number | null = null

  /** `atMs`: monotonic. */
  look({ bytesSent, bytesAcknowledged, queueMs }: Confirmed, atMs: number): void {
    const acknowledged = bytesAcknowledged ?? 0
    // Counters that fall are those of another run.
    if (bytesAcknowledged === null || acknowledged < this.#acknowledged) this.#rises = 0
    else if (acknowledged > this.#acknowledged) {
      this.#rises = atMs - this.#roseAtMs <= APART_MS ? this.#rises + 1 : 1
      this.#roseAtMs = atMs
      this.#sentThen = bytesSent
    }
    this.#acknowledged = acknowledged
    const outstanding = bytesSent > this.#sentThen || queueMs > 0
    this.ms = this.#rises >= KNOWN_AFTER && outstanding ? atMs - this.#roseAtMs : null
  }
}
