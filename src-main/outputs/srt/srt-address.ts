import { StudioError } from '@shared/domain/errors.ts'

export interface SrtAddress {
  /** A name or an address; IPv6 without brackets. Empty: every interface (listener only). */
  host: string
  port: number
}

/** Reads `srt://host:port`. Throws `address-invalid` for anything else; a query is refused, it may hold secrets. */
export function readSrtAddress(text: string, mode: 'caller' | 'listener'): SrtAddress {
  const [, bracketed, plain = '', portText = ''] = /^srt:\/\/(?:\[([0-9a-f:.%]+)\]|([^:/?#[\]@\s]*)):(\d{1,5})\/?$/i.exec(text.trim()) ?? fail('not of the form srt://host:port')
  const host = (bracketed ?? plain).toLowerCase()
  const port = Number(portText)
  if (port < 1 || port > 65_535) fail('the port is not a number from 1 to 65535')
  if (host === '' && mode === 'caller') fail('there is no host')
  return { host, port }
}

function fail(evidence: string): never {
  throw new StudioError('address-invalid', evidence)
}
