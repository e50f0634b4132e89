import type { profiles } from '@shared/contracts/profiles.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { MAX_PROFILES, type Profile, type ProfilesState } from '@shared/domain/profile.ts'
import type { Show } from '@shared/domain/show.ts'
import type { JsonStore } from '../base/json-store.ts'
import type { SecretStore } from '../host/host.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import { REHEARSAL, secretNames, withoutQuery, type Destinations } from '../settings/destinations.ts'
import { showFileName } from '../shows/show-text.ts'
import { profileText, readProfile } from './profile-file.ts'
import { openProfilesFile, type KeptProfiles, type ProfilesFileOptions } from './profiles-file.ts'

export interface ProfilesOptions extends Omit<ProfilesFileOptions, 'encoding'> {
  destinations: Pick<Destinations, 'list' | 'replaceAll'>
  secrets: Pick<SecretStore, 'get' | 'set' | 'delete'>
  showChanged: Watchable<unknown>
  show: () => Show
  isLive: () => boolean
}

/**
 * Serves the `profiles` contract. The destinations of the profile in use are the studio's own list and are taken from there;
 * its encoding is what was last set in any show while it was in use (docs/decisions/0009-profiles.md).
 */
export class Profiles implements Handlers<typeof profiles> {
  readonly state: Topic<ProfilesState>
  readonly #options: ProfilesOptions
  readonly #store: JsonStore<KeptProfiles>
  #changing: Promise<unknown> = Promise.resolve()
  #seen: { showId: string; encoding: Encoding }
  readonly #unwatch: (() => void)[]

  private constructor(options: ProfilesOptions, store: JsonStore<KeptProfiles>) {
    this.#options = options
    this.#store = store
    this.state = new Topic(this.#view())
    this.#seen = this.#shown()
    this.#unwatch = [options.destinations.list.watch(() => this.#publish()), options.showChanged.watch(() => this.#followShow())]
  }

  static async open(options: ProfilesOptions): Promise<Profiles> {
    const store = await openProfilesFile({ ...options, encoding: options.show().encoding })
    const { destinations } = options
    const opened = new Profiles(options, store)
    if (store.value.arriving) {
      await destinations.replaceAll(opened.#find(store.value.activeId).destinations)
      await opened.#keep({ ...store.value, arriving: false })
    }
    return opened
  }

  create = ({ name }: { name: string }): Promise<{ profileId: string }> => this.#change(() => this.#add(name, this.#options.show().encoding, [REHEARSAL]))

  duplicate = ({ profileId, name, withKeys }: { profileId: string; name: string; withKeys: boolean }): Promise<{ profileId: string }> =>
    this.#change(async () => {
      const { secrets, newId } = this.#options
      const { encoding, destinations } = this.#find(profileId)
      const copies: Destination[] = []
      for (const each of destinations) {
        if (each.kind === 'rehearsal') {
          copies.push(each)
          continue
        }
        const id = newId()
        if (withKeys) {
          const to = secretNames(id)
          for (const [index, from] of secretNames(each.id).entries()) {
            const secret = await secrets.get(from)
            if (secret) await secrets.set(to[index] ?? id, secret)
          }
        }
        copies.push({ ...each, id, enabled: withKeys && each.enabled })
      }
      return this.#add(name, encoding, copies)
    })

