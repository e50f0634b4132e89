import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import type { DestinationView } from '@shared/domain/destination.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { useAddressesStore } from '../stores/addresses-store.ts'
import { fieldsOf, problemOf } from './destination-fields.ts'
import { useDestinationForm } from './destination-form.ts'

let bridge: FakeBridge
let inApp: <T>(run: () => T) => T
beforeEach(() => {
  bridge = new FakeBridge()
  const app = createApp({ render: () => null })
  give(app, { bridge, engine: new FakeEngine(), clock: new FakePageClock() })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
  inApp = (run) => app.runWithContext(run)
})

const saved = () => bridge.calls.findLast((each) => each.call === 'save')?.input
const kept = (more: Partial<DestinationView> = {}): DestinationView => ({ ...newDestination({ id: 'a', name: 'A', kind: 'rtmp', address: 'rtmp://h/live', enabled: true }), hasKey: true, hasPassphrase: false, ...more })

describe('useDestinationForm', () => {
  it('keeps the address that fresh tokens come from, unless it is taken away or the destination is of another kind', async () => {
    const source = { address: 'https://me.example/token', method: 'GET' as const, bearer: 'b', room: '', userId: '' }
    const whip = kept({ kind: 'whip', address: 'https://h/whip', renews: true })
    const untouched = inApp(() => useDestinationForm(whip))
    expect([untouched.renews.value, await untouched.save(), saved()]).toEqual([true, true, expect.not.objectContaining({ tokenSource: expect.anything() })])
    const changed = inApp(() => useDestinationForm(whip))
    changed.tokenSource.value = source
    await changed.save()
    expect(saved()).toMatchObject({ tokenSource: source })
    const taken = inApp(() => useDestinationForm(whip))
    taken.tokenSource.value = null
    await taken.save()
    expect([taken.renews.value, saved()]).toMatchObject([false, { tokenSource: null }])
    const other = inApp(() => useDestinationForm(whip))
    other.tokenSource.value = source
    other.setKind('srt')
    expect([other.renews.value, other.tokenSource.value]).toEqual([false, undefined])
  })

  it('takes a pasted place whole, kind and platform included', async () => {
    const form = inApp(() => useDestinationForm(null))
    expect(form.takePasted('srt://h:9000?streamid=a&passphrase=0123456789&latency=300')).toBe(true)
    expect(form.fields).toMatchObject({ kind: 'srt', address: 'srt://h:9000', key: 'a', passphrase: '0123456789', srt: { latencyMs: 300, mode: 'caller' } })
    expect(form.takePasted('rtmps://a.rtmps.youtube.com:443/live2/k-1')).toBe(true)
    expect(form.platform.value).toBe('youtube')
    expect(form.fields).toMatchObject({ kind: 'rtmp', key: 'k-1', passphrase: '' })
    expect(await form.save()).toBe(true)
    expect(saved()).toMatchObject({ destination: { kind: 'rtmp', address: 'rtmps://a.rtmps.youtube.com:443/live2' } })
  })

  it('leaves a text to its field that says no more than the field', () => {
    const form = inApp(() => useDestinationForm(null))
    for (const text of ['rtmp://h/app', 'a plain name', 'k3y-alone-12345']) expect(form.takePasted(text)).toBe(false)
    expect(form.fields.address).toBe('')
  })

  it('forgets the secrets of another kind, and keeps those of the same', () => {
    const form = inApp(() => useDestinationForm(kept()))
    expect(form.hasKey.value).toBe(true)
    form.setKind('whip')
    expect(form.hasKey.value).toBe(false)
    form.setKind('rtmp')
    expect(form.hasKey.value).toBe(true)
    form.setKey('')
    expect(form.hasKey.value).toBe(false)
  })

  it('brings the server of a platform, and leaves one that is of it already', () => {
    const form = inApp(() => useDestinationForm(null))
    form.setPlatform('ivs-whip')
    expect(form.fields).toMatchObject({ kind: 'whip', address: 'https://global.whip.live-video.net' })
    form.fields.address = 'https://eu.whip.live-video.net/x'
    form.setPlatform('ivs-whip')
    expect(form.fields.address).toBe('https://eu.whip.live-video.net/x')
    form.setPlatform('custom')
    expect(form.fields.kind).toBe('whip')
  })

  it('remembers a platform whose customers have addresses of their own, through pasting, saving and changing', async () => {
    const form = inApp(() => useDestinationForm(null))
    form.setPlatform('trtc-whip')
    expect(form.takePasted('https://rooms.my.example/whip Bearer abcdefgh12345')).toBe(true)
    form.setPlatform('trtc-whip')
    expect([form.platform.value, form.fields.address]).toEqual(['trtc-whip', 'https://rooms.my.example/whip'])
    expect(await form.save()).toBe(true)
    expect(saved()).toMatchObject({ destination: { kind: 'whip', platform: 'trtc-whip' } })
    const again = inApp(() => useDestinationForm(kept({ kind: 'whip', address: 'https://rooms.my.example/whip', platform: 'trtc-whip' })))
    expect(again.platform.value).toBe('trtc-whip')
    again.setPlatform('custom')
    await again.save()
    expect(saved()).not.toHaveProperty('destination.platform', 'trtc-whip')
    again.setPlatform('trtc-whip')
    again.takePasted('rtmp://my.example/live/key')
    expect(again.platform.value).toBe('custom')
  })

  it('knows a room by its token, where nothing else was chosen', () => {
    const form = inApp(() => useDestinationForm(null))
    form.takePasted('https://rooms.my.example/whip Bearer abcdefgh12345')
    form.recogniseToken('jwt')
    expect(form.platform.value).toBe('custom')
    form.recogniseToken('private-map-key')
    expect(form.platform.value).toBe('trtc-whip')
    form.takePasted('https://global.whip.live-video.net Bearer abcdefgh12345')
    expect(form.platform.value).toBe('ivs-whip')
    form.recogniseToken('usersig')
    expect(form.platform.value).toBe('ivs-whip')
  })

  it.each([
    ['the passphrase has 10 to 79 characters', 'passphrase'], ['there is a space inside the token', 'key'], ['the stream id is longer than 512 bytes', 'key'], ['the ICE servers need a user name', 'iceServers'],
    ['this is a private key; a certificate is needed', 'certificateAuthority'], ['there are 50 destinations already', 'form'],
  ])('main’s "%s" is about %s', async (evidence, field) => {
    const form = inApp(() => useDestinationForm(null))
    form.takePasted('rtmp://h/app/key')
    bridge.failNext = new StudioError('input-invalid', evidence)
    expect(await form.save()).toBe(false)
    expect(form.problem.value?.field).toBe(field)
  })

  it('reveals only what was not typed', async () => {
    bridge.keys.set('a', 'kept-key')
    const form = inApp(() => useDestinationForm(kept()))
    await form.reveal()
    expect(form.fields.key).toBe('kept-key')
    form.setKey('typed')
    await form.reveal()
    expect(form.fields.key).toBe('typed')
  })
})

