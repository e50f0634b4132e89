import { join } from 'node:path'
import { z } from 'zod'
import { secretsOfToken } from '@shared/domain/addresses/http-authorization.ts'
import { readTokenSource, type TokenSource } from '@shared/domain/addresses/token-source.ts'
import { partedAddress, partedSecret, wholeAddress } from '@shared/domain/addresses/address-query.ts'
import type { destinations } from '@shared/contracts/destinations.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { destination, newDestination, type Destination, type DestinationView } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { Secret } from '../base/secret.ts'
import type { SecretStore } from '../host/host.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import { readDestination, refuseDuplicate, type PlainTarget } from './destination-input.ts'
import { secretsOfTokenSource, tokenSourceName } from './kept-token-source.ts'

const MAX_DESTINATIONS = 50
/** Shorter values are numbers and words; hiding them would hide half of the log. */
const SHORTEST_SECRET = 8

/** The built-in local server, there from the first start. */
export const REHEARSAL: Destination = newDestination({ id: 'rehearsal', name: 'Rehearsal', kind: 'rehearsal', address: '', enabled: true })

/** A destination with its secrets, for main alone. */
export interface Target {
  destination: Destination
  key: Secret
  /** SRT only; empty elsewhere. */
  passphrase: Secret
  /** Where fresh tokens come from, as JSON; absent where they do not. */
  tokenSource?: Secret
  /** The key was fetched for the next connection; the one that is up may stay. */
  renewed?: boolean
}

export interface DestinationsOptions {
  store: JsonStore<Destination[]>
  secrets: Pick<SecretStore, 'get' | 'set' | 'delete'>
  /** Told every key before it is used, so that nothing ever prints it. */
  onSecret: (value: string) => void
  onFailure: (failure: StudioError) => void
}

/**
 * Serves the `destinations` contract, and keeps who gets the program: addresses in a file; keys, and what stands behind the `?` of
 * an address, in the host's secret store.
 */
export class Destinations implements Handlers<typeof destinations> {
  /** For the page: without keys, and addresses without their queries. */
  readonly list: Topic<DestinationView[]>
  readonly #targets: Topic<Target[]>
  readonly #options: DestinationsOptions
  /** What the secret store has of the addresses' queries, by destination id. */
  readonly #queries = new Map<string, string>()
  #changing: Promise<unknown> = Promise.resolve()

  private constructor(options: DestinationsOptions, targets: Target[]) {
    this.#options = options
    for (const { destination } of targets) this.#tellQuery(destination)
    this.#targets = new Topic(targets)
    this.list = new Topic(targets.map(viewOf))
  }