  rename = ({ profileId, name }: { profileId: string; name: string }): Promise<void> =>
    this.#change(async () => {
      this.#find(profileId)
      await this.#keep({ ...this.#value, profiles: this.#value.profiles.map((each) => (each.id === profileId ? { ...each, name: name.trim() } : each)) })
    })

  remove = ({ profileId }: { profileId: string }): Promise<void> =>
    this.#change(async () => {
      const { destinations } = this.#find(profileId)
      if (profileId === this.#value.activeId) throw new StudioError('profile-in-use')
      await this.#keep({ ...this.#value, profiles: this.#value.profiles.filter(({ id }) => id !== profileId) })
      for (const { id, kind } of destinations) if (kind !== 'rehearsal') for (const name of secretNames(id)) await this.#options.secrets.delete(name)
    })

  switchTo = ({ profileId }: { profileId: string }): Promise<{ encoding: Encoding }> =>
    this.#change(async () => {
      const next = this.#find(profileId)
      if (profileId === this.#value.activeId) return { encoding: next.encoding }
      if (this.#options.isLive()) throw new StudioError('not-while-live')
      const left = this.#find(this.#value.activeId)
      const profiles = this.#value.profiles.map((each) => (each.id === left.id ? left : each))
      await this.#keep({ activeId: profileId, arriving: true, profiles })
      await this.#options.destinations.replaceAll(next.destinations)
      await this.#keep({ ...this.#value, arriving: false })
      return { encoding: next.encoding }
    })

  exportText = ({ profileId }: { profileId: string }): { fileName: string; text: string } => {
    const found = this.#find(profileId)
    return { fileName: showFileName(found.name || 'profile', '.castwright-profile.json'), text: profileText(found) }
  }

  importText = ({ text }: { text: string }): Promise<{ profileId: string }> =>
    this.#change(async () => {
      const { name, encoding, destinations } = readProfile(text)
      const fresh = destinations.map((each) => (each.kind === 'rehearsal' ? REHEARSAL : { ...each, id: this.#options.newId(), enabled: false }))
      // There is one rehearsal.
      return this.#add(name, encoding, fresh.filter((each, index) => each !== REHEARSAL || fresh.indexOf(REHEARSAL) === index))
    })

  /** Resolves when nothing is being written any more. */
  async close(): Promise<void> {
    for (const stop of this.#unwatch.splice(0)) stop()
    await this.#changing
    await this.#store.settled()
  }

  async #add(name: string, encoding: Encoding, destinations: Destination[]): Promise<{ profileId: string }> {
    const { profiles } = this.#value
    if (profiles.length >= MAX_PROFILES) throw new StudioError('input-invalid', `there are ${MAX_PROFILES} profiles already`)
    const profileId = this.#options.newId()
    await this.#keep({ ...this.#value, profiles: [...profiles, { id: profileId, name: name.trim(), encoding, destinations }] })
    return { profileId }
  }

  /** The one in use with the destinations as they are now. */
  #find(profileId: string): Profile {
    const found = this.#value.profiles.find(({ id }) => id === profileId)
    if (!found) throw new StudioError('not-found', 'this profile no longer exists')
    if (profileId !== this.#value.activeId || this.#value.arriving) return found
    return { ...found, destinations: this.#options.destinations.list.value.map(({ hasKey: _key, hasPassphrase: _passphrase, hasQuery: _query, renews: _renews, ...each }) => each) }
  }

  get #value(): KeptProfiles {
    return this.#store.value
  }

  /** Another encoding of the same show was set by the user; another show has an encoding of its own, and says nothing. */
  #followShow(): void {
    const now = this.#shown()
    const before = this.#seen
    this.#seen = now
    if (now.showId !== before.showId || same(now.encoding, before.encoding)) return
    const { profiles, activeId } = this.#value
    if (profiles.some((each) => each.id === activeId && same(each.encoding, now.encoding))) return
    void this.#keep({ ...this.#value, profiles: profiles.map((each) => (each.id === activeId ? { ...each, encoding: now.encoding } : each)) })
  }

  #shown(): { showId: string; encoding: Encoding } {
    const { id, encoding } = this.#options.show()
    return { showId: id, encoding }
  }

  async #keep(value: KeptProfiles): Promise<void> {
    const profiles = value.profiles.map((each) => ({ ...each, destinations: each.destinations.map(withoutQuery) }))
    const written = this.#store.set({ ...value, profiles })
    this.#publish()
    await written
  }

  #publish(): void {
    this.state.set(this.#view())
  }

  #view(): ProfilesState {
    const { activeId, profiles } = this.#value
    return { activeId, profiles: profiles.map(({ id }) => this.#find(id)).map(({ id, name, encoding, destinations }) => ({ id, name, encoding, destinationNames: destinations.map((each) => each.name) })) }
  }

  #change<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#changing.then(change)
    this.#changing = result.catch(() => {})
    return result
  }
}

const same = (a: Encoding, b: Encoding): boolean => JSON.stringify(a) === JSON.stringify(b)
