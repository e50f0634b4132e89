import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { profiles as contract } from '@shared/contracts/profiles.ts'
import { newDestination, type Destination } from '@shared/domain/destination.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { Topic } from '../rpc/topic.ts'
import { Destinations, openDestinationsFile } from '../settings/destinations.ts'
import { memorySecrets } from '../settings/run-destinations.ts'
import { newShow } from '../shows/new-show.ts'
import { Profiles } from './profiles.ts'

let dataDir = ''
let failures: StudioError[] = []
const secrets = new Map<string, string>()
const show = new Topic<Show>(newShow('show', 'Show'))
let live = false
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'castwright-profiles-'))
  failures = []
  secrets.clear()
  show.set(newShow('show', 'Show'))
  live = false
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

let ids = 0
const clock = new FakeClock()
async function open(forgets = false): Promise<{ profiles: Profiles; destinations: Destinations }> {
  const onFailure = (failure: StudioError) => failures.push(failure)
  const store = memorySecrets(secrets)
  const destinations = await Destinations.open({ store: await openDestinationsFile({ dataDir, clock, onFailure }), secrets: store, onSecret: () => {}, onFailure })
  const profiles = await Profiles.open({ dataDir, forgets, clock, onFailure, destinations, secrets: store, showChanged: show, show: () => show.value, isLive: () => live, newId: () => `p${++ids}` })
  return { profiles, destinations }
}
const twitch: Destination = newDestination({ id: 'tw', name: 'Twitch', kind: 'rtmp', address: 'rtmp://live.example.com/app', enabled: true })
const names = (destinations: Destinations) => destinations.list.value.map(({ name }) => name)

