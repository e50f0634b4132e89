import { StudioError } from '@shared/domain/errors.ts'
import type { NoticeDelivery, Webhook } from '@shared/domain/webhook.ts'
import type { Clock } from '../base/clock.ts'
import type { JsonStore } from '../base/json-store.ts'
import type { Logger } from '../base/logger.ts'
import type { NoticeDraft } from './compose.ts'
import { DeliveryLog } from './delivery-log.ts'
import type { OutboxEntry, OutboxFile } from './outbox-entry.ts'
import { isTooOld, nextTryAtMs, waitMs } from './schedule.ts'
import { Slots } from './slots.ts'

/** What one try brought. `status` null = no answer. */
export interface Tried {
  status: number | null
  answer: string
  tookMs: number
}

export interface OutboxParts {
  store: JsonStore<OutboxFile>
  /** Sends once; never rejects but with the signal's reason. null = this address is no longer told anything. */
  send(entry: OutboxEntry, signal: AbortSignal): Promise<Tried | null>
  newId: () => string
  clock: Clock
  logger: Logger
}

/** More than this and the oldest go: a receiver that is away for a night must not fill the disk. */
const MAX_ENTRIES = 1000
/** Of one address; a receiver that hangs does not hold up the next notice, and is not flooded either. */
const AT_ONCE = 4
/** When the studio closes: what is on its way may arrive, for this long. The rest waits for the next start. */
const CLOSE_LIMIT_MS = 3000

/**
 * Notices on their way. Each is tried until it is delivered or too old, by its dialect's rules; what waits is on the disk,
 * so that it survives a restart. Nobody ever waits for it.
 */
export class Outbox {
  readonly log = new DeliveryLog()
  readonly #entries = new Map<string, OutboxEntry>()
  readonly #loops = new Set<Promise<void>>()
  readonly #busy = new Set<Promise<unknown>>()
  readonly #slots = new Slots(AT_ONCE)
  readonly #closing = new AbortController()
  readonly #ended = new AbortController()

  constructor(private readonly parts: OutboxParts) {}

  /** Goes on with what an earlier run left behind, as far as it is still young enough. */
  resume(): void {
    for (const entry of this.parts.store.value.entries) this.#begin(entry)
  }

  add({ id: webhookId, dialect }: Webhook, { eventType, about, body }: NoticeDraft): void {
    if (this.#closing.signal.aborted) return
    const nowMs = this.parts.clock.now()
    const delivery: NoticeDelivery = {
      id: this.parts.newId(), webhookId, dialect, eventType, about, createdAtMs: nowMs, state: 'waiting', tries: 0, nextTryAtMs: nowMs, status: null, answer: '', tookMs: null,
    }
    this.#begin({ delivery, body })
    this.#dropOldest()
    this.#save()
  }

  /** How many are not delivered yet. */
  get waiting(): number {
    return this.#entries.size
  }

  async close(): Promise<void> {
    this.#closing.abort(new StudioError('stopped'))
    const limit = new AbortController()
    const late = this.parts.clock.sleep(CLOSE_LIMIT_MS, limit.signal).catch(() => {})
    await Promise.race([Promise.allSettled(this.#busy), late])
    limit.abort()
    this.#ended.abort(new StudioError('stopped'))
    await Promise.all(this.#loops)
    this.#save()
    await this.parts.store.settled()
  }

  #begin(entry: OutboxEntry): void {
    this.#entries.set(entry.delivery.id, entry)
    this.log.write(entry.delivery)
    const loop: Promise<void> = this.#deliver(entry.delivery.id).catch((failure: unknown) => {
      // Closed while it waited: it stays in the file.
      if (!this.#closing.signal.aborted) this.parts.logger.error('a notice got stuck', { evidence: StudioError.from(failure).evidence })
    })
    this.#loops.add(loop)
    void loop.finally(() => this.#loops.delete(loop))
  }

  async #deliver(id: string): Promise<void> {
    for (;;) {
      const entry = this.#entries.get(id)
      if (!entry) return
      const delayMs = waitMs(entry.delivery, this.parts.clock.now())
      if (delayMs > 0) await this.parts.clock.sleep(delayMs, this.#closing.signal)
      const attempt = this.#attempt(id)
      this.#busy.add(attempt)
      await attempt.finally(() => this.#busy.delete(attempt))
    }
  }

  async #attempt(id: string): Promise<void> {
    const free = await this.#slots.take(this.#entries.get(id)?.delivery.webhookId ?? '')
    try {
      this.#ended.signal.throwIfAborted()
      const entry = this.#entries.get(id)
      if (entry) await this.#try(entry)
    } finally {
      free()
    }
  }

  async #try(entry: OutboxEntry): Promise<void> {
    const { clock, send, logger } = this.parts
    const { id } = entry.delivery
    const triedAtMs = clock.now()
    if (isTooOld(entry.delivery, triedAtMs)) return this.#finish(entry, 'given-up')
    this.log.write({ ...entry.delivery, state: 'sending', nextTryAtMs: null })
    const tried = await send(entry, this.#ended.signal)
    if (!tried) return this.#finish(entry, 'dropped')
    const tries = entry.delivery.tries + 1
    const delivery: NoticeDelivery = { ...entry.delivery, ...tried, tries }
    if (tried.status === 200) return this.#finish({ ...entry, delivery }, 'delivered')
    const nextMs = nextTryAtMs(delivery, tries, triedAtMs, clock.now())
    if (nextMs === null) {
      logger.warn('a notice was given up', { webhookId: delivery.webhookId, eventType: delivery.eventType, tries, status: tried.status, evidence: tried.answer })
      return this.#finish({ ...entry, delivery }, 'given-up')
    }
    logger.debug('a notice will be tried again', { webhookId: delivery.webhookId, eventType: delivery.eventType, tries, status: tried.status, inMs: Math.round(nextMs - clock.now()) })
    if (!this.#entries.has(id)) return
    const waiting: OutboxEntry = { ...entry, delivery: { ...delivery, state: 'waiting', nextTryAtMs: nextMs } }
    this.#entries.set(id, waiting)
    this.log.write(waiting.delivery)
    this.#save()
  }

  #finish(entry: OutboxEntry, state: 'delivered' | 'given-up' | 'dropped'): void {
    this.#entries.delete(entry.delivery.id)
    this.log.write({ ...entry.delivery, state, nextTryAtMs: null })
    this.#save()
  }

  #dropOldest(): void {
    for (const entry of [...this.#entries.values()].slice(0, Math.max(0, this.#entries.size - MAX_ENTRIES))) {
      this.#entries.delete(entry.delivery.id)
      this.log.write({ ...entry.delivery, state: 'dropped', nextTryAtMs: null })
    }
  }

  /** The store writes the newest state when it is done with an older one. */
  #save(): void {
    const { store } = this.parts
    void store.set({ ...store.value, entries: [...this.#entries.values()] })
  }
}
