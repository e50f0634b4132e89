import type { addresses, DestinationFacts } from '@shared/contracts/addresses.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { signStreamName } from '@shared/domain/addresses/push-signature.ts'
import { defaultPlaybackDomain, playbackAddresses, streamName } from '@shared/domain/addresses/stream-name.ts'
import type { CarriedSources } from '@shared/domain/carried-sources.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { Clock } from '../base/clock.ts'
import type { SecretStore } from '../host/host.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import { hashHex, md5Hex } from './digests.ts'
import { makeToken } from './make-token.ts'
import { readToken } from './room-token.ts'
import { factsOf, type FactsTarget, refuseUnusable } from './target-facts.ts'
import { fetchToken } from './token-address.ts'
import { twitchServers } from './twitch-ingests.ts'

export interface AddressesParts {
  targets: Watchable<readonly FactsTarget[]>
  /** What a destination with this content gets of the show as it is now. */
  carried(content: ProgramContent): CarriedSources
  secrets: Pick<SecretStore, 'get' | 'set' | 'delete'>
  onSecret: (value: string) => void
  onFailure: (failure: StudioError) => void
  clock: Clock
}

interface SigningKey {
  keptAs: string
  key?: string | undefined
  keep: boolean
}

/** Serves the `addresses` contract: signs, makes and reads tokens, knows playback addresses and platforms' servers. */
export class Addresses {
  readonly #facts = new Topic<DestinationFacts[]>([])
  readonly #unwatch: () => void

  constructor(private readonly parts: AddressesParts) {
    this.#unwatch = parts.targets.watch(() => this.refresh())
  }

  /** What is known of every destination without showing its secrets. */
  get facts(): Watchable<DestinationFacts[]> {
    return this.#facts
  }

  close(): void {
    this.#unwatch()
  }

  /** The show has changed. */
  refresh(): void {
    // What is fetched anew before it connects need not be warned about.
    const next = this.parts.targets.value.map((target) => ({ ...this.#factsOf(target), ...(target.tokenSource && { expiresAtMs: null }) }))
    if (JSON.stringify(next) !== JSON.stringify(this.#facts.value)) this.#facts.set(next)
  }

  /** Throws `token-expired` or `right-missing` for what a server would refuse; asked before each connection. */
  check(target: FactsTarget): void {
    refuseUnusable(this.#factsOf(target), this.parts.clock.now())
  }

  #factsOf(target: FactsTarget): DestinationFacts {
    return factsOf(target, this.parts.carried(target.destination.content))
  }

  readonly handlers: Handlers<typeof addresses> = {
    platformServers: () => twitchServers(this.parts.clock),

    playback: ({ stream, domain, application, secure }) => {
      const name = 'name' in stream ? stream.name : streamName(stream, md5Hex)
      const host = domain || ('bizId' in stream ? defaultPlaybackDomain(stream.bizId) : '')
      if (host === '') throw new StudioError('input-invalid', 'the playback domain is missing')
      return { name, ...playbackAddresses({ domain: host, name, application, secure }) }
    },

    signPush: async ({ streamName: name, signing, expiresAtMs, algorithm }) => {
      if (/[?&#\s]/.test(name)) throw new StudioError('input-invalid', 'the stream name has a sign that is not allowed')
      const key = await this.#signingKey(signing)
      const streamKey = signStreamName(name, key, expiresAtMs, (text) => hashHex(algorithm, text))
      this.parts.onSecret(streamKey)
      return { streamKey }
    },

    makeToken: async ({ signing, ...wish }) => {
      const made = makeToken({ ...wish, secretKey: await this.#signingKey(signing) })
      for (const each of [made.userSig, made.privateMapKey]) if (each !== '') this.parts.onSecret(each)
      const facts = readToken(made.privateMapKey || made.userSig)
      if (!facts) throw new StudioError('unexpected', 'the token that was made cannot be read')
      return { ...made, facts }
    },

    fetchToken: async (request) => {
      if (request.bearer !== '') this.parts.onSecret(request.bearer)
      const found = await fetchToken(request, this.parts.clock)
      for (const each of [found.userSig, found.privateMapKey, found.token, found.streamKey]) if (each !== '') this.parts.onSecret(each)
      return { ...found, facts: readToken(found.privateMapKey || found.userSig || found.token) }
    },

    inspectToken: ({ token }) => readToken(token),

    isKept: async ({ keptAs }) => (await this.#kept(keptAs)) !== null,
  }

  async #signingKey({ keptAs, key, keep }: SigningKey): Promise<string> {
    const used = key?.trim() || (await this.#kept(keptAs))
    if (!used) throw new StudioError('input-invalid', 'the signing key is missing')
    this.parts.onSecret(used)
    const { secrets, onFailure } = this.parts
    const failed = (failure: unknown) => onFailure(StudioError.from(failure))
    if (!keep) await secrets.delete(secretName(keptAs)).catch(failed)
    else if (key?.trim()) await secrets.set(secretName(keptAs), used).catch(failed)
    return used
  }

  #kept(keptAs: string): Promise<string | null> {
    return this.parts.secrets.get(secretName(keptAs)).catch((failure: unknown) => {
      this.parts.onFailure(StudioError.from(failure))
      return null
    })
  }
}

const secretName = (keptAs: string): string => `signing.${keptAs}`
