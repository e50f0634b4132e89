import { join } from 'node:path'
import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import { DEFAULT_IDENTITY, noticeIdentity, webhook, type NoticeIdentity, type Webhook, type WebhookView } from '@shared/domain/webhook.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { Secret } from '../base/secret.ts'
import type { SecretStore } from '../host/host.ts'
import { Topic } from '../rpc/topic.ts'
import { readWebhook } from './webhook-input.ts'

const MAX_WEBHOOKS = 20
const settingsFile = z.object({ webhooks: z.array(webhook).max(MAX_WEBHOOKS), identity: noticeIdentity })
export type WebhookSettings = z.infer<typeof settingsFile>

/** An address as it is used. */
export interface WebhookTarget {
  webhook: Webhook
  key: Secret
  query: Secret
}

export interface WebhookAddressesOptions {
  store: JsonStore<WebhookSettings>
  secrets: Pick<SecretStore, 'get' | 'set' | 'delete'>
  /** Told every key before it is used, so that nothing ever prints it. */
  onSecret: (value: string) => void
  onFailure: (failure: StudioError) => void
}

/** Where notices go: addresses in a file, keys and queries in the host's secret store. */
export class WebhookAddresses {
  readonly list: Topic<WebhookView[]>
  readonly identity: Topic<NoticeIdentity>
  #targets: WebhookTarget[]
  readonly #options: WebhookAddressesOptions
  #changing: Promise<unknown> = Promise.resolve()

  private constructor(options: WebhookAddressesOptions, targets: WebhookTarget[]) {
    this.#options = options
    this.#targets = targets
    this.list = new Topic(targets.map(viewOf))
    this.identity = new Topic(options.store.value.identity)
  }

  static async open(options: WebhookAddressesOptions): Promise<WebhookAddresses> {
    const read = async (name: string): Promise<Secret> => {
      const value = await options.secrets.get(name).catch((failure: unknown) => {
        options.onFailure(StudioError.from(failure))
        return null
      })
      if (value) options.onSecret(value)
      return new Secret(value ?? '')
    }
    const targets = options.store.value.webhooks.map(async (each): Promise<WebhookTarget> => ({ webhook: each, key: await read(keyName(each.id)), query: await read(queryName(each.id)) }))
    return new WebhookAddresses(options, await Promise.all(targets))
  }

  /** Those that are told something now. */
  get enabled(): readonly WebhookTarget[] {
    return this.#targets.filter(({ webhook }) => webhook.enabled)
  }

  find(webhookId: string): WebhookTarget | null {
    return this.#targets.find(({ webhook }) => webhook.id === webhookId) ?? null
  }

  /** Throws as `readWebhook` does. */
  save(typed: Webhook, key: string | undefined): Promise<WebhookView> {
    return this.#change(async () => {
      const before = this.find(typed.id)
      if (!before && this.#targets.length >= MAX_WEBHOOKS) throw new StudioError('input-invalid', `there are ${MAX_WEBHOOKS} addresses already`)
      const plain = before && { webhook: before.webhook, key: before.key.reveal(), query: before.query.reveal() }
      const next = readWebhook(typed, key, plain)
      if (next.key !== plain?.key) await this.#keepSecret(keyName(typed.id), next.key)
      if (next.query !== (plain?.query ?? '')) await this.#keepSecret(queryName(typed.id), next.query)
      const target: WebhookTarget = { webhook: next.webhook, key: new Secret(next.key), query: new Secret(next.query) }
      await this.#apply(before ? this.#targets.map((each) => (each === before ? target : each)) : [...this.#targets, target])
      return viewOf(target)
    })
  }

  remove(webhookId: string): Promise<void> {
    return this.#change(async () => {
      const removed = this.find(webhookId)
      if (!removed) throw new StudioError('not-found', 'this address no longer exists')
      await this.#apply(this.#targets.filter((each) => each !== removed))
      await this.#keepSecret(keyName(webhookId), '')
      if (!removed.query.isEmpty) await this.#keepSecret(queryName(webhookId), '')
    })
  }

  setIdentity(identity: NoticeIdentity): Promise<void> {
    return this.#change(async () => {
      this.identity.set(identity)
      await this.#options.store.set({ ...this.#options.store.value, identity })
    })
  }

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#changing
    await this.#options.store.settled()
  }

  async #apply(targets: WebhookTarget[]): Promise<void> {
    this.#targets = targets
    this.list.set(targets.map(viewOf))
    const { store } = this.#options
    await store.set({ ...store.value, webhooks: targets.map(({ webhook }) => webhook) })
  }

  /** What cannot be kept is reported, and holds for as long as the studio runs. */
  async #keepSecret(name: string, value: string): Promise<void> {
    const { secrets, onSecret, onFailure } = this.#options
    if (value !== '') onSecret(value)
    await (value === '' ? secrets.delete(name) : secrets.set(name, value)).catch((failure: unknown) => onFailure(StudioError.from(failure)))
  }

  /** One change after the other: two windows may both be saving. */
  #change<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#changing.then(change)
    this.#changing = result.catch(() => {})
    return result
  }
}

export function openWebhooksFile(options: { dataDir: string; clock: Pick<Clock, 'now' | 'monotonicMs'>; onFailure: (failure: StudioError) => void }): Promise<JsonStore<WebhookSettings>> {
  const { dataDir, clock, onFailure } = options
  return JsonStore.open({ path: join(dataDir, 'webhooks.json'), version: 1, schema: settingsFile, initial: () => ({ webhooks: [], identity: DEFAULT_IDENTITY }), clock, onFailure })
}

const keyName = (webhookId: string): string => `webhook.${webhookId}.key`
const queryName = (webhookId: string): string => `webhook.${webhookId}.query`
const viewOf = ({ webhook, key, query }: WebhookTarget): WebhookView => ({ ...webhook, hasKey: !key.isEmpty, hasQuery: !query.isEmpty })
