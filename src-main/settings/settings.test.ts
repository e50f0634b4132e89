import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newDestination, type Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { silentLogger } from '../base/logger.ts'
import { Destinations, openDestinationsFile, REHEARSAL } from './destinations.ts'
import { Notices } from './notices.ts'
import { PreferencesStore } from './preferences.ts'
import { memorySecrets, runDestinations } from './run-destinations.ts'

const failures: StudioError[] = []
const onFailure = (failure: StudioError) => void failures.push(failure)
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-settings-'))
  failures.length = 0
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const rtmp = (id: string, address: string, more: Partial<Destination> = {}): Destination => ({ ...REHEARSAL, id, name: id, kind: 'rtmp', address, ...more })

async function openDestinations(stored: Destination[] = [REHEARSAL]) {
  const secrets = memorySecrets()
  const told: string[] = []
  const store = JsonStore.inMemory(stored)
  const open = () => Destinations.open({ store, secrets, onSecret: (value) => told.push(value), onFailure })
  return { destinations: await open(), reopen: open, secrets, told, store }
}

describe('Destinations', () => {
  it('has the rehearsal ready from the first start', async () => {
    const store = await openDestinationsFile({ dataDir: folder, clock: new FakeClock(), onFailure })
    const opened = await Destinations.open({ store, secrets: memorySecrets(), onSecret() {}, onFailure })
    expect(opened.list.value).toEqual([{ ...REHEARSAL, hasKey: false, hasPassphrase: false }])
  })

  it('parts a pasted address: the key goes to the secret store, never to the file or the page', async () => {
    const secrets = memorySecrets()
    const store = await openDestinationsFile({ dataDir: folder, clock: new FakeClock(), onFailure })
    const told: string[] = []
    const opened = await Destinations.open({ store, secrets, onSecret: (value) => told.push(value), onFailure })
    const view = await opened.save({ destination: rtmp('a', ' rtmp://Example.org/live/abcd-1234?sign=xyz \n') })
    expect(view).toMatchObject({ address: 'rtmp://Example.org/live', hasKey: true })
    expect(await secrets.get('a')).toBe('abcd-1234?sign=xyz')
    expect(told).toEqual(['abcd-1234?sign=xyz'])
    const seen = (await readFile(join(folder, 'destinations.json'), 'utf8')) + JSON.stringify(opened.list.value) + JSON.stringify(opened.targets.value)
    expect(seen).not.toMatch(/abcd-1234|xyz/)
    expect(opened.revealKey({ destinationId: 'a' })).toEqual({ key: 'abcd-1234?sign=xyz', passphrase: '', query: '' })
  })

  it.each<[string, { address: string; key?: string }, { address: string; key: string }]>([
    ['an untouched key stays', { address: 'rtmp://h/app/inst' }, { address: 'rtmp://h/app/inst', key: 'k1' }],
    ['only another server', { address: 'rtmps://other/app/inst' }, { address: 'rtmps://other/app/inst', key: 'k1' }],
    ['a whole new address', { address: 'rtmp://h/live/k2' }, { address: 'rtmp://h/live', key: 'k2' }],
    ['another application', { address: 'rtmp://h/live' }, { address: 'rtmp://h/live', key: 'k1' }],
    ['a new key', { address: 'rtmp://h/app/inst', key: ' k3 ' }, { address: 'rtmp://h/app/inst', key: 'k3' }],
    ['the key in both fields', { address: 'rtmp://h/app/k4', key: 'k4' }, { address: 'rtmp://h/app', key: 'k4' }],
    ['the key emptied', { address: 'rtmp://h/app', key: '' }, { address: 'rtmp://h/app', key: '' }],
  ])('changing a destination: %s', async (_what, typed, expected) => {
    const { destinations, secrets, reopen } = await openDestinations()
    await destinations.save({ destination: rtmp('a', 'rtmp://h/app/inst'), key: 'k1' })
    await destinations.save({ destination: rtmp('a', typed.address), key: typed.key })
    const again = (await reopen()).targets.value.find((each) => each.destination.id === 'a')
    expect({ address: again?.destination.address, key: again?.key.reveal() }).toEqual(expected)
    expect(await secrets.get('a')).toBe(expected.key || null)
  })

  it.each([
    ['rtmp://exa mple.org/live/k', 'address-invalid'],
    ['rtmp://example.org/live/k\nk2', 'address-invalid'],
    ['gopher://example.org/live/k', 'address-scheme-unknown'],
    ['example.org', 'address-scheme-unknown'],
    [`rtmp://example.org/live/${'x'.repeat(10_000)}`, 'address-invalid'],
    ['', 'address-invalid'],
  ])('refuses %j and changes nothing', async (address, reason) => {
    const { destinations, secrets } = await openDestinations()
    const before = destinations.list.value
    await expect(destinations.save({ destination: rtmp('a', address) })).rejects.toMatchObject({ reason })
    expect(destinations.list.value).toBe(before)
    expect(await secrets.get('a')).toBeNull()
  })

  it('refuses a second destination with the same place, and says which one is the first', async () => {
    const { destinations } = await openDestinations()
    await destinations.save({ destination: rtmp('a', 'rtmp://h/live', { name: 'First' }), key: 'k' })
    await expect(destinations.save({ destination: rtmp('b', 'rtmp://H:1935/live/k') })).rejects.toMatchObject({ reason: 'address-duplicate', evidence: 'First' })
    await expect(destinations.save({ destination: rtmp('b', 'rtmp://h/live/k2') })).resolves.toBeDefined()
    const hls = (id: string) => newDestination({ id, name: id, kind: 'hls', address: 'https://h/live/a.m3u8', enabled: true })
    await destinations.save({ destination: hls('c'), key: 'one-token' })
    await expect(destinations.save({ destination: hls('d'), key: 'another' })).rejects.toMatchObject({ reason: 'address-duplicate' })
    await expect(destinations.save({ destination: { ...REHEARSAL, id: 'second' } })).rejects.toMatchObject({ reason: 'address-duplicate' })
  })

  it('refuses what is not a certificate, above all a private key', async () => {
    const { destinations } = await openDestinations()
    for (const certificateAuthority of ['hello', '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----', '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----']) {
      await expect(destinations.save({ destination: rtmp('a', 'rtmps://h/live/k', { certificateAuthority }) })).rejects.toMatchObject({ reason: 'input-invalid' })
    }
  })

  it('tells the token in an address before it is used, so that nothing ever prints it', async () => {
    const { destinations: opened, told } = await openDestinations([{ ...REHEARSAL, id: 'w', kind: 'whip', address: 'https://a.example/whip?token=saved-token-1&x=1' }])
    expect(told).toEqual(['saved-token-1'])
    await opened.save({ destination: { ...REHEARSAL, id: 'v', kind: 'whip', address: 'https://b.example/whip?token=typed-token-2' } })
    expect(told).toEqual(['saved-token-1', 'typed-token-2'])
  })

  it('keeps what stands behind the ? of an address in the secret store, and gives it back at the next start', async () => {
    const { destinations, reopen, secrets, store } = await openDestinations()
    const whip = (address: string) => newDestination({ id: 'w', name: 'w', kind: 'whip', address, enabled: true })
    await destinations.save({ destination: whip('https://h/whip/a?token=hush-hush-1') })
    await destinations.save({ destination: rtmp('b', 'rtmps://b.example/live2?backup=1'), key: 'k' })
    await destinations.save({ destination: newDestination({ id: 'f', name: 'f', kind: 'hls', address: '/tmp/what?/now', enabled: true }) })
    const addresses = ['', 'https://h/whip/a?token=hush-hush-1', 'rtmps://b.example/live2?backup=1', '/tmp/what?/now']
    expect(store.value.map(({ address }) => address)).toEqual(['', 'https://h/whip/a', 'rtmps://b.example/live2', '/tmp/what?/now'])
    expect(await secrets.get('w.query')).toBe('?token=hush-hush-1')
    const again = await reopen()
    expect(again.targets.value.map(({ destination }) => destination.address)).toEqual(addresses)
    expect(again.list.value.map(({ address, hasQuery }) => `${address} ${hasQuery ?? false}`)).toEqual([' false', 'https://h/whip/a true', 'rtmps://b.example/live2 true', '/tmp/what?/now false'])
    expect(again.revealKey({ destinationId: 'w' }).query).toBe('?token=hush-hush-1')
    await again.save({ destination: { ...whip('https://h/whip/a'), name: 'another name' } })
    await again.save({ destination: rtmp('b', 'rtmps://b.example/live2', { name: 'b2' }) })
    expect(again.targets.value.map(({ destination }) => destination.address)).toEqual(addresses)
    await again.save({ destination: whip('https://elsewhere/whip/a') })
    expect(again.targets.value.map(({ destination }) => destination.address)).toContain('https://elsewhere/whip/a')
    await again.save({ destination: whip('https://h/whip/a'), query: 'token=hush-hush-2' })
    expect(await secrets.get('w.query')).toBe('?token=hush-hush-2')
    await again.save({ destination: whip('https://h/whip/a'), query: '' })
    expect(await secrets.get('w.query')).toBeNull()
    await again.remove({ destinationId: 'b' })
    expect(await secrets.get('b.query')).toBeNull()
    expect((await reopen()).targets.value.map(({ destination }) => destination.address)).toEqual(['', 'https://h/whip/a', '/tmp/what?/now'])
  })

  it('takes queries out of a file that still has them', async () => {
    const { destinations, secrets, store } = await openDestinations([newDestination({ id: 'w', name: 'w', kind: 'whip', address: 'https://h/whip?token=hush-hush-2', enabled: true })])
    expect(store.value[0]?.address).toBe('https://h/whip')
    expect(await secrets.get('w.query')).toBe('?token=hush-hush-2')
    expect(destinations.targets.value[0]?.destination.address).toBe('https://h/whip?token=hush-hush-2')
  })

  it('goes on in memory with a key that cannot be kept, and says so', async () => {
    const fails = () => Promise.reject(new StudioError('disk-full', 'secrets.json'))
    const destinations = await Destinations.open({ store: JsonStore.inMemory([REHEARSAL]), secrets: { ...memorySecrets(), set: fails, delete: fails }, onSecret() {}, onFailure })
    await destinations.save({ destination: rtmp('a', 'rtmp://h/live/key') })
    expect(destinations.targets.value.at(-1)?.key.reveal()).toBe('key')
    await destinations.remove({ destinationId: 'a' })
    expect(destinations.list.value.map((each) => each.id)).toEqual(['rehearsal'])
    expect(failures.map((each) => each.reason)).toEqual(['disk-full', 'disk-full'])
  })

  it('removes, switches and reorders, one change after the other', async () => {
    const { destinations, secrets, store } = await openDestinations()
    await Promise.all(['a', 'b', 'c'].map((id) => destinations.save({ destination: rtmp(id, `rtmp://h/live/${id}`) })))
    await Promise.all([
      destinations.reorder({ destinationIds: ['c', 'rehearsal'] }),
      destinations.setEnabled({ destinationId: 'b', enabled: false }),
      destinations.remove({ destinationId: 'a' }),
    ])
    expect(store.value.map((each) => [each.id, each.enabled])).toEqual([['c', true], ['rehearsal', true], ['b', false]])
    expect(await secrets.get('a')).toBeNull()
    await expect(destinations.remove({ destinationId: 'a' })).rejects.toMatchObject({ reason: 'not-found' })
  })
})

