import { describe, expect, it } from 'vitest'
import { parsePushAddress, redactAddress, sameDestination, splitAddress } from './address.ts'
import { StudioError } from './errors.ts'

const reasonOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return error instanceof StudioError ? `${error.reason}: ${error.evidence}` : `not a StudioError: ${String(error)}`
  }
  return 'accepted'
}

describe('parsePushAddress', () => {
  it.each([
    ['rtmp://host/app/key', 'rtmp', 'host', 1935, 'app', 'key'],
    ['  RTMP://Host:1936/app/instance/key?token=a/b%2Fc&x=1\n', 'rtmp', 'host', 1936, 'app/instance', 'key?token=a/b%2Fc&x=1'],
    ['rtmps://a.rtmps.youtube.com/live2', 'rtmps', 'a.rtmps.youtube.com', 443, 'live2', ''],
    ['rtmps://b.rtmps.youtube.com:443/live2?backup=1', 'rtmps', 'b.rtmps.youtube.com', 443, 'live2?backup=1', ''],
    ['rtmp://live-push.example.com/live-bvc/?streamname=s_1&key=k', 'rtmp', 'live-push.example.com', 1935, 'live-bvc', '?streamname=s_1&key=k'],
    ['rtmp://host/app/', 'rtmp', 'host', 1935, 'app', ''],
    ['rtmp://host/app/instance/', 'rtmp', 'host', 1935, 'app/instance', ''],
    ['rtmp://[2001:DB8::1]:1940/app/key', 'rtmp', '2001:db8::1', 1940, 'app', 'key'],
    ['rtmp://[::1]/app/key', 'rtmp', '::1', 1935, 'app', 'key'],
    ['rtmp://直播.example/app/%E9%92%A5', 'rtmp', 'xn--z6ut02b.example', 1935, 'app', '%E9%92%A5'],
  ] as const)('reads %s', (text, scheme, host, port, app, key) => {
    expect(parsePushAddress(text)).toEqual({ scheme, host, port, app, key })
  })

  it('takes the whole path as the application when the key is separate', () => {
    expect(parsePushAddress('rtmp://host/app/instance/', ' s3cret?a=b ')).toMatchObject({ app: 'app/instance', key: 's3cret?a=b' })
    expect(parsePushAddress('rtmps://host/live2?backup=1', 'k')).toMatchObject({ app: 'live2?backup=1', key: 'k' })
  })

  it.each([
    ['', 'address-invalid: nothing was entered'],
    ['host/app/key', 'address-scheme-unknown: the address does not begin with rtmp:// or rtmps://'],
    ['http://host/app/key', 'address-scheme-unknown: http:// is not rtmp:// or rtmps://'],
    ['srt://host:9000', 'address-scheme-unknown: srt:// is not rtmp:// or rtmps://'],
    ['rtmp://ho st/app/key', 'address-invalid: there is a space inside the address'],
    ['rtmp://host/app\n/key', 'address-invalid: there is a line break inside the address'],
    ['rtmp://host/app/ke\u0000y', 'address-invalid: there is an invisible control character inside the address'],
    ['rtmp://host/app/ke\u200by', 'address-invalid: there is an invisible control character inside the address'],
    [`rtmp://host/app/${'k'.repeat(10_000)}`, 'address-invalid: the address is longer than 2048 characters'],
    [`rtmp://host/app/${'k'.repeat(2040)}`, 'address-invalid: the address is longer than 2048 characters'],
    ['rtmp:///app/key', 'address-invalid: there is no host'],
    ['rtmp://:1935/app/key', 'address-invalid: there is no host'],
    ['rtmp://host', 'address-invalid: no application after the host'],
    ['rtmp://host/?a=b', 'address-invalid: no application after the host'],
    ['rtmp://host:0/app/key', 'address-invalid: the port is not a number from 1 to 65535'],
    ['rtmp://host:65536/app/key', 'address-invalid: the port is not a number from 1 to 65535'],
    ['rtmp://host:rtmp/app/key', 'address-invalid: the port is not a number from 1 to 65535'],
    ['rtmp://host:/app/key', 'address-invalid: the port is not a number from 1 to 65535'],
    ['rtmp://user:secret@host/app/key', 'address-invalid: a user name or password stands before the host'],
    ['rtmp://[::g]/app/key', 'address-invalid: the IPv6 address cannot be read'],
    ['rtmp://ho%20st/app/key', 'address-invalid: the host has a character that is not allowed'],
  ])('refuses %j', (text, expected) => {
    expect(reasonOf(() => parsePushAddress(text))).toBe(expected)
  })

  it('refuses a key with a space or of 2,049 characters', () => {
    expect(reasonOf(() => parsePushAddress('rtmp://host/app', 'a b'))).toContain('a space inside the key')
    expect(reasonOf(() => parsePushAddress('rtmp://host/app', 'k'.repeat(2049)))).toContain('the key is longer')
  })
})

describe('splitAddress', () => {
  it.each([
    ['rtmp://Host:1936/app/key?x=1', 'rtmp://Host:1936/app', 'key?x=1'],
    ['rtmp://host/app/instance/key', 'rtmp://host/app/instance', 'key'],
    ['rtmps://host/live2?backup=1', 'rtmps://host/live2?backup=1', ''],
    ['rtmp://host/live-bvc/?streamname=s', 'rtmp://host/live-bvc', '?streamname=s'],
  ])('splits %s', (text, address, key) => {
    expect(splitAddress(text)).toEqual({ address, key })
  })
})

describe('redactAddress', () => {
  it.each([
    ['rtmp://host/app/s3cret?token=t0ken', 'rtmp://host:1935/app'],
    ['rtmps://[::1]/app/s3cret', 'rtmps://[::1]:443/app'],
    ['rtmps://host/live2?s3cret=1', 'rtmps://host:443/live2'],
    ['rtmp://user:s3cret@host/app/key', 'rtmp://…'],
    ['s3cret', '…'],
    ['', '…'],
  ])('prints %s without secrets', (text, expected) => {
    expect(redactAddress(text)).toBe(expected)
  })

  it('keeps the instance when the key is known to be elsewhere', () => {
    expect(redactAddress('rtmp://host/app/instance', true)).toBe('rtmp://host:1935/app/instance')
  })
})

describe('sameDestination', () => {
  const at = (address: string, key = '') => ({ address, key })
  it('compares what the server sees, however it was typed', () => {
    expect(sameDestination(at('rtmp://HOST/app/key'), at('rtmp://host:1935/app', 'key'))).toBe(true)
    expect(sameDestination(at('rtmp://host/app', 'key'), at('rtmps://host/app/', 'key'))).toBe(true)
    expect(sameDestination(at('rtmp://host:1/app', 'key'), at('rtmp://host:2/app', 'key'))).toBe(false)
    expect(sameDestination(at('rtmp://host/app', 'key'), at('rtmp://host/app', 'other'))).toBe(false)
    expect(sameDestination(at('not an address'), at('not an address'))).toBe(false)
  })
})
