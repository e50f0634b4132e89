import { describe, expect, it } from 'vitest'
import { newDestination, type Destination, type DestinationKind } from '@shared/domain/destination.ts'
import { readDestination } from './destination-input.ts'
import { readRunAddress, runDestinations } from './run-destinations.ts'

const typed = (kind: DestinationKind, address: string, more: Partial<Destination> = {}): Destination => newDestination({ id: 'a', name: 'A', enabled: true, kind, address, ...more })
const read = (kind: DestinationKind, address: string, secrets = {}) => readDestination(typed(kind, address), secrets, null)

describe('readDestination', () => {
  it('keeps a WHIP address whole and takes the word Bearer off its token', () => {
    expect(read('whip', 'https://u:p@h/whip?room=1', { key: 'Bearer tok.en' })).toMatchObject({ destination: { address: 'https://h/whip?room=1' }, key: 'tok.en' })
    expect(read('whip', 'http://example.org/whip').destination.address).toBe('http://example.org/whip')
  })

  it('makes a user name and a password in a WHIP address a token, unless another was typed, and keeps none of it in the address', () => {
    const before = read('whip', 'https://me:hush@h/whip')
    expect(before).toMatchObject({ destination: { address: 'https://h/whip' }, key: 'Basic bWU6aHVzaA==' })
    expect(readDestination(before.destination, {}, before).key).toBe('Basic bWU6aHVzaA==')
    expect(read('whip', 'https://h/whip', { key: 'Authorization: Basic bWU6aHVzaA==' }).key).toBe('Basic bWU6aHVzaA==')
    expect(readDestination(typed('whip', 'https://h/whip'), { key: '' }, before).key).toBe('')
  })

  it('keeps the TURN servers of a WHIP destination, and their secret elsewhere', () => {
    const whip = newDestination({ id: 'a', name: '', enabled: true, kind: 'whip', address: '', whip: { iceServers: ['TURN://t.example:3478', '', 'stun:s.example'], iceUser: ' me ', relayOnly: true } }).whip
    const before = readDestination(typed('whip', 'https://h/whip', { whip }), { passphrase: 'hush-hush' }, null)
    expect(before).toMatchObject({ destination: { whip: { iceServers: ['turn:t.example:3478', 'stun:s.example'], iceUser: 'me', relayOnly: true } }, passphrase: 'hush-hush' })
    expect(JSON.stringify(before.destination)).not.toContain('hush')
    expect(readDestination(before.destination, { key: 'tok' }, before).passphrase).toBe('hush-hush')
    expect(() => readDestination(before.destination, { passphrase: '' }, before)).toThrow('a user name and a secret for TURN')
    expect(() => readDestination(typed('whip', 'https://h/whip', { whip: { ...whip, iceServers: ['t.example'] } }), {}, null)).toThrow('the ICE server')
  })

  it('takes an SRT address apart: nothing secret stays in it', () => {
    const { destination, key, passphrase } = read('srt', 'srt://h:9000?streamid=#!::r=live/a,m=publish&passphrase=hush-hush-hush&latency=120&pbkeylen=24')
    expect(destination).toMatchObject({ address: 'srt://h:9000', srt: { mode: 'caller', latencyMs: 120, keyLength: 24 } })
    expect({ key, passphrase }).toEqual({ key: '#!::r=live/a,m=publish', passphrase: 'hush-hush-hush' })
    expect(JSON.stringify(destination)).not.toContain('hush')
  })

  it('takes HLS to a folder or to a web server', () => {
    expect(read('hls', '/srv/My stream')).toMatchObject({ destination: { address: '/srv/My stream' }, key: '' })
    expect(read('hls', 'https://h/live/a.m3u8', { key: 'tok' })).toMatchObject({ destination: { address: 'https://h/live/a.m3u8' }, key: 'tok' })
  })

  it('keeps untouched secrets while the kind is the same, and drops them with another kind', () => {
    const before = read('srt', 'srt://h:9000?streamid=a&passphrase=0123456789')
    expect(readDestination(typed('srt', 'srt://other:9000'), {}, before)).toMatchObject({ key: 'a', passphrase: '0123456789' })
    expect(readDestination(typed('srt', 'srt://h:9000'), { key: '', passphrase: '' }, before)).toMatchObject({ key: '', passphrase: '' })
    expect(readDestination(typed('whip', 'https://h/whip'), {}, before)).toMatchObject({ key: '', passphrase: '' })
  })

  it.each<[DestinationKind, string, object, string]>([
    ['srt', 'srt://h:9000?passphrase=short', {}, 'a passphrase has 10 to 79 characters'],
    ['srt', 'srt://h:9000', { key: 'x'.repeat(600) }, 'the stream id is longer than 512 bytes'],
    ['whip', 'rtmp://h/app/key', {}, 'address-scheme-unknown'],
    ['whip', 'https://h/whip', { key: 'two words' }, 'a space inside the token'],
    ['rtmp', 'https://h/whip', {}, 'address-scheme-unknown'],
    ['hls', 'stream', {}, 'a folder is given from its beginning on'],
  ])('refuses %s %s %j', (kind, address, secrets, said) => {
    expect(() => read(kind, address, secrets)).toThrow(said)
  })

  it('refuses a caller without a host, also when the mode was chosen in the form', () => {
    expect(() => readDestination(typed('srt', 'srt://:9000?mode=caller'), {}, null)).toThrow('there is no host')
    expect(read('srt', 'srt://:9000').destination.srt.mode).toBe('listener')
  })
})

describe('readRunAddress', () => {
  it.each([
    ['rtmp://h/live/hush', 'rtmp', 'rtmp://h/live', 'hush', ''],
    ['srt://h:9000?streamid=hush&passphrase=hushhushhush', 'srt', 'srt://h:9000', 'hush', 'hushhushhush'],
    ['https://h/whip hush', 'whip', 'https://h/whip', 'hush', ''],
    ['http://127.0.0.1:8080/whip Bearer hush', 'whip', 'http://127.0.0.1:8080/whip', 'hush', ''],
    ['https://me:hush@h/whip', 'whip', 'https://h/whip', 'Basic bWU6aHVzaA==', ''],
    ['https://h/a.m3u8', 'hls', 'https://h/a.m3u8', '', ''],
    ['/srv/hls', 'hls', '/srv/hls', '', ''],
    ['rehearsal', 'rehearsal', '', '', ''],
  ])('reads %s', (given, kind, address, key, passphrase) => {
    expect(readRunAddress(given)).toMatchObject({ destination: { kind, address }, key, passphrase })
  })

  it('refuses plain http to another computer: nobody is there to be warned', () => {
    expect(() => readRunAddress('http://h/whip hush')).toThrow(/^address-invalid: (?!.*hush).*use https/)
  })

  it('keeps every secret in the run’s own store', async () => {
    const { store, secrets } = runDestinations(['srt://h:9000?streamid=one&passphrase=0123456789', 'https://h/whip two'])
    expect([await secrets.get('to-1'), await secrets.get('to-1.passphrase'), await secrets.get('to-2')]).toEqual(['one', '0123456789', 'two'])
    expect(JSON.stringify(store.value)).not.toMatch(/one|0123456789|two/)
  })
})