describe('runDestinations', () => {
  it('takes addresses and the rehearsal, and saves nothing', async () => {
    const opened = await Destinations.open({ ...runDestinations(['rehearsal', 'rtmp://h/live/key']), onSecret() {}, onFailure })
    expect(opened.targets.value.map((each) => [each.destination.id, each.destination.kind, each.destination.address, each.key.reveal()])).toEqual([
      ['rehearsal', 'rehearsal', '', ''],
      ['to-2', 'rtmp', 'rtmp://h/live', 'key'],
    ])
  })

  it('refuses bad and double addresses', () => {
    expect(() => runDestinations(['http://h/live'])).toThrow(StudioError)
    expect(() => runDestinations(['rehearsal', 'rehearsal'])).toThrow(/address-duplicate/)
  })
})

describe('PreferencesStore', () => {
  it('starts in the system’s language and keeps changes', async () => {
    const options = { dataDir: folder, locale: 'zh-Hans-CN', clock: new FakeClock(), onFailure }
    const opened = await PreferencesStore.open(options)
    expect(opened.topic.value.language).toBe('zh-CN')
    await opened.update({ language: 'en', layout: { left: 300 }, theme: undefined })
    expect((await PreferencesStore.open(options)).topic.value).toEqual({ language: 'en', theme: 'dark', layout: { left: 300 }, failAfterSeconds: 60, failedIsFinal: false, startMode: 'manual', congestion: { enabled: true, floorKbps: 500 }, singles: { main: 'automatic', aux: 'automatic' }, appearance: { contrast: 'system', density: 'comfortable', textPercent: 100, motion: 'system' }, hotkeys: { keys: {}, global: [] } })
  })
})

describe('Notices', () => {
  it('says each thing once, without secrets, until it is dismissed or has mended itself', () => {
    const notices = new Notices(new FakeClock(), silentLogger, (text) => text.replace('hush', '***'))
    notices.raise(new StudioError('disk-full', 'hush'))
    notices.raise(new StudioError('disk-full', 'hush'))
    notices.raise(new StudioError('settings-broken', 'b'), 'warning')
    expect(notices.list.value.map((each) => [each.reason, each.level, each.evidence])).toEqual([['disk-full', 'error', '***'], ['settings-broken', 'warning', 'b']])
    notices.dismiss(notices.list.value[0]?.id ?? '')
    notices.withdraw('settings-broken')
    expect(notices.list.value).toEqual([])
  })
})
