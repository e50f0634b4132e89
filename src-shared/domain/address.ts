import { cleanText, hostText, invalidAddress, readAuthority, splitScheme } from './addresses/address-text.ts'
import { isAbsoluteFolder } from './addresses/hls-address.ts'
import { parseHttpAddress } from './addresses/http-address.ts'
import { parseSrtAddress } from './addresses/srt-address.ts'
import { StudioError } from './errors.ts'

export { hostText }

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
  const address = cleanText(text, 'address')
  const separateKey = cleanText(key, 'key')
  if (address === '') throw invalidAddress('nothing was entered')
  const parts = splitScheme(address)
  if (!parts) throw new StudioError('address-scheme-unknown', 'the address does not begin with rtmp:// or rtmps://')
  const { scheme, authority, location } = parts
  if (scheme !== 'rtmp' && scheme !== 'rtmps') throw new StudioError('address-scheme-unknown', `${scheme.slice(0, 20)}:// is not rtmp:// or rtmps://`)
  const { host, port } = readAuthority(authority, DEFAULT_PORTS[scheme])
  const { app, key: keyInPath } = separateKey ? { app: appOf(location), key: separateKey } : splitLocation(location)
  if (app === '' || app.startsWith('?')) throw invalidAddress('no application after the host')
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

/**
 * The address for people and logs, of any kind: without key, query and user info. RTMP: `scheme://host:port/app`.
 * SRT: `srt://host:port`. WHIP and HLS over HTTP: the address up to its query, long random parts of the path hidden. A folder stays as it is. Never throws.
 */
export function redactAddress(text: string, separateKey = false): string {
  try {
    const scheme = splitScheme(text.trim())?.scheme
    if (scheme === 'srt') return parseSrtAddress(text).place
    if (scheme === 'http' || scheme === 'https') return withoutSecretSegments(parseHttpAddress(text).whole.split(/[?#]/)[0] ?? '')
    if (scheme === undefined && isAbsoluteFolder(text)) return text.trim()
    const { host, port, app } = parsePushAddress(text, separateKey ? '-' : '')
    return `${scheme}://${hostText(host)}:${port}/${app.split(/[?#]/)[0]}`
  } catch {
    const scheme = /^\s*([a-z][a-z0-9+.-]{0,19}):\/\//i.exec(String(text))?.[1]
    return scheme ? `${scheme.toLowerCase()}://…` : '…'
  }
}

/** Some services put the secret into the path (`/0f3a…/webRTC/publish`): a long part without words is taken for one. */
function withoutSecretSegments(address: string): string {
  return address.replace(/\/[\w~.-]{20,}(?=\/|$)/g, (segment, at: number) => (at > address.indexOf('//') + 1 && /\d/.test(segment) ? '/***' : segment))
}

/**
 * Two places are one when the server would take both for one publisher. RTMP: host, port, application and key; default
 * ports count as typed. SRT: host, port and stream id. WHIP and HLS: the address and the token. Never throws.
 */
export function sameDestination(a: { address: string; key: string }, b: { address: string; key: string }): boolean {
  try {
    const scheme = (address: string) => splitScheme(address.trim())?.scheme
    const [one, other] = [scheme(a.address), scheme(b.address)]
    if (one?.startsWith('rtmp') || other?.startsWith('rtmp')) return samePush(parsePushAddress(a.address, a.key), parsePushAddress(b.address, b.key))
    if (one === 'srt' || other === 'srt') return sameSrt(a, b)
    if (one === undefined) return other === undefined && isAbsoluteFolder(a.address) && folderOf(a.address) === folderOf(b.address)
    return placeOf(a.address) === placeOf(b.address) && a.key === b.key
  } catch {
    return false
  }
}

const samePush = (one: PushAddress, other: PushAddress): boolean =>
  one.host === other.host && samePort(one, other) && one.app === other.app && one.key === other.key

function sameSrt(a: { address: string; key: string }, b: { address: string; key: string }): boolean {
  const [one, other] = [parseSrtAddress(a.address), parseSrtAddress(b.address)]
  return one.place === other.place && (a.key || one.streamId) === (b.key || other.streamId)
}

const folderOf = (folder: string): string => folder.trim().replace(/[\\/]+$/, '')

function placeOf(address: string): string {
  const { scheme, host, port, whole } = parseHttpAddress(address)
  return `${scheme}://${host}:${port}${splitScheme(whole)?.location ?? ''}`
}

/** The plain and the secure default port of one host lead to the same server. */
function samePort(a: PushAddress, b: PushAddress): boolean {
  const isDefault = (address: PushAddress) => address.port === DEFAULT_PORTS[address.scheme]
  return a.port === b.port || (isDefault(a) && isDefault(b))
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