  static async open(options: DestinationsOptions): Promise<Destinations> {
    const opened = new Destinations(options, await readTargets(options, options.store.value))
    // Of a version that kept them in the file.
    if (options.store.value.some(({ address }) => partedAddress(address).query !== '')) await opened.#change(() => opened.#apply(opened.#targets.value))
    else for (const { destination: { id, address } } of opened.#targets.value) opened.#queries.set(id, partedAddress(address).query)
    return opened
  }

  /** For the broadcast: set anew whenever a destination or a key changes. */
  get targets(): Watchable<Target[]> {
    return this.#targets
  }

  save = (input: { destination: Destination; key?: string | undefined; passphrase?: string | undefined; query?: string | undefined; tokenSource?: TokenSource | null | undefined }): Promise<DestinationView> =>
    this.#change(async () => {
      const id = input.destination.id
      const plain = this.#targets.value.map(plainOf)
      const before = plain.find((each) => each.destination.id === id) ?? null
      if (!before && plain.length >= MAX_DESTINATIONS) throw new StudioError('input-invalid', `there are ${MAX_DESTINATIONS} destinations already`)
      const kept = before?.destination.kind === input.destination.kind ? before.destination.address : null
      const typed = { ...input.destination, address: wholeAddress(input.destination.address, input.query, kept) }
      const next = readDestination(typed, { key: input.key, passphrase: input.passphrase }, before)
      refuseDuplicate(next, plain.filter((each) => each.destination.id !== id))
      if (next.key !== (before?.key ?? '')) await this.#keepSecret(id, next.key)
      if (next.passphrase !== (before?.passphrase ?? '')) await this.#keepSecret(passphraseName(id), next.passphrase)
      this.#tellQuery(next.destination)
      const list = this.#targets.value
      const sourceBefore = list.find((each) => each.destination.id === id)?.tokenSource
      const typedSource = input.tokenSource ? new Secret(JSON.stringify(input.tokenSource)) : undefined
      const source = input.tokenSource === undefined && kept !== null ? sourceBefore : typedSource
      if (source !== sourceBefore) await this.#keepTokenSource(id, source)
      const target: Target = { destination: next.destination, key: new Secret(next.key), passphrase: new Secret(next.passphrase), ...(source && { tokenSource: source }) }
      await this.#apply(before ? list.map((each) => (each.destination.id === id ? target : each)) : [...list, target])
      return viewOf(target)
    })

  remove = (input: { destinationId: string }): Promise<void> =>
    this.#change(async () => {
      const removed = this.#find(input.destinationId)
      await this.#apply(this.#targets.value.filter((each) => each !== removed))
      await this.#keepSecret(input.destinationId, '')
      await this.#keepQuery(input.destinationId, '')
      if (!removed.passphrase.isEmpty) await this.#keepSecret(passphraseName(input.destinationId), '')
      if (removed.tokenSource) await this.#keepTokenSource(input.destinationId, undefined)
    })

  /** A token that was fetched takes the place of the kept one, for connections to come. Throws as `save`. */
  renewKey = (destinationId: string, key: string): Promise<Target> =>
    this.#change(async () => {
      const found = this.#find(destinationId)
      const next = readDestination(found.destination, { key }, plainOf(found))
      await this.#keepSecret(destinationId, next.key)
      const target: Target = { ...found, key: new Secret(next.key), renewed: true }
      await this.#apply(this.#targets.value.map((each) => (each === found ? target : each)))
      return target
    })

  setEnabled = (input: { destinationId: string; enabled: boolean }): Promise<void> =>
    this.#change(async () => {
      const found = this.#find(input.destinationId)
      const changed = { ...found, destination: { ...found.destination, enabled: input.enabled } }
      await this.#apply(this.#targets.value.map((each) => (each === found ? changed : each)))
    })

  /** Destinations that the list does not name keep their order, behind the others. */
  reorder = (input: { destinationIds: string[] }): Promise<void> =>
    this.#change(() => {
      const place = new Map(input.destinationIds.map((id, index) => [id, index]))
      const placeOf = (target: Target) => place.get(target.destination.id) ?? Number.MAX_SAFE_INTEGER
      return this.#apply(this.#targets.value.toSorted((a, b) => placeOf(a) - placeOf(b)))
    })

  revealKey = (input: { destinationId: string }): { key: string; passphrase: string; query: string; tokenSource?: TokenSource } => {
    const { destination: { address }, key, passphrase, tokenSource } = this.#find(input.destinationId)
    const source = tokenSource && readTokenSource(tokenSource.reveal())
    return { key: key.reveal(), passphrase: passphrase.reveal(), query: partedSecret(address).query, ...(source && { tokenSource: source }) }
  }

  /** Another list takes the place of this one, e.g. another profile's. The secrets of both stay in the secret store. */
  replaceAll = (next: readonly Destination[]): Promise<void> =>
    this.#change(async () => {
      const targets = await readTargets(this.#options, next)
      for (const { destination } of targets) this.#tellQuery(destination)
      await this.#apply(targets)
    })

  /** Resolves when nothing is being written any more. */
  async settled(): Promise<void> {
    await this.#changing
    await this.#options.store.settled()
  }

  #find(id: string): Target {
    const found = this.#targets.value.find((each) => each.destination.id === id)
    if (!found) throw new StudioError('not-found', 'this destination no longer exists')
    return found
  }

  /** Some services put the token into the address. */
  #tellQuery({ address }: Destination): void {
    if (!URL.canParse(address)) return
    for (const value of new URL(address).searchParams.values()) if (value.length >= SHORTEST_SECRET) this.#options.onSecret(value)
  }

  /** As with every setting: what cannot be kept is reported, and holds for as long as the studio runs. */
  async #keepSecret(name: string, value: string): Promise<void> {
    const { onSecret } = this.#options
    if (value !== '') for (const part of secretsOfToken(value)) onSecret(part)
    await this.#store(name, value)
  }

  async #keepTokenSource(destinationId: string, source: Secret | undefined): Promise<void> {
    const kept = source?.reveal() ?? ''
    for (const secret of secretsOfTokenSource(kept, SHORTEST_SECRET)) this.#options.onSecret(secret)
    await this.#store(tokenSourceName(destinationId), kept)
  }

  async #keepQuery(destinationId: string, query: string): Promise<void> {
    if (query === (this.#queries.get(destinationId) ?? '')) return
    this.#queries.set(destinationId, query)
    await this.#store(queryName(destinationId), query)
  }

  async #store(name: string, value: string): Promise<void> {
    const { secrets, onFailure } = this.#options
    await (value === '' ? secrets.delete(name) : secrets.set(name, value)).catch((failure: unknown) => onFailure(StudioError.from(failure)))
  }

  async #apply(targets: Target[]): Promise<void> {
    this.#targets.set(targets)
    this.list.set(targets.map(viewOf))
    // Before the file forgets them.
    for (const { destination: { id, address } } of targets) await this.#keepQuery(id, partedAddress(address).query)
    await this.#options.store.set(targets.map((each) => withoutQuery(each.destination)))
  }

  /** One change after the other: two windows may both be saving. */
  #change<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#changing.then(change)
    this.#changing = result.catch(() => {})
    return result
  }
}

