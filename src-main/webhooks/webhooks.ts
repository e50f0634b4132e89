import { join } from 'node:path'
import type { webhooks } from '@shared/contracts/webhooks.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import type { Logger } from '../base/logger.ts'
import type { SecretStore } from '../host/host.ts'
import type { OutputTold } from '../outputs/runner.ts'
import type { Watchable } from '../rpc/topic.ts'
import { checkNotice } from './check-signature.ts'
import { compose } from './compose.ts'
import { EventTime } from './event-time.ts'
import { NoticeSender } from './notice-sender.ts'
import { Outbox } from './outbox.ts'
import { EMPTY_OUTBOX, type OutboxEntry, outboxFile, type OutboxFile } from './outbox-entry.ts'
import { PushNotices } from './push-notices.ts'
import { recordingNotices, type RecordingEvents } from './recording-events.ts'
import { emitLeft, watchShow, type ShowNoticesParts } from './show-notices.ts'
import type { DestinationFacts, StudioEvent } from './studio-event.ts'
import { testDraft } from './test-notice.ts'
import { openWebhooksFile, WebhookAddresses } from './webhook-addresses.ts'

export interface WebhooksParts {
  dataDir: string
  secrets: Pick<SecretStore, 'get' | 'set' | 'delete'>
  clock: Clock
  /** How far that clock is off by what servers say, and the time by theirs, ms since 1970: what is signed until a time is judged there. */
  clockOffset: Watchable<{ offsetMs: number | null }>
  serverNow(): number
  logger: Logger
  redact: (text: string) => string
  onSecret: (value: string) => void
  onFailure: (failure: StudioError) => void
  newId: () => string
  /** Node's name of the operating system. */
  platform: string
  factsOf(destinationId: string): DestinationFacts | null
  /** Trusted besides the system's own, PEM; for tests. */
  certificateAuthority?: string
}

/** Notices to the user's own back end: takes what happens in the studio, words it for each address, and sees to it that it arrives. */
export class Webhooks {
  /** For the recorder. */
  readonly recording: RecordingEvents
  readonly #time = new EventTime()
  readonly #outbox: Outbox
  readonly #sender: NoticeSender
  readonly #pushes: PushNotices
  readonly #stops: (() => void)[] = []
  readonly #closing = new AbortController()

  private constructor(
    private readonly parts: WebhooksParts,
    readonly addresses: WebhookAddresses,
    private readonly store: JsonStore<OutboxFile>,
  ) {
    const { clock, logger, newId, redact, certificateAuthority, factsOf } = parts
    const emit = (event: StudioEvent) => this.emit(event)
    this.#sender = new NoticeSender({ clock, serverNow: parts.serverNow, redact, ...(certificateAuthority === undefined ? {} : { certificateAuthority }) })
    this.#outbox = new Outbox({ store, clock, logger, newId, send: (entry, signal) => this.#send(entry, signal) })
    this.#pushes = new PushNotices({ factsOf, time: this.#time, emit })
    this.recording = recordingNotices((event) => this.emit({ ...event, atMs: this.#time.next(event.atMs) }))
  }

  static async open(parts: WebhooksParts): Promise<Webhooks> {
    const { dataDir, clock, onFailure } = parts
    const addresses = await WebhookAddresses.open({ ...parts, store: await openWebhooksFile(parts) })
    const store = await JsonStore.open({ path: join(dataDir, 'outbox.json'), version: 1, schema: outboxFile, initial: () => EMPTY_OUTBOX, clock, onFailure })
    const opened = new Webhooks(parts, addresses, store)
    opened.#outbox.resume()
    opened.#lookBack()
    return opened
  }

  get topics() {
    return { list: this.addresses.list, identity: this.addresses.identity, log: this.#outbox.log.topic, clock: this.parts.clockOffset }
  }

  /** Puts one event on its way to every address that wants it. Returns at once, and nothing that goes wrong comes back. */
  emit(event: StudioEvent): void {
    const { clock, platform } = this.parts
    for (const { webhook } of this.addresses.enabled) {
      const draft = compose(event, webhook, this.addresses.identity.value, clock.now(), platform)
      if (draft) this.#outbox.add(webhook, draft)
    }
  }

  /** What the outputs tell, at their pace. */
  told(told: OutputTold): void {
    this.#pushes.told(told)
  }

  /** Follows the show until closed. */
  follow(show: Pick<ShowNoticesParts, 'status' | 'sources' | 'kindOf'>): void {
    this.#stops.push(watchShow({ ...show, clock: this.parts.clock, time: this.#time, emit: (event) => this.emit(event), onAir: (entered) => this.#keepOnAir(entered) }))
  }

  readonly handlers: Handlers<typeof webhooks> = {
    save: ({ webhook, key }) => this.addresses.save(webhook, key),
    remove: ({ webhookId }) => this.addresses.remove(webhookId),
    setIdentity: (identity) => this.addresses.setIdentity(identity),
    test: async ({ webhookId }) => {
      const target = this.addresses.find(webhookId)
      if (!target) throw new StudioError('not-found', 'this address no longer exists')
      const { clock, platform } = this.parts
      const { body } = testDraft(target.webhook, this.addresses.identity.value, this.#time.next(clock.now()), platform)
      const { failure, clockOffsetMs, ...tried } = await this.#sender.send(target, body, this.#closing.signal)
      return { ...tried, reason: failure?.reason ?? null, clockOffsetMs }
    },
    check: ({ webhookId, key, ...pasted }) => {
      const kept = webhookId === undefined ? null : this.addresses.find(webhookId)
      return checkNotice({ ...pasted, key: kept && key === '' ? kept.key.reveal() : key.trim() }, this.parts.serverNow())
    },
  }

  /** What is on its way may arrive, for 3 s at most; the rest waits for the next start. */
  async close(): Promise<void> {
    for (const stop of this.#stops) stop()
    this.#closing.abort(new StudioError('stopped'))
    await this.#outbox.close()
    await this.addresses.settled()
  }

  async #send({ delivery, body }: OutboxEntry, signal: AbortSignal) {
    const target = this.addresses.find(delivery.webhookId)
    // In another dialect now: what waits was worded for the old one.
    if (!target?.webhook.enabled || target.webhook.dialect !== delivery.dialect) return null
    const { status, answer, tookMs } = await this.#sender.send(target, body, signal)
    return { status, answer, tookMs }
  }

  /** The studio was killed while the show was on: the room has not been left yet. */
  #lookBack(): void {
    if (!this.store.value.onAir) return
    emitLeft({ emit: (event) => this.emit(event), now: () => this.#time.next(this.parts.clock.now()) }, 2)
    this.#keepOnAir(false)
  }

  #keepOnAir(onAir: boolean): void {
    if (this.store.value.onAir !== onAir) void this.store.set({ ...this.store.value, onAir })
  }
}
