import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { Redactor, redactAddresses } from './redact.ts'

describe('redactAddresses', () => {
  it.each([
    ['rtmp://example.org/live/abcd-1234', 'rtmp://example.org/live/***'],
    ['rtmps://example.org:443/live2/inst/abcd-1234?auth=1', 'rtmps://example.org:443/live2/inst/***?***'],
    ['rtmp://user:pass@example.org/live', 'rtmp://example.org/live'],
    ['rtmp://user:p@ss@example.org/live/k', 'rtmp://example.org/live/***'],
    ['https://example.org/whip/room?token=secret#frag', 'https://example.org/whip/room?***'],
    ['https://example.org/a#access_token=secret', 'https://example.org/a#***'],
    ['GET /live?sign=1-2 HTTP/1.1', 'GET /live?*** HTTP/1.1'],
    ['what? nothing = something', 'what? nothing = something'],
    ['rtmp://a/live/one then rtmp://b/live/two', 'rtmp://a/live/*** then rtmp://b/live/***'],
  ])('%s', (text, expected) => {
    expect(redactAddresses(text)).toBe(expected)
  })
})

describe('Redactor', () => {
  const key = 'live_a/b+c d&"é"?sign=deadbeef'
  const redactor = new Redactor()
  redactor.add(key)

  it.each([
    ['as it is', key],
    ['percent-encoded', encodeURIComponent(key)],
    ['percent-encoded in small letters', encodeURIComponent(key).toLowerCase()],
    ['form-encoded', encodeURIComponent(key).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify({ name: key })],
    ['in base64', Buffer.from(key).toString('base64')],
    ['without its query', key.split('?')[0] ?? ''],
    ['only the value in its query', 'deadbeef'],
  ])('takes a registered key out: %s', (_how, form) => {
    const text = redactor.text(`before ${form} after`)
    expect(text).toMatch(/^before .*\*\*\*.* after$/)
    expect(text).not.toContain('deadbeef')
    expect(text).not.toContain('live_a')
  })

  it('takes the longer of two secrets that share a beginning', () => {
    const two = new Redactor()
    two.add('abcdef')
    two.add('abcdefghij')
    expect(two.text('x abcdefghij y')).toBe('x *** y')
  })

  it('leaves short values alone, which would tear words apart', () => {
    const short = new Redactor()
    short.add('e')
    expect(short.text('the end')).toBe('the end')
  })

  it('walks fields, errors and causes, and drops fields that are secrets by their name', () => {
    const error = new StudioError('key-rejected', `said no to ${key}`)
    const out = JSON.stringify(redactor.value({ error, list: [key], deep: { streamKey: 'x1', token: 'abc' }, bytes: new Uint8Array(5) }))
    expect(out).not.toMatch(/deadbeef|x1|abc/)
    expect(out).toContain('key-rejected')
    expect(out).toContain('[5 bytes]')
  })

  it('survives circles and getters that throw', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(() => JSON.stringify(redactor.value(circle))).not.toThrow()
    const bad = Object.defineProperty({}, 'x', { enumerable: true, get: () => { throw new Error('no') } })
    expect(redactor.value({ bad })).toEqual({ bad: '[unreadable]' })
  })
})