/** Each destination with its secrets; those that cannot be read are reported, and empty. */
function readTargets({ secrets, onSecret, onFailure }: DestinationsOptions, list: readonly Destination[]): Promise<Target[]> {
  const read = async (name: string): Promise<Secret> => {
    const value = await secrets.get(name).catch((failure: unknown) => {
      onFailure(StudioError.from(failure))
      return null
    })
    if (value) for (const part of secretsOfToken(value)) onSecret(part)
    return new Secret(value ?? '')
  }
  const whole = async (each: Destination): Promise<Destination> => {
    return each.address.includes('?') || !each.address.includes('://') ? each : { ...each, address: each.address + ((await secrets.get(queryName(each.id)).catch(() => null)) ?? '') }
  }
  const source = async ({ id }: Destination): Promise<Pick<Target, 'tokenSource'>> => {
    const kept = await read(tokenSourceName(id))
    for (const secret of secretsOfTokenSource(kept.reveal(), SHORTEST_SECRET)) onSecret(secret)
    return kept.isEmpty ? {} : { tokenSource: kept }
  }
  return Promise.all(list.map(async (each): Promise<Target> => ({ destination: await whole(each), key: await read(each.id), passphrase: await read(passphraseName(each.id)), ...(await source(each)) })))
}

/** The file with the user's own destinations. */
export function openDestinationsFile(options: {
  dataDir: string
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  onFailure: (failure: StudioError) => void
}): Promise<JsonStore<Destination[]>> {
  const { dataDir, clock, onFailure } = options
  return JsonStore.open({
    path: join(dataDir, 'destinations.json'), version: 1, schema: z.array(destination).max(MAX_DESTINATIONS),
    initial: () => [REHEARSAL], clock, onFailure,
  })
}

/** As a file may have it: the secret store has what stood behind the `?` of the address. */
export const withoutQuery = (of: Destination): Destination => ({ ...of, address: partedAddress(of.address).place })
/** Under which names the secret store keeps what belongs to a destination. */
export const secretNames = (destinationId: string): string[] => [destinationId, passphraseName(destinationId), queryName(destinationId), tokenSourceName(destinationId)]
/** Under which name the secret store keeps the second secret of a destination. */
export const passphraseName = (destinationId: string): string => `${destinationId}.passphrase`
/** Under which name it keeps what stands behind the `?` of an address: some services put a token there. */
const queryName = (destinationId: string): string => `${destinationId}.query`
function viewOf({ destination, key, passphrase, tokenSource }: Target): DestinationView {
  const { place, query } = partedSecret(destination.address)
  return { ...destination, address: place, hasKey: !key.isEmpty, hasPassphrase: !passphrase.isEmpty, ...(query !== '' && { hasQuery: true }), ...(tokenSource && { renews: true }) }
}
const plainOf = ({ destination, key, passphrase }: Target): PlainTarget => ({ destination, key: key.reveal(), passphrase: passphrase.reveal() })
