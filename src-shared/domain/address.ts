import { MAX_ADDRESS_LENGTH } from './destination.ts'
import { StudioError } from './errors.ts'

/** Ports used when an address names none: 1935 is IANA's for RTMP, 443 is what every RTMPS ingest listens on. */
export const DEFAULT_PORTS = { rtmp: 1935, rtmps: 443 } as const

/** Where to push to, taken apart. `app` and `key` are kept as typed, percent-encoding and query included. */
export interface PushAddress {
  scheme: 'rtmp' | 'rtmps'
  /** Lower case, ASCII; an IPv6 address without its brackets. */
  host: string
  port: number
  /** Application and instance, e.g. `live` or `app/instance`; with its query where the address has one (`live2?backup=1`). */
  app: string
  /** The stream's name as the server gets it; empty when none was given. */
  key: string
}

/**
 * Reads what people paste: an address with its key at the end, or an address and a key.
 * With a `key`, the whole path is the application; without one, the path's last segment is the key as soon
 * as there are two. `app/instance` without a key is therefore read as application and key: nothing in the
 * text tells the two apart, so an instance needs its key given separately.
 * A query belongs to the key (`app/key?token=1`, `app/?streamname=1`), except behind a lone application
 * (`live2?backup=1`) or next to a separate key.
 *
 * Throws StudioError `address-invalid` or `address-scheme-unknown`; the evidence never quotes the text.
 */
export function parsePushAddress(text: string, key = ''): PushAddress {
  const address = clean(text, 'address')
  const separateKey = clean(key, 'key')
  const [, schemeText, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(address) ?? []
  if (address === '') throw invalid('nothing was entered')
  if (schemeText === undefined) throw new StudioError('address-scheme-unknown', 'the address does not begin with rtmp:// or rtmps://')
  const scheme = schemeText.toLowerCase()
  if (scheme !== 'rtmp' && scheme !== 'rtmps') throw new StudioError('address-scheme-unknown', `${scheme.slice(0, 20)}:// is not rtmp:// or rtmps://`)

  const authorityEnd = rest.search(/[/?#]/)
  const authority = authorityEnd === -1 ? rest : rest.slice(0, authorityEnd)
  const location = authorityEnd === -1 ? '' : rest.slice(authorityEnd)
  const { host, port } = readAuthority(authority, DEFAULT_PORTS[scheme])
  const { app, key: keyInPath } = separateKey ? { app: appOf(location), key: separateKey } : splitLocation(location)
  if (app === '' || app.startsWith('?')) throw invalid('no application after the host')
  return { scheme, host, port, app, key: keyInPath }
}

/**
 * Splits a pasted address for the settings form: the address as typed without its key, and the key.
 * Same rule and same errors as `parsePushAddress`.
 */
export function splitAddress(text: string): { address: string; key: string } {
  const { key } = parsePushAddress(text)
  const address = text.trim()
  if (key === '') return { address, key }
  return { address: address.slice(0, address.length - key.length).replace(/\/+$/, ''), key }
}

/** The address for people and logs: `scheme://host:port/app`, without key, query and user info. Never throws. */
export function redactAddress(text: string, separateKey = false): string {
  try {
    const { scheme, host, port, app } = parsePushAddress(text, separateKey ? '-' : '')
    return `${scheme}://${hostText(host)}:${port}/${app.split(/[?#]/)[0]}`
  } catch {
    const scheme = /^\s*([a-z][a-z0-9+.-]{0,19}):\/\//i.exec(String(text))?.[1]
    return scheme ? `${scheme.toLowerCase()}://…` : '…'
  }
}

/** Two places are one when host, port, application and key are; default ports count as typed. Never throws. */
export function sameDestination(a: { address: string; key: string }, b: { address: string; key: string }): boolean {
  try {
    const [one, other] = [parsePushAddress(a.address, a.key), parsePushAddress(b.address, b.key)]
    return one.host === other.host && samePort(one, other) && one.app === other.app && one.key === other.key
  } catch {
    return false
  }
}

/** A host as it stands in an address: IPv6 in brackets. */
export function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

/** The plain and the secure default port of one host lead to the same server. */
function samePort(a: PushAddress, b: PushAddress): boolean {
  const isDefault = (address: PushAddress) => address.port === DEFAULT_PORTS[address.scheme]
  return a.port === b.port || (isDefault(a) && isDefault(b))
}

function clean(text: string, what: string): string {
  if (text.length > MAX_ADDRESS_LENGTH * 4) throw invalid(`the ${what} is longer than ${MAX_ADDRESS_LENGTH} characters`)
  const trimmed = text.trim()
  if (trimmed.length > MAX_ADDRESS_LENGTH) throw invalid(`the ${what} is longer than ${MAX_ADDRESS_LENGTH} characters`)
  if (/[\r\n\u2028\u2029\u0085]/.test(trimmed)) throw invalid(`there is a line break inside the ${what}`)
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(trimmed)) throw invalid(`there is an invisible control character inside the ${what}`)
  if (/\s/.test(trimmed)) throw invalid(`there is a space inside the ${what}`)
  return trimmed
}

function readAuthority(authority: string, defaultPort: number): { host: string; port: number } {
  if (authority.includes('@')) throw invalid('a user name or password stands before the host')
  const [, bracketed, plain = '', portText] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(authority) ?? fail('the host cannot be read')
  const port = portText === undefined ? defaultPort : /^\d{1,5}$/.test(portText) ? Number(portText) : 0
  if (bracketed === undefined && plain === '') throw invalid('there is no host')
  if (port < 1 || port > 65_535) throw invalid('the port is not a number from 1 to 65535')
  return { host: bracketed === undefined ? readName(plain) : readIpv6(bracketed), port }
}

/** The URL parser of the platform turns names in other scripts into ASCII and refuses what is none. */
function readName(name: string): string {
  if (/[%\\<>"'`{}|^]/.test(name)) throw invalid('the host has a character that is not allowed')
  try {
    return new URL(`http://${name}/`).hostname || fail('there is no host')
  } catch {
    throw invalid('the host cannot be read')
  }
}

function readIpv6(text: string): string {
  try {
    return new URL(`http://[${text}]/`).hostname.slice(1, -1)
  } catch {
    throw invalid('the IPv6 address cannot be read')
  }
}

function appOf(location: string): string {
  const queryAt = location.indexOf('?')
  const path = queryAt === -1 ? location : location.slice(0, queryAt)
  return path.replace(/^\/+|\/+$/g, '') + (queryAt === -1 ? '' : location.slice(queryAt))
}

function splitLocation(location: string): { app: string; key: string } {
  const queryAt = location.indexOf('?')
  const path = (queryAt === -1 ? location : location.slice(0, queryAt)).replace(/^\/+/, '')
  const query = queryAt === -1 ? '' : location.slice(queryAt)
  if (path.endsWith('/')) {
    const app = path.replace(/\/+$/, '')
    // `live-bvc/?streamname=…`: the key is nothing but a query. `app/instance/` says that no key follows.
    return { app, key: query.length > 1 ? query : '' }
  }
  const slashAt = path.lastIndexOf('/')
  if (slashAt === -1) return { app: path + query, key: '' }
  return { app: path.slice(0, slashAt).replace(/\/+$/, ''), key: path.slice(slashAt + 1) + query }
}

function invalid(evidence: string): StudioError {
  return new StudioError('address-invalid', evidence)
}

function fail(evidence: string): never {
  throw invalid(evidence)
}
