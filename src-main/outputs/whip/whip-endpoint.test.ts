import { describe, expect, it } from 'vitest'
import { isExposed, parseEndpoint, secretsOf } from './whip-endpoint.ts'

describe('the address of an endpoint', () => {
  it('is http or https, with its query and without a fragment', () => {
    expect(parseEndpoint(' https://example.net/live/whip?token=a%20b#x ').href).toBe('https://example.net/live/whip?token=a%20b')
  })

  it.each([
    ['', 'address-invalid'],
    ['rtmp://example.net/live', 'address-scheme-unknown'],
    ['example.net/whip', 'address-scheme-unknown'],
    ['https://', 'address-invalid'],
    ['https://user:secret@example.net/whip', 'address-invalid'],
  ])('%j is refused with %s, without being quoted', (address, reason) => {
    const failure = (() => {
      try {
        return parseEndpoint(address)
      } catch (error) {
        return error
      }
    })()
    expect(failure).toMatchObject({ reason, evidence: expect.not.stringMatching(/example|secret/) as string })
  })

  it('may carry secrets in its query', () => {
    expect(secretsOf(new URL('https://a/b'))).toEqual([])
    expect(secretsOf(new URL('https://a/b?token=a%20b&x=y'))).toEqual(['token=a%20b&x=y', 'a b', 'y'])
  })

  it.each([
    ['http://example.net/', true],
    ['http://8.8.8.8/', true],
    ['http://172.32.0.1/', true],
    ['http://[2001:db8::1]/', true],
    ['https://example.net/', false],
    ['http://localhost:8080/', false],
    ['http://127.0.0.1/', false],
    ['http://192.168.1.7:8889/', false],
    ['http://172.20.0.1/', false],
    ['http://[::1]/', false],
    ['http://[fe80::1]/', false],
    ['http://studio.local/', false],
  ])('%s is exposed: %s', (address, exposed) => {
    expect(isExposed(new URL(address))).toBe(exposed)
  })
})
