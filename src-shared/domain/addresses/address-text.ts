import { MAX_ADDRESS_LENGTH } from '../destination.ts'
import { StudioError } from '../errors.ts'

/** A host and a port as they stand in an address. */
export interface Authority {
  /** Lower case, ASCII; an IPv6 address without its brackets; empty where the address may leave it out. */
  host: string
  port: number
}

/** Checks length and characters of a typed or pasted value. Throws `address-invalid`; the evidence never quotes the text. */
export function cleanText(text: string, what: string): string {
  if (text.length > MAX_ADDRESS_LENGTH * 4) throw invalidAddress(`the ${what} is longer than ${MAX_ADDRESS_LENGTH} characters`)
  const trimmed = text.trim()
  if (trimmed.length > MAX_ADDRESS_LENGTH) throw invalidAddress(`the ${what} is longer than ${MAX_ADDRESS_LENGTH} characters`)
  if (/[\r\n\u2028\u2029\u0085]/.test(trimmed)) throw invalidAddress(`there is a line break inside the ${what}`)
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(trimmed)) throw invalidAddress(`there is an invisible control character inside the ${what}`)
  if (/\s/.test(trimmed)) throw invalidAddress(`there is a space inside the ${what}`)
  return trimmed
}

/** `rtmp://host:1935/app?x` → scheme in lower case, `host:1935`, `/app?x`; null without a scheme. */
export function splitScheme(address: string): { scheme: string; authority: string; location: string } | null {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(address) ?? []
  if (scheme === undefined) return null
  const authorityEnd = rest.search(/[/?#]/)
  return authorityEnd === -1
    ? { scheme: scheme.toLowerCase(), authority: rest, location: '' }
    : { scheme: scheme.toLowerCase(), authority: rest.slice(0, authorityEnd), location: rest.slice(authorityEnd) }
}

/** Reads `host[:port]`. With `mayBeEmpty` the host may be left out (a listener's `:9000`). Throws `address-invalid`. */
export function readAuthority(authority: string, defaultPort: number | null, mayBeEmpty = false): Authority {
  if (authority.includes('@')) throw invalidAddress('a user name or password stands before the host')
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(authority)
  if (!match) throw invalidAddress('the host cannot be read')
  const [, bracketed, plain = '', portText] = match
  const port = portText === undefined ? (defaultPort ?? 0) : /^\d{1,5}$/.test(portText) ? Number(portText) : 0
  if (bracketed === undefined && plain === '' && !mayBeEmpty) throw invalidAddress('there is no host')
  if (portText === undefined && defaultPort === null) throw invalidAddress('there is no port')
  if (port < 1 || port > 65_535) throw invalidAddress('the port is not a number from 1 to 65535')
  if (bracketed !== undefined) return { host: readIpv6(bracketed), port }
  return { host: plain === '' ? '' : readName(plain), port }
}

/** A host as it stands in an address: IPv6 in brackets. */
export function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The studio's own computer: what is sent there is seen by nobody on the way. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

export function invalidAddress(evidence: string): StudioError {
  return new StudioError('address-invalid', evidence)
}

/** The URL parser of the platform turns names in other scripts into ASCII and refuses what is none. */
function readName(name: string): string {
  if (/[%\\<>"'`{}|^]/.test(name)) throw invalidAddress('the host has a character that is not allowed')
  let host = ''
  try {
    host = new URL(`http://${name}/`).hostname
  } catch {
    throw invalidAddress('the host cannot be read')
  }
  if (host === '') throw invalidAddress('the host cannot be read')
  return host
}

function readIpv6(text: string): string {
  try {
    return new URL(`http://[${text}]/`).hostname.slice(1, -1)
  } catch {
    throw invalidAddress('the IPv6 address cannot be read')
  }
}