const withIce = (iceServers: string[], iceUser = '', passphrase = '') => ({ kind: 'whip' as const, address: 'https://h/whip', passphrase, whip: { ...fieldsOf(null).whip, iceServers, iceUser } })

describe('problemOf', () => {
  it.each([
    [{ kind: 'srt', address: 'srt://:9000?mode=caller' }, 'address'], [{ kind: 'srt', address: 'srt://:9000' }, undefined], [{ kind: 'srt', address: 'srt://h:9000', passphrase: 'short' }, 'passphrase'], [{ kind: 'whip', address: 'https://h/whip', key: 'two words' }, 'key'],
    [{ kind: 'whip', address: 'https://h/whip', key: 'Basic b25lOnR3bw==' }, undefined], [withIce(['turn:t.example'], 'me', 'hush'), undefined], [withIce(['turn:t.example'], 'me'), 'iceServers'], [withIce(['stun:s.example']), undefined], [withIce(['s.example']), 'iceServers'],
    [{ kind: 'whip', address: 'https://h/whip', key: 'Bearer one' }, undefined], [{ kind: 'hls', address: 'here' }, 'address'], [{ kind: 'rtmp', address: 'rtmp://h/live' }, undefined],
  ] as const)('of %j is at %s', (change, field) => {
    expect(problemOf({ ...fieldsOf(null), ...change }, 'key' in change)?.field).toBe(field)
  })
})

it('the addresses’ store says which right a token lacks', () => {
  const store = inApp(() => useAddressesStore())
  bridge.facts.set([{ destinationId: 'a', expiresAtMs: null, missing: [], token: { kind: 'private-map-key', expiresAtMs: null, sdkAppId: null, user: null, room: null, rights: ['sendVideo'] } }])
  expect([store.lacks('sendScreen', ['a']), store.lacks('sendVideo', ['a']), store.lacks('sendScreen', ['b'])]).toEqual([true, false, false])
})

describe('what stands behind the ? of an address', () => {
  const whip = (more: Partial<DestinationView> = {}) => kept({ kind: 'whip', address: 'https://h/whip', hasQuery: true, ...more })

  it('is left alone by a form that never saw it, and goes with no other place', async () => {
    const form = inApp(() => useDestinationForm(whip()))
    expect([form.hasQuery.value, form.fields.query]).toEqual([true, ''])
    form.fields.name = 'B'
    expect(await form.save()).toBe(true)
    expect(saved()).toMatchObject({ destination: { address: 'https://h/whip', name: 'B' } })
    expect((saved() as { query?: string }).query).toBeUndefined()
    form.fields.address = 'https://other/whip'
    expect(form.hasQuery.value).toBe(false)
  })

  it('goes from the address to its own field, and can be emptied there', async () => {
    const form = inApp(() => useDestinationForm(whip()))
    form.setAddress('https://h/whip?token=new')
    expect(form.fields).toMatchObject({ address: 'https://h/whip', query: '?token=new' })
    form.setQuery('')
    expect([form.hasQuery.value, await form.save()]).toEqual([false, true])
    expect(saved()).toMatchObject({ destination: { address: 'https://h/whip' }, query: '' })
  })

  it('may hold the name of a playlist: a kept one is not missed, a new address is checked with it', async () => {
    const form = inApp(() => useDestinationForm(kept({ kind: 'hls', address: 'https://h/http_upload_hls', hasQuery: true })))
    expect(await form.save()).toBe(true)
    form.setAddress('https://h/other?cid=1&file=a.m3u8')
    expect(await form.save()).toBe(true)
    form.setQuery('')
    expect([await form.save(), form.problem.value?.field]).toEqual([false, 'address'])
  })
})