describe('Profiles', () => {
  it('begins with one, which is what there is', async () => {
    const { profiles, destinations } = await open()
    await destinations.save({ destination: twitch, key: 'hush-hush' })
    expect(contract.topics.state.safeParse(profiles.state.value).success).toBe(true)
    expect(profiles.state.value.profiles).toMatchObject([{ id: profiles.state.value.activeId, name: '', encoding: show.value.encoding, destinationNames: ['Rehearsal', 'Twitch'] }])
  })

  it('switches there and back with everything, keys too, and remembers which is in use', async () => {
    const { profiles, destinations } = await open()
    const first = profiles.state.value.activeId
    await destinations.save({ destination: twitch, key: 'hush-hush' })
    const { profileId } = await profiles.create({ name: ' School ' })
    expect(names(destinations)).toEqual(['Rehearsal', 'Twitch'])
    await profiles.switchTo({ profileId })
    expect(names(destinations)).toEqual(['Rehearsal'])
    expect(secrets.get('tw')).toBe('hush-hush')
    await profiles.close()
    await destinations.settled()

    const again = await open()
    expect(again.profiles.state.value.activeId).toBe(profileId)
    expect(again.profiles.state.value.profiles.map(({ name, destinationNames }) => [name, destinationNames])).toEqual([['', ['Rehearsal', 'Twitch']], ['School', ['Rehearsal']]])
    await again.profiles.switchTo({ profileId: first })
    expect(names(again.destinations)).toEqual(['Rehearsal', 'Twitch'])
    expect(again.destinations.revealKey({ destinationId: 'tw' }).key).toBe('hush-hush')
  })

  it('leaves what stands behind the ? of an address to the secret store, and gives it back', async () => {
    const { profiles, destinations } = await open()
    const first = profiles.state.value.activeId
    await destinations.save({ destination: { ...twitch, kind: 'whip', address: 'https://h.example/whip?token=hush-hush-3' } })
    const { profileId: withKeys } = await profiles.duplicate({ profileId: first, name: 'Copy', withKeys: true })
    const { profileId: bare } = await profiles.duplicate({ profileId: first, name: 'Bare', withKeys: false })
    const addressIn = async (profileId: string): Promise<string | undefined> => {
      await profiles.switchTo({ profileId })
      return destinations.targets.value.map(({ destination }) => destination).find(({ kind }) => kind === 'whip')?.address
    }
    expect(await addressIn(withKeys)).toBe('https://h.example/whip?token=hush-hush-3')
    expect(await addressIn(bare)).toBe('https://h.example/whip')
    expect(await addressIn(first)).toBe('https://h.example/whip?token=hush-hush-3')
    await profiles.remove({ profileId: withKeys })
    await profiles.close()
    await destinations.settled()
    expect([...secrets.values()]).toEqual(['?token=hush-hush-3'])
    for (const name of ['profiles.json', 'destinations.json']) expect(await readFile(join(dataDir, name), 'utf8')).not.toContain('hush')
  })

  it('does not switch while live', async () => {
    const { profiles, destinations } = await open()
    const { profileId } = await profiles.create({ name: 'School' })
    await destinations.save({ destination: twitch })
    live = true
    await expect(profiles.switchTo({ profileId })).rejects.toMatchObject({ reason: 'not-while-live' })
    expect(names(destinations)).toEqual(['Rehearsal', 'Twitch'])
    await expect(profiles.switchTo({ profileId: profiles.state.value.activeId })).resolves.toMatchObject({ encoding: show.value.encoding })
    await expect(profiles.switchTo({ profileId: 'none' })).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('goes on with a switch that was broken off between its two files', async () => {
    const { profiles, destinations } = await open()
    const { profileId } = await profiles.duplicate({ profileId: profiles.state.value.activeId, name: 'Other', withKeys: false })
    await destinations.save({ destination: twitch })
    await profiles.close()
    await destinations.settled()
    const path = join(dataDir, 'profiles.json')
    const file = JSON.parse(await readFile(path, 'utf8')) as { data: { activeId: string; arriving: boolean } }
    await writeFile(path, JSON.stringify({ ...file, data: { ...file.data, activeId: profileId, arriving: true } }))
    const again = await open()
    expect(names(again.destinations)).toEqual(['Rehearsal'])
    expect(again.profiles.state.value).toMatchObject({ activeId: profileId })
  })

  it('has the encoding that was last set while it was in use; another show that is opened sets none', async () => {
    const { profiles } = await open()
    const first = profiles.state.value.activeId
    const encodingOf = (id: string) => profiles.state.value.profiles.find((each) => each.id === id)?.encoding
    const before = show.value.encoding
    show.set({ ...show.value, encoding: { ...before, videoKbps: 4000 } })
    expect(encodingOf(first)?.videoKbps).toBe(4000)
    show.set({ ...newShow('other', 'Other'), encoding: { ...before, videoKbps: 900 } })
    expect(encodingOf(first)?.videoKbps).toBe(4000)
    show.set({ ...show.value, encoding: { ...before, videoKbps: 950 } })
    expect(encodingOf(first)?.videoKbps).toBe(950)
    const { profileId } = await profiles.create({ name: 'Second' })
    await profiles.switchTo({ profileId })
    show.set({ ...show.value, encoding: { ...before, videoKbps: 1234 } })
    expect([encodingOf(first)?.videoKbps, encodingOf(profileId)?.videoKbps]).toEqual([950, 1234])
    expect((await profiles.switchTo({ profileId: first })).encoding.videoKbps).toBe(950)
  })

  it('is copied with its keys or without, and takes only its own keys with it when it goes', async () => {
    const { profiles, destinations } = await open()
    const active = profiles.state.value.activeId
    await destinations.save({ destination: twitch, key: 'hush-hush' })
    const bare = await profiles.duplicate({ profileId: active, name: 'Bare', withKeys: false })
    const whole = await profiles.duplicate({ profileId: active, name: 'Whole', withKeys: true })
    expect([...secrets.values()]).toEqual(['hush-hush', 'hush-hush'])
    await profiles.switchTo(bare)
    expect(destinations.list.value.find(({ name }) => name === 'Twitch')).toMatchObject({ hasKey: false, enabled: false })
    await profiles.switchTo(whole)
    expect(destinations.list.value.find(({ name }) => name === 'Twitch')).toMatchObject({ hasKey: true, enabled: true })
    await expect(profiles.remove(whole)).rejects.toMatchObject({ reason: 'profile-in-use' })
    await profiles.switchTo({ profileId: active })
    await profiles.remove(whole)
    expect([...secrets]).toEqual([['tw', 'hush-hush']])
    expect(profiles.state.value.profiles.map(({ name }) => name)).toEqual(['', 'Bare'])
    await profiles.rename({ profileId: bare.profileId, name: 'Renamed' })
    expect(profiles.state.value.profiles[1]?.name).toBe('Renamed')
  })

  it('goes to a file without anything secret, and comes back switched off', async () => {
    const { profiles, destinations } = await open()
    await destinations.save({ destination: { ...twitch, kind: 'whip', address: 'https://live.example.com/whip?token=hush-in-query' }, key: 'hush-hush' })
    await profiles.rename({ profileId: profiles.state.value.activeId, name: 'My school' })
    const { fileName, text } = profiles.exportText({ profileId: profiles.state.value.activeId })
    expect(fileName).toBe('My school.castwright-profile.json')
    expect(text).not.toContain('hush')
    const made = await profiles.importText({ text })
    await profiles.switchTo(made)
    expect(destinations.list.value).toMatchObject([{ id: 'rehearsal', enabled: true }, { name: 'Twitch', address: 'https://live.example.com/whip', enabled: false, hasKey: false }])
    expect(destinations.list.value[1]?.id).not.toBe('tw')
  })

  it.each(['', 'x', '[]', '{"castwright":"show"}', '{"castwright":"profile","version":2}', '['.repeat(100_000)])('takes no file that is none: %.20s', async (text) => {
    const { profiles } = await open()
    await expect(profiles.importText({ text })).rejects.toMatchObject({ reason: 'profile-broken' })
    expect(profiles.state.value.profiles).toHaveLength(1)
  })

  it('leaves the user’s profiles alone when the destinations come from the command line', async () => {
    const own = await open()
    await own.profiles.create({ name: 'Mine' })
    await own.profiles.close()
    const run = await open(true)
    await run.profiles.rename({ profileId: run.profiles.state.value.activeId, name: 'For a run' })
    await run.profiles.close()
    expect((await open()).profiles.state.value.profiles.map(({ name }) => name)).toEqual(['', 'Mine'])
    expect(failures).toEqual([])
  })
})
