import { describe, expect, it } from 'vitest'
import { newDestination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { Secret } from '../../base/secret.ts'
import { isPrivate, placeOf, withTestFlag } from './may-push.ts'

const target = (kind: 'rtmp' | 'srt' | 'whip' | 'hls' | 'rehearsal', address: string, key = 'k3y', change = {}) => ({
  destination: newDestination({ id: 'd', name: 'D', kind, address, enabled: true, ...change }), key: new Secret(key), passphrase: new Secret(''),
})
const finds = (...addresses: string[]) => async () => addresses.map((address) => ({ address }))
const noNames = async (): Promise<never> => { throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }) }

describe('whether a test may go to a destination', () => {
  it('may where nobody sees it', async () => {
    expect(await placeOf(target('rehearsal', ''), false, noNames)).toMatchObject({ testFlag: false, server: null })
    expect(await placeOf(target('rtmp', 'rtmp://192.168.1.9/live'), false, noNames)).toMatchObject({ server: { ip: '192.168.1.9', port: 1935, tcp: true } })
    expect(await placeOf(target('srt', 'srt://studio.local:9000'), false, finds('10.1.2.3', 'fe80::1'))).toMatchObject({ server: { ip: '10.1.2.3', tcp: false } })
  })
  it('may not where viewers may, unless that was agreed to', async () => {
    const open = target('rtmp', 'rtmps://a.rtmps.youtube.com:443/live2')
    expect(await placeOf(open, false, finds('142.250.1.1'))).toEqual({ refused: 'needs-agreement' })
    expect(await placeOf(open, true, finds('142.250.1.1'))).toMatchObject({ target: open, testFlag: false })
    expect(await placeOf(target('srt', 'srt://half.example:9000'), false, finds('10.1.2.3', '203.0.113.9'))).toEqual({ refused: 'needs-agreement' })
  })
  it('may with the platform’s flag, which goes behind the key', async () => {
    const place = await placeOf(target('rtmp', 'rtmps://ingest.global-contribute.live-video.net/app', 'live_1'), false, finds('52.1.1.1'))
    expect(place).toMatchObject({ testFlag: true })
    expect('target' in place && place.target.key.reveal()).toBe('live_1?bandwidthtest=true')
  })
  it('trusts a flag only with the platform itself', async () => {
    const own = target('rtmp', 'rtmp://restream.example/live', 'k', { platform: 'twitch' })
    expect(await placeOf(own, false, finds('203.0.113.9'))).toEqual({ refused: 'needs-agreement' })
  })
  it('cannot where main makes no media, or a caller is waited for', async () => {
    for (const each of [target('whip', 'https://h.example/whip'), target('hls', '/tmp/x'), target('srt', 'srt://:9000', '', { srt: { mode: 'listener' } })])
      expect(await placeOf(each, true, noNames)).toEqual({ refused: 'kind-unsupported' })
    expect(await placeOf(target('rtmp', 'rtmp://'), true, noNames)).toEqual({ refused: 'address-unreadable' })
  })
  it('says so when the name is not known', async () => {
    expect(await placeOf(target('rtmp', 'rtmp://nowhere.example/live'), false, noNames).catch((error: unknown) => error)).toMatchObject({ reason: 'name-not-resolved' } satisfies Partial<StudioError>)
  })
})

it.each([['127.0.0.1', true], ['10.255.0.1', true], ['172.31.1.1', true], ['172.32.1.1', false], ['192.168.0.1', true], ['169.254.3.3', true], ['8.8.8.8', false], ['::1', true], ['fd12::1', true], ['fe80::1', true], ['2001:db8::1', false], ['::ffff:8.8.8.8', false]])('%s is private: %s', (ip, expected) => {
  expect(isPrivate(ip)).toBe(expected)
})

describe('the flag for tests', () => {
  const flag = 'bandwidthtest=true'
  it('is added once, to a key with a query too, and to one within the address', () => {
    expect(withTestFlag(target('rtmp', 'rtmp://h/app', 'k?a=1'), flag).key.reveal()).toBe('k?a=1&bandwidthtest=true')
    expect(withTestFlag(target('rtmp', 'rtmp://h/app', `k?${flag}`), flag).key.reveal()).toBe(`k?${flag}`)
    expect(withTestFlag(target('rtmp', 'rtmp://h/app/k', ''), flag).destination.address).toBe(`rtmp://h/app/k?${flag}`)
  })
})
