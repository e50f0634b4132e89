import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { parseEndpoint, secretsOf } from './whip-endpoint.ts'

describe('the address of an endpoint', () => {
  it('is https, or http where the user says so, with its query and without a fragment', () => {
    expect(parseEndpoint(' https://Example.net/live/whip?token=a%20b#x ')).toMatchObject({ url: { href: 'https://example.net/live/whip?token=a%20b' }, isOpen: false })
    expect(parseEndpoint('http://example.net/whip').isOpen).toBe(true)
    expect(parseEndpoint('http://[::1]:8889/whip')).toMatchObject({ url: { host: '[::1]:8889' }, isOpen: false })
  })

  it.each(['', 'rtmp://example.net/live', 'example.net/whip', 'https://', 'https://a b/'])('%j is refused', (address) => {
    expect(() => parseEndpoint(address)).toThrow(StudioError)
  })

  it('may carry secrets in its query', () => {
    expect(secretsOf(new URL('https://a/b'))).toEqual([])
    expect(secretsOf(new URL('https://a/b?token=a%20b&x=y'))).toEqual(['token=a%20b&x=y', 'a b', 'y'])
  })
})
