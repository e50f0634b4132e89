import { computed, reactive, ref } from 'vue'
import { partedSecret } from '@shared/domain/addresses/address-query.ts'
import { understandPaste } from '@shared/domain/addresses/paste/understand-paste.ts'
import type { TokenFacts } from '@shared/contracts/addresses.ts'
import type { PastedPlace } from '@shared/domain/addresses/paste/paste-result.ts'
import type { TokenSource } from '@shared/domain/addresses/token-source.ts'
import type { PlatformId } from '@shared/domain/addresses/platform-ids.ts'
import { platformOf, platformOfDestination, PLATFORMS } from '@shared/domain/addresses/platforms.ts'
import { newDestination } from '@shared/domain/destination.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { readIceServers } from '@shared/domain/ice-server-address.ts'
import { useClock } from '../base/given.ts'
import { useDestinationsStore } from '../stores/destinations-store.ts'
import { fieldOf, fieldsOf, problemOf } from './destination-fields.ts'
import type { DestinationFields, FieldProblem } from './destination-fields.ts'

export type DestinationForm = ReturnType<typeof useDestinationForm>

/** One destination while it is typed. Secrets stay in the form and leave it only with `save`. */
export function useDestinationForm(before: DestinationView | null) {
  const store = useDestinationsStore()
  const clock = useClock()
  const fields = reactive(fieldsOf(before))
  const platform = ref<PlatformId>(before ? platformOfDestination(before) : 'custom')
  const keyTouched = ref(false)
  const passphraseTouched = ref(false)
  const queryTouched = ref(false)
  /** Where fresh tokens are to come from: null = nowhere, undefined = as it was. */
  const tokenSource = ref<TokenSource | null | undefined>()
  /** The kept one, once it was asked for. */
  const keptTokenSource = ref<TokenSource | null>(null)
  const problem = ref<FieldProblem | null>(null)
  const saving = ref(false)
  const sameKind = computed(() => before?.kind === fields.kind)
  const hasKey = computed(() => (keyTouched.value ? fields.key !== '' : sameKind.value && (before?.hasKey ?? false)))
  const hasPassphrase = computed(() => (passphraseTouched.value ? fields.passphrase !== '' : sameKind.value && (before?.hasPassphrase ?? false)))
  /** The saved address, but for what was typed behind its `?`: with another place its query is of no use. */
  const samePlace = computed(() => sameKind.value && fields.address.trim() === before?.address)
  const hasQuery = computed(() => (queryTouched.value ? fields.query !== '' : samePlace.value && (before?.hasQuery ?? false)))
  const renews = computed(() => (tokenSource.value === undefined ? sameKind.value && (before?.renews ?? false) : tokenSource.value !== null))
  const secure = computed(() => /^\s*(rtmps|https):/i.test(fields.address))

  function setKey(key: string): void {
    fields.key = key
    keyTouched.value = true
  }

  function setPassphrase(passphrase: string): void {
    fields.passphrase = passphrase
    passphraseTouched.value = true
  }

  function setQuery(query: string): void {
    fields.query = query
    queryTouched.value = true
  }

  /** What stands behind the `?` of an address goes to its own, hidden field. SRT has fields for each part of it. */
  function setAddress(address: string): void {
    const { place, query } = fields.kind === 'srt' ? { place: address, query: '' } : partedSecret(address)
    fields.address = place
    if (query !== '') setQuery(query === '?' ? '' : query)
  }

  /** Another kind has other secrets: what was typed for the old one goes. */
  function setKind(kind: DestinationFields['kind']): void {
    if (kind === fields.kind) return
    Object.assign(fields, { kind, key: '', passphrase: '', query: '' })
    keyTouched.value = false
    passphraseTouched.value = false
    queryTouched.value = false
    tokenSource.value = undefined
    problem.value = null
  }

  function setPlatform(id: PlatformId): void {
    const { kind, servers } = PLATFORMS[id]
    platform.value = id
    if (id === 'custom') return
    // Where every customer has an address of their own, it may be there already.
    const mayBeTheirs = servers.length === 0 && kind === fields.kind && platformOf(fields.address) === 'custom'
    setKind(kind)
    if (platformOf(fields.address) !== id && !mayBeTheirs) fields.address = servers[0]?.address ?? ''
    problem.value = null
  }

  /** Everything that a pasted text said goes into its fields; what it did not say stays. */
  function take(place: PastedPlace): void {
    setKind(place.kind)
    fields.query = ''
    queryTouched.value = false
    setAddress(place.address)
    if (place.key !== '') setKey(place.key)
    if (place.passphrase !== '') setPassphrase(place.passphrase)
    Object.assign(fields.srt, place.srt)
    platform.value = platformOfDestination({ ...place, platform: platform.value })
    problem.value = null
  }

  /** A text pasted into one field: taken only when it says more than that field. False when it is left to the field. */
  function takePasted(text: string): boolean {
    const result = understandPaste(text)
    if (!result.ok || (result.key === '' && result.passphrase === '' && result.kind === fields.kind)) return false
    take(result)
    return true
  }

  /** The token says of itself that it is for a room: whoever pasted it need not choose the platform as well. */
  function recogniseToken(kind: TokenFacts['kind']): void {
    if (fields.kind === 'whip' && platform.value === 'custom' && (kind === 'usersig' || kind === 'private-map-key')) platform.value = 'trtc-whip'
  }

  /** Only what nobody could tell by the address. */
  const rememberedPlatform = (): PlatformId | undefined => (platform.value !== 'custom' && platformOf(fields.address) === 'custom' ? platform.value : undefined)

  /** True when it was kept; otherwise `problem` says which field is wrong. */
  async function save(): Promise<boolean> {
    setAddress(fields.address)
    problem.value = problemOf(fields, hasKey.value, hasPassphrase.value, samePlace.value && !queryTouched.value && !keyTouched.value)
    if (problem.value || saving.value) return false
    saving.value = true
    try {
      const { key, passphrase, query, ...typed } = fields
      const destination = newDestination({ ...before, ...typed, id: before?.id ?? clock.newId(), enabled: before?.enabled ?? true, name: typed.name.trim(), platform: rememberedPlatform(), address: typed.address.trim(), whip: { ...typed.whip, iceServers: typed.kind === 'whip' ? readIceServers(typed.whip.iceServers) : [] } })
      await store.save(destination, { key: keyTouched.value ? key.trim() : undefined, passphrase: passphraseTouched.value ? passphrase : undefined, query: queryTouched.value ? query : undefined, tokenSource: tokenSource.value })
      return true
    } catch (thrown) {
      const { reason, evidence } = StudioError.from(thrown)
      problem.value = { field: fieldOf(reason, evidence), reason, evidence }
      return false
    } finally {
      saving.value = false
    }
  }

  /** Brings kept secrets into the form, to be looked at or changed. */
  async function reveal(): Promise<void> {
    if (!before || !sameKind.value) return
    const kept = await store.reveal(before.id)
    if (kept && !keyTouched.value) fields.key = kept.key
    if (kept && !passphraseTouched.value) fields.passphrase = kept.passphrase
    if (kept && !queryTouched.value && samePlace.value) fields.query = kept.query
    keptTokenSource.value = kept?.tokenSource ?? null
  }

  return { before, fields, platform, problem, saving, secure, hasKey, hasPassphrase, hasQuery, keyTouched, queryTouched, tokenSource, keptTokenSource, renews, setAddress, setQuery, passphraseTouched, setKey, setPassphrase, setKind, setPlatform, recogniseToken, take, takePasted, save, reveal }
}
