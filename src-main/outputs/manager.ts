import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { Clock } from '../base/clock.ts'
import type { Secret } from '../base/secret.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import type { RunOutput } from './output.ts'
import type { OutputTotals } from './output-history.ts'
import type { OpenOutput, OutputRunner } from './runner.ts'

/** A destination with its secrets, as an output needs it. */
export interface OutputTarget {
  destination: Destination
  key: Secret
  /** SRT only; empty elsewhere. */
  passphrase: Secret
  /** The key was fetched for the next connection; the one that is up may stay. */
  renewed?: boolean
}

export interface ManagerParts {
  /** Reaches a destination, whatever its kind. */
  open: RunOutput<OutputTarget>
  /** True when both would be one publisher's place at one server. */
  sameTarget(a: OutputTarget, b: OutputTarget): boolean
  createRunner(destinationId: string): OutputRunner
  /** Told when a destination has been stopped, whatever it was doing. What it does must end by itself soon, and not reject. */
  onStopped?(target: OutputTarget): Promise<void>
  clock: Clock
}

interface Entry {
  runner: OutputRunner
  /** What it runs for; null while it is not started. */
  target: OutputTarget | null
  /** The destination that holds its place already. */
  duplicateOf: string | null
}

/** Any number of destinations at once, one runner each; the list may change at any time, live or not. */
export class OutputManager {
  readonly #statuses = new Topic<OutputStatus[]>([])
  readonly #entries = new Map<string, Entry>()
  #wanted: readonly OutputTarget[] = []
  #live = false
  #changes: Promise<void> = Promise.resolve()

  constructor(private readonly parts: ManagerParts) {}

  /** Every destination that took part in the show, in the order of the list. */
  get statuses(): Watchable<OutputStatus[]> {
    return this.#statuses
  }

  get figures(): Record<string, OutputTotals> {
    return Object.fromEntries([...this.#entries].map(([id, { runner }]) => [id, runner.figures]))
  }

  /** Starts every enabled destination, with a fresh history. `sinceMs`: monotonic time of *Go live*. */
  begin(targets: readonly OutputTarget[], sinceMs: number): Promise<void> {
    return this.#change(async () => {
      this.#entries.clear()
      this.#live = true
      this.#wanted = targets
      await this.#reconcile(sinceMs)
    })
  }

  /** The list has changed: while live, starts what is new, stops what is gone and restarts what goes elsewhere now. */
  update(targets: readonly OutputTarget[]): Promise<void> {
    return this.#change(async () => {
      this.#wanted = targets
      // What joins later counts from its own beginning.
      if (this.#live) await this.#reconcile(this.parts.clock.monotonicMs())
      else this.#publish()
    })
  }

  /** Stops all; resolves when each has drained, or after the runners' limit. The statuses stay until the next show. */
  end(): Promise<void> {
    return this.#change(async () => {
      this.#live = false
      await Promise.all([...this.#entries.values()].map((entry) => this.#stop(entry)))
    })
  }

  /** Fails with `not-found` for a destination that is not part of the show. */
  retryNow(destinationId: string): void {
    const entry = this.#entries.get(destinationId)
    if (!entry?.target) throw new StudioError('not-found', 'this destination is not part of the show')
    entry.runner.retryNow()
  }

  /** The network is back, or the computer woke up: every wait is cut short. */
  wake(): void {
    for (const { runner } of this.#entries.values()) runner.wake()
  }

  /** One change after the other: a list that changes twice in a second must not start anything twice. */
  #change(change: () => Promise<void>): Promise<void> {
    const done = this.#changes.then(change)
    this.#changes = done.catch(() => {})
    return done
  }

  async #reconcile(sinceMs: number): Promise<void> {
    const targets = this.#wanted.filter(({ destination }) => destination.enabled)
    const duplicates = this.#findDuplicates(targets)
    const plans = new Map(targets.map((target) => [target.destination.id, { target, duplicateOf: duplicates.get(target) ?? null }]))

    // First everything that ends, so that a place at a server is free before somebody else takes it.
    await Promise.all(
      [...this.#entries].map(async ([id, entry]) => {
        const plan = plans.get(id)
        const goesOn = entry.target && plan && sameConnection(entry.target, plan.target) && entry.duplicateOf === plan.duplicateOf
        if (!goesOn) await this.#stop(entry)
        if (!this.#wanted.some(({ destination }) => destination.id === id)) this.#entries.delete(id)
      }),
    )
    for (const [id, { target, duplicateOf }] of plans) this.#start(id, target, duplicateOf, sinceMs)
    this.#publish()
  }

  #start(id: string, target: OutputTarget, duplicateOf: string | null, sinceMs: number): void {
    const entry = this.#entries.get(id) ?? this.#add(id)
    const goesOn = entry.target !== null
    entry.target = target
    if (goesOn) return
    entry.duplicateOf = duplicateOf
    entry.runner.start(this.#openFor(target, duplicateOf), sinceMs)
  }

  #add(id: string): Entry {
    const entry: Entry = { runner: this.parts.createRunner(id), target: null, duplicateOf: null }
    this.#entries.set(id, entry)
    entry.runner.status.watch(() => this.#entries.get(id) === entry && this.#publish())
    return entry
  }

  async #stop(entry: Entry): Promise<void> {
    await entry.runner.stop()
    if (entry.target && entry.duplicateOf === null) await this.parts.onStopped?.(entry.target)
    entry.target = null
    entry.duplicateOf = null
  }

  #openFor(target: OutputTarget, duplicateOf: string | null): OpenOutput {
    if (duplicateOf !== null) return () => Promise.reject(new StudioError('address-duplicate', `the same address and key as “${duplicateOf}”`))
    return (run) => this.parts.open(target, run)
  }

  /** Who holds a place already keeps it; among new ones the first in the list gets it. Maps to the holder's name. */
  #findDuplicates(targets: readonly OutputTarget[]): Map<OutputTarget, string> {
    const holds = ({ destination }: OutputTarget) => {
      const entry = this.#entries.get(destination.id)
      return entry?.target && entry.duplicateOf === null ? 0 : 1
    }
    const placed: OutputTarget[] = []
    const duplicates = new Map<OutputTarget, string>()
    for (const target of [...targets].sort((a, b) => holds(a) - holds(b))) {
      const holder = placed.find((each) => this.parts.sameTarget(each, target))
      if (holder) duplicates.set(target, holder.destination.name)
      else placed.push(target)
    }
    return duplicates
  }

  #publish(): void {
    const order = new Map(this.#wanted.map(({ destination }, index) => [destination.id, index]))
    const place = (id: string) => order.get(id) ?? Number.POSITIVE_INFINITY
    this.#statuses.set([...this.#entries].sort(([a], [b]) => place(a) - place(b)).map(([, { runner }]) => runner.status.value))
  }
}

/** True when a change from `a` to `b` needs no new connection, e.g. of its name, or of what is sent over it. */
function sameConnection(a: OutputTarget, b: OutputTarget): boolean {
  const essence = ({ destination: { name: _name, enabled: _enabled, priority: _priority, content: _content, ...rest }, key, passphrase }: OutputTarget) =>
    JSON.stringify([rest, b.renewed ? '' : key.reveal(), passphrase.reveal()])
  return essence(a) === essence(b)
}
