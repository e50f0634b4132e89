import { describe, expect, it } from 'vitest'
import { StudioError } from '../errors.ts'
import { parseSrtAddress } from './srt-address.ts'

const reasonOf = (text: string): string => {
  try {
    parseSrtAddress(text)
    return 'accepted'
  } catch (error) {
    return error instanceof StudioError ? `${error.reason}: ${error.evidence}` : String(error)
  }
}

describe('parseSrtAddress', () => {
  it.each([
    ['srt://Live.Example.org:9000', { place: 'srt://live.example.org:9000', streamId: '', passphrase: '', options: {} }],
    ['srt://10.0.0.1:10080?streamid=#!::r=live/livestream,m=publish', { place: 'srt://10.0.0.1:10080', streamId: '#!::r=live/livestream,m=publish' }],
    ['srt://h:9000?streamid=%23!%3A%3Ah%3Da.b%2Cr%3Dlive%2Fname%2Cm%3Dpublish&mode=caller', { streamId: '#!::h=a.b,r=live/name,m=publish', options: { mode: 'caller' } }],
    ['srt://h:9000?streamid=publish:cam:user:pa=ss&pkt_size=1316', { streamId: 'publish:cam:user:pa=ss', ignored: ['pkt_size'] }],
    ['srt://h:9000?passphrase=0123456789&pbkeylen=32&latency=120', { passphrase: '0123456789', options: { keyLength: 32, latencyMs: 120 } }],
    // OBS and FFmpeg count in microseconds.
    ['srt://h:9000?latency=2000000', { options: { latencyMs: 2000 } }],
    ['srt://h:9000?latency=soon&pbkeylen=20&mode=rendezvous', { options: {}, ignored: ['latency', 'pbkeylen', 'mode'] }],
    ['srt://:9000', { host: '', place: 'srt://:9000', options: { mode: 'listener' } }],
    ['srt://[2001:DB8::1]:9000?mode=listener', { host: '2001:db8::1', place: 'srt://[2001:db8::1]:9000', options: { mode: 'listener' } }],
    ['srt://h:9000/?streamid=a%20b', { streamId: 'a b' }],
  ])('reads %s', (text, expected) => {
    expect(parseSrtAddress(text)).toMatchObject(expected)
  })

  it.each([
    ['srt://host', 'address-invalid: there is no port'],
    ['srt://host:99999', 'address-invalid: the port is not a number from 1 to 65535'],
    ['srt://:9000?mode=caller', 'address-invalid: there is no host'],
    ['rtmp://host/app/key', 'address-scheme-unknown: the address does not begin with srt://'],
    ['srt://ho st:9000', 'address-invalid: there is a space inside the address'],
    ['', 'address-invalid: nothing was entered'],
    [`srt://h:9000?streamid=${'x'.repeat(10_000)}`, 'address-invalid: the address is longer than 2048 characters'],
  ])('refuses %s', (text, expected) => {
    expect(reasonOf(text)).toBe(expected)
  })
})
