import { StudioError } from '../errors.ts'
import { basicToken } from './http-authorization.ts'
import { cleanText, invalidAddress, isLoopback, readAuthority, splitScheme } from './address-text.ts'

/** A WHIP endpoint, or where an HLS playlist is put by HTTP. */
export interface HttpAddress {
  scheme: 'http' | 'https'
  /** Lower case, ASCII; an IPv6 address without its brackets. */
  host: string
  port: number
  /** The address as typed, query included, without user info and fragment. */
  whole: string
  /** A user name and password that stood in the address, as a token for Basic authentication; empty for none. */
  basic: string
  /** Plain http to another computer: everybody on the way can read the token. */
  isOpen: boolean
}

/** Reads an http(s) address. Throws StudioError `address-invalid` or `address-scheme-unknown`; the evidence never quotes it. */
export function parseHttpAddress(text: string): HttpAddress {
  const address = cleanText(text, 'address')
  if (address === '') throw invalidAddress('nothing was entered')
  const parts = splitScheme(address)
  if (parts?.scheme !== 'http' && parts?.scheme !== 'https') throw new StudioError('address-scheme-unknown', 'the address does not begin with https:// or http://')
  // A user name or password does not belong into an address that is kept and shown: it is left out.
  const { scheme, location } = parts
  const at = parts.authority.lastIndexOf('@')
  const authority = parts.authority.slice(at + 1)
  const { host, port } = readAuthority(authority, scheme === 'https' ? 443 : 80)
  const fragmentAt = location.indexOf('#')
  const whole = `${scheme}://${authority}${fragmentAt === -1 ? location : location.slice(0, fragmentAt)}`
  return { scheme, host, port, whole, basic: basicOf(parts.authority.slice(0, Math.max(0, at))), isOpen: scheme === 'http' && !isLoopback(host) }
}

function basicOf(userInfo: string): string {
  const [user = '', ...password] = userInfo.split(':')
  return userInfo === '' ? '' : basicToken(decoded(user), decoded(password.join(':')))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
