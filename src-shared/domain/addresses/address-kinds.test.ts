import { describe, expect, it } from 'vitest'
import { redactAddress, sameDestination } from '../address.ts'
import { StudioError } from '../errors.ts'
import { kindOfAddress } from './address-kind.ts'
import { parseHlsAddress } from './hls-address.ts'
import { parseHttpAddress } from './http-address.ts'

const evidenceOf = (act: () => unknown): string => {
  try {
    act()
    return 'accepted'
  } catch (error) {
    return error instanceof StudioError ? `${error.reason}: ${error.evidence}` : String(error)
  }
}

describe('kindOfAddress', () => {
  it.each([
    ['rtmps://h/app', 'rtmp'], [' RTMP://h/app', 'rtmp'], ['srt://h:1', 'srt'], ['https://h/whip/abc', 'whip'], ['http://127.0.0.1:8080/whip', 'whip'],
    ['https://h/live/a.m3u8', 'hls'], ['https://h/a.m3u8?token=1', 'hls'], ['https://a.upload.youtube.com/http_upload_hls?cid=x&copy=0&file=out.m3u8', 'hls'],
    ['/srv/hls', 'hls'], ['C:\\hls', 'hls'], ['\\\\nas\\hls', 'hls'], ['file:///srv/hls', 'hls'], ['gopher://h', null], ['host/app', null], ['', null], ['//host/x', null],
  ])('%s is %s', (address, kind) => {
    expect(kindOfAddress(address)).toBe(kind)
  })
})

describe('parseHttpAddress', () => {
  it('keeps the address whole, without user info and fragment', () => {
    expect(parseHttpAddress(' https://user:hush@Live.Example.org/whip/a%2Fb?token=x#y ')).toEqual({
      scheme: 'https', host: 'live.example.org', port: 443, whole: 'https://Live.Example.org/whip/a%2Fb?token=x', basic: 'Basic dXNlcjpodXNo', isOpen: false,
    })
  })

  it.each([['http://example.org/whip', true], ['http://192.168.1.4/whip', true], ['http://localhost:8080/whip', false], ['http://127.0.0.1/whip', false], ['http://[::1]:80/whip', false], ['https://example.org/', false]])(
    '%s can be read on the way: %s',
    (address, isOpen) => expect(parseHttpAddress(address).isOpen).toBe(isOpen),
  )

  it.each([['https://', 'there is no host'], ['ftp://h/', 'address-scheme-unknown'], ['https://h:0/', 'the port'], ['https://a b/', 'a space']])('refuses %s', (address, said) => {
    expect(evidenceOf(() => parseHttpAddress(address))).toContain(said)
  })
})

describe('parseHlsAddress', () => {
  it('takes folders with spaces, and playlists', () => {
    expect(parseHlsAddress(' /home/ann/My stream ')).toEqual({ to: 'folder', folder: '/home/ann/My stream' })
    expect(parseHlsAddress('file:///C:/My%20stream')).toEqual({ to: 'folder', folder: 'C:/My stream' })
    expect(parseHlsAddress('https://h/live/a.m3u8')).toMatchObject({ to: 'http', whole: 'https://h/live/a.m3u8' })
  })

  it.each([['stream', 'from its beginning on'], ['https://h/live/', 'a playlist'], ['ftp://h/a.m3u8', 'address-scheme-unknown'], ['/a\nb', 'line break'], ['', 'nothing was entered'], [`/${'x'.repeat(10_000)}`, 'longer than 2048']])(
    'refuses %s',
    (address, said) => expect(evidenceOf(() => parseHlsAddress(address))).toContain(said),
  )
})

describe('redactAddress, whatever the kind', () => {
  it.each([
    ['srt://h:9000?streamid=hush&passphrase=hushhushhush', 'srt://h:9000'],
    ['https://u:hush@h/whip/room?token=hush#hush', 'https://h/whip/room'],
    ['https://h:8443/a.m3u8?cid=hush', 'https://h:8443/a.m3u8'],
    ['https://customer-abc123def456ghi789jkl.example.com/hush0123456789abcdef0123/webRTC/publish', 'https://customer-abc123def456ghi789jkl.example.com/***/webRTC/publish'],
    ['/srv/hls', '/srv/hls'],
    ['https://h h/whip?token=hush', 'https://…'],
  ])('prints %s without secrets', (address, shown) => {
    expect(redactAddress(address)).toBe(shown)
    expect(redactAddress(address)).not.toContain('hush')
  })
})

describe('sameDestination, whatever the kind', () => {
  const at = (address: string, key = '') => ({ address, key })
  it.each([
    [at('srt://h:9000?streamid=a'), at('srt://H:9000', 'a'), true],
    [at('srt://h:9000', 'a'), at('srt://h:9000', 'b'), false],
    [at('https://h/whip', 't'), at('https://H:443/whip', 't'), true],
    [at('https://h/whip', 't'), at('https://h/whip', 'u'), false],
    [at('https://h/whip'), at('http://h/whip'), false],
    [at('/srv/hls/'), at('/srv/hls'), true],
    [at('/srv/hls'), at('srt://h:1'), false],
    [at('https://h/whip'), at('rtmp://h/app', 'k'), false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameDestination(a, b)).toBe(same)
  })
})
