import type { Clock } from '../../base/clock.ts'
import type { PatchOutcome } from './patch-outcome.ts'
import { type IceDescription, sdpFragment } from './sdp-fragment.ts'

/** What was found under one user fragment, and how much of it the server has. */
interface Found {
  candidates: string[]
  ended: boolean
  sentCandidates: number
  sentEnd: boolean
}

/** Sends one fragment to the server; `againMs`: when it may be sent again if it was not taken now. */
export type SendFragment = (body: string) => Promise<{ outcome: PatchOutcome; againMs: number }>

export interface TrickleParts {
  send: SendFragment
  clock: Clock
  /** Aborts when the session is over. */
  signal: AbortSignal
  /** The server's ICE session is not ours any more: only a restart helps. */
  onStale(): void
}

const TRIES = 3
/** A server that finds every restart stale would otherwise be restarted for ever. A fragment that it takes ends the row. */
const MAX_STALE_IN_A_ROW = 3
/** Nobody has more; a page gone mad must not fill the memory. */
const MAX_CANDIDATES = 200
const MAX_FRAGMENTS = 8

/**
 * Keeps candidates until they may be sent, and sends what has come together in one PATCH at a time. A candidate belongs
 * to the offer with its user fragment: those of an older offer are never sent, those of a newer one wait for it.
 */
export class Trickle {
  readonly #found = new Map<string, Found>()
  /** The offer that the server has answered; null while it must not be sent to. */
  #ice: IceDescription | null = null
  #generation = 0
  #sending = false
  #stopped = false
  #staleInARow = 0
  #waiting = new AbortController()

  constructor(private readonly parts: TrickleParts) {}

  /** `candidate` null = there are no more for this user fragment. */
  add(usernameFragment: string, candidate: string | null): void {
    const found = this.#foundFor(usernameFragment)
    if (candidate === null || candidate === '') found.ended = true
    else if (found.candidates.length < MAX_CANDIDATES) found.candidates.push(candidate)
    void this.#flush()
  }

  /** The server has answered this offer: what was found for it may go. */
  begin(ice: IceDescription): void {
    this.#turnPage()
    this.#ice = ice
    const found = this.#foundFor(ice.usernameFragment)
    // Found early enough to be in the offer itself.
    const known = new Set(ice.candidates.map(withoutPrefix))
    found.candidates = found.candidates.filter((each) => !known.has(withoutPrefix(each)))
    found.sentCandidates = 0
    found.sentEnd = ice.endOfCandidates
    void this.#flush()
  }

  /** A restart is under way: everything waits for its answer, and answers to what was sent before count no more. */
  hold(): void {
    this.#turnPage()
    this.#ice = null
  }

  stop(): void {
    this.#turnPage()
    this.#stopped = true
    this.#found.clear()
  }

  async #flush(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    try {
      for (let tries = 0; ; ) {
        const ice = this.#ice
        const found = ice && this.#found.get(ice.usernameFragment)
        if (this.#stopped || !ice || !found || !somethingNew(found)) return
        const generation = this.#generation
        const [upTo, end] = [found.candidates.length, found.ended]
        const { outcome, againMs } = await this.parts.send(sdpFragment(ice, found.candidates.slice(found.sentCandidates), end))
        if (generation !== this.#generation) tries = 0
        else if (outcome === 'taken') {
          tries = 0
          this.#staleInARow = 0
          found.sentCandidates = upTo
          found.sentEnd = end
        } else if (outcome === 'later') {
          // What is found later is another occasion.
          if (++tries >= TRIES) return
          await this.#pause(againMs)
        } else if (outcome === 'stale') this.#stale()
        else if (outcome === 'refused') this.hold()
        else this.stop()
      }
    } catch {
      // Over before it was time to try again.
      this.stop()
    } finally {
      this.#sending = false
    }
  }

  /** What is under way, or waits to be sent again, is for an offer that is over. */
  #turnPage(): void {
    this.#generation++
    this.#waiting.abort()
    this.#waiting = new AbortController()
  }

  /** Cut short when another offer takes the place; throws when the session is over. */
  async #pause(ms: number): Promise<void> {
    await this.parts.clock.sleep(ms, AbortSignal.any([this.parts.signal, this.#waiting.signal])).catch(() => this.parts.signal.throwIfAborted())
  }

  /** What was found waits for the restart (RFC 9725 §4.3.3): ours, or one that is asked for because the line broke. */
  #stale(): void {
    this.hold()
    if (++this.#staleInARow <= MAX_STALE_IN_A_ROW) this.parts.onStale()
  }

  #foundFor(usernameFragment: string): Found {
    const known = this.#found.get(usernameFragment)
    if (known) return known
    const found: Found = { candidates: [], ended: false, sentCandidates: 0, sentEnd: false }
    const oldest = this.#found.keys().next().value
    if (this.#found.size >= MAX_FRAGMENTS && oldest !== undefined) this.#found.delete(oldest)
    if (!this.#stopped) this.#found.set(usernameFragment, found)
    return found
  }
}

const somethingNew = (found: Found): boolean => found.candidates.length > found.sentCandidates || (found.ended && !found.sentEnd)
const withoutPrefix = (candidate: string): string => candidate.replace(/^a=/, '').trim()
