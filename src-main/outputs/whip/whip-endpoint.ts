import { isIP } from 'node:net'
import { StudioError } from '@shared/domain/errors.ts'

/**
 * The address of a WHIP or WHEP endpoint. Throws StudioError `address-invalid` or `address-scheme-unknown`; the evidence
 * never quotes the address: its path and its query may be secrets.
 */
export function parseEndpoint(address: string): URL {
  const text = address.trim()
  if (text === '') throw new StudioError('address-invalid', 'nothing was entered')
  if (!/^https?:\/\//i.test(text)) throw new StudioError('address-scheme-unknown', 'the address does not begin with https:// or http://')
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new StudioError('address-invalid', 'the address cannot be read')
  }
  if (url.username !== '' || url.password !== '') throw new StudioError('address-invalid', 'a user name or password stands before the host')
  url.hash = ''
  return url
}

/** Everything in an address that may be a secret, to be taken out of what servers say. */
export function secretsOf(url: URL): string[] {
  return url.search === '' ? [] : [url.search.slice(1), ...url.searchParams.values()]
}

/** Plain http shows the token, and the keys of the media, to everybody on the way: worth a warning outside of one's own network. */
export function isExposed({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !isNear(hostname.replace(/^\[(.*)\]$/, '$1'))
}

/** This computer, and networks that are not routed in the internet (RFC 1918, RFC 3927, RFC 4193, RFC 6762). */
function isNear(host: string): boolean {
  if (isIP(host) === 4) return /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host)
  if (isIP(host) === 6) return host === '::1' || /^f[cd]|^fe[89ab]/.test(host)
  return host === 'localhost' || /\.(localhost|local)$/.test(host)
}
