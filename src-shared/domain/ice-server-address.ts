import { StudioError } from './errors.ts'

/** More than this is no list that somebody made. */
export const MAX_ICE_SERVERS = 16
export const MAX_ICE_SERVER_LENGTH = 300

const ADDRESS = /^(stuns?|turns?):(\[[\da-f:.]+\]|[^\s:/?#@[\]]+)(?::(\d{1,5}))?(\?transport=(?:udp|tcp))?$/i

/** One address of a STUN or TURN server (RFC 7064, RFC 7065) as browsers take it. Throws `input-invalid`; the evidence names the address. */
export function readIceServerAddress(text: string): string {
  // Often written like a web address.
  const address = text.trim().replace(/^(stuns?|turns?):\/\//i, '$1:')
  const [, scheme = '', , port, transport] = ADDRESS.exec(address) ?? []
  const isRight = address.length <= MAX_ICE_SERVER_LENGTH && scheme !== '' && (port === undefined || (Number(port) > 0 && Number(port) < 65_536)) && !(transport && isStun(scheme))
  if (!isRight) throw new StudioError('input-invalid', `the ICE server “${address.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 80)}” is not of the form stun:host, turn:host:port or turns:host?transport=tcp`)
  return address.replace(/^[a-z]+/i, (name) => name.toLowerCase())
}

/** One address a line; empty lines do not count. Throws `input-invalid`. */
export function readIceServers(lines: readonly string[]): string[] {
  const addresses = [...new Set(lines.filter((line) => line.trim() !== '').map(readIceServerAddress))]
  if (addresses.length > MAX_ICE_SERVERS) throw new StudioError('input-invalid', `the ICE servers are more than ${MAX_ICE_SERVERS}`)
  return addresses
}

/** TURN lets nobody relay without a user name and a secret. */
export const isTurn = (address: string): boolean => /^turns?:/i.test(address)
const isStun = (scheme: string): boolean => /^stuns?$/i.test(scheme)
