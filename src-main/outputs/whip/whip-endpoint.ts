import { parseHttpAddress } from '@shared/domain/addresses/http-address.ts'

export interface WhipEndpoint {
  url: URL
  /** A user name and password in the address, as a token for Basic authentication; empty for none. */
  basic: string
  /** Plain http to another computer: everybody on the way can read the token and the keys of the media. */
  isOpen: boolean
}

/**
 * The address of a WHIP or WHEP endpoint. Plain http is the user's explicit word, so it is taken.
 * Throws StudioError `address-invalid` or `address-scheme-unknown`; the evidence never quotes the address.
 */
export function parseEndpoint(address: string): WhipEndpoint {
  const { whole, basic, isOpen } = parseHttpAddress(address)
  return { url: new URL(whole), basic, isOpen }
}

/** Everything in an address that may be a secret, to be taken out of what servers say. */
export function secretsOf(url: URL): string[] {
  return url.search === '' ? [] : [url.search.slice(1), ...url.searchParams.values()]
}
