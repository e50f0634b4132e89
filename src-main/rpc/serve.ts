import { type Channel, type ToMain, type ToPage, toMain } from '@shared/contracts/messages.ts'
import type { Call, Handlers, Service } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { z } from 'zod'
import type { Logger } from '../base/logger.ts'

/** The state of one topic as `serve` needs it: `rpc/topic.ts` is one. Calls the handler at once, then on each change. */
export interface ServedTopic<T> {
  watch(handler: (value: T, revision: number) => void): () => void
}

export type ServedTopics<S extends Service> = { [K in keyof S['topics']]: ServedTopic<z.input<S['topics'][K]>> }

/** A contract with what answers it. */
export type Served<S extends Service> = readonly [contract: S, handlers: Handlers<S>, topics: ServedTopics<S>]

/** A service with its types forgotten: everything is parsed again on its way. */
interface ServedParts {
  contract: Service
  handlers: Record<string, (input: unknown) => unknown>
  topics: Record<string, ServedTopic<unknown>>
}

/**
 * Answers one page over its channel until the channel closes. Every message, input, output and state is
 * parsed; a call that fails is answered with a reason and evidence, an unexpected failure is logged with
 * its stack and answered without it. A watched topic is sent at once and then on every change.
 */
export function serve<const S extends readonly Service[]>(
  channel: Channel,
  served: readonly [...{ [I in keyof S]: Served<S[I]> }],
  log: Logger,
): void {
  const services = new Map<string, ServedParts>()
  for (const [contract, handlers, topics] of served as readonly Served<Service>[]) {
    services.set(contract.name, { contract, handlers, topics: topics as Record<string, ServedTopic<unknown>> })
  }
  const page = new ServedPage(channel, services, log)
  channel.onMessage((message) => page.receive(message))
  channel.onClose(() => page.close())
}

class ServedPage {
  readonly #watches = new Map<string, () => void>()
  #open = true

  constructor(
    private readonly channel: Channel,
    private readonly services: ReadonlyMap<string, ServedParts>,
    private readonly log: Logger,
  ) {}

  receive(raw: unknown): void {
    if (!this.#open) return
    const parsed = toMain.safeParse(raw)
    if (!parsed.success) {
      this.log.warn('a message of the page was not understood', { issues: describeIssues(parsed.error) })
      return
    }
    const message = parsed.data
    if (message.type === 'call') void this.#answer(message)
    else if (message.type === 'watch') this.#watch(message.service, message.topic)
    else this.#unwatch(message.service, message.topic)
  }

  close(): void {
    this.#open = false
    for (const stop of this.#watches.values()) stop()
    this.#watches.clear()
  }

  async #answer(message: Extract<ToMain, { type: 'call' }>): Promise<void> {
    try {
      this.#send({ type: 'result', id: message.id, output: await this.#perform(message) })
    } catch (thrown) {
      const error = thrown instanceof StudioError ? thrown : this.#unexpected(thrown, `${message.service}.${message.call}`)
      this.#send({ type: 'failure', id: message.id, reason: error.reason, evidence: error.evidence, ...(error.serviceCode === undefined ? {} : { serviceCode: error.serviceCode }) })
    }
  }

  async #perform(message: Extract<ToMain, { type: 'call' }>): Promise<unknown> {
    const service = this.services.get(message.service)
    const call = service && ownValue<Call>(service.contract.calls, message.call)
    const handler = service && service.handlers[message.call]
    if (!service || !call || !handler) throw new StudioError('not-found', `no call ${message.service}.${message.call}`)
    const input = call.input.safeParse(message.input)
    if (!input.success) throw new StudioError('input-invalid', describeIssues(input.error))
    // As a method: handlers may be a class.
    return call.output.parse(await handler.call(service.handlers, input.data))
  }

  /** A bug of ours: the log gets all of it, the page only that it happened. */
  #unexpected(thrown: unknown, where: string): StudioError {
    const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    this.log.error(`${where} failed unexpectedly`, { stack })
    return new StudioError('unexpected', where)
  }

  #watch(serviceName: string, topicName: string): void {
    const key = `${serviceName}/${topicName}`
    const service = this.services.get(serviceName)
    const schema = service && ownValue<z.ZodType>(service.contract.topics, topicName)
    const topic = service && service.topics[topicName]
    if (!schema || !topic) return this.log.warn('the page watches a topic that does not exist', { topic: key.slice(0, 100) })
    if (this.#watches.has(key)) return
    this.#watches.set(key, topic.watch((value, revision) => {
      const state = schema.safeParse(value)
      if (state.success) this.#send({ type: 'topic', service: serviceName, topic: topicName, revision, state: state.data })
      else this.log.error('a state does not fit its contract', { topic: key, issues: describeIssues(state.error) })
    }))
  }

  #unwatch(serviceName: string, topicName: string): void {
    const key = `${serviceName}/${topicName}`
    this.#watches.get(key)?.()
    this.#watches.delete(key)
  }

  #send(message: ToPage): void {
    if (this.#open) this.channel.send(message)
  }
}

/** Only what the contract itself names: `constructor` and the like are not calls. */
function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** Where and why, without the values: they may be secrets. */
function describeIssues(error: z.ZodError): string {
  return error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ')
}
