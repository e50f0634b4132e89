/**
 * How a request proves who sends it. A token is kept as it was given; one for Basic authentication (RFC 7617) is kept
 * with its scheme in front, as `Basic dXNlcjpwYXNz`, so that it needs no place of its own.
 */

const BASIC = /^basic\s+([a-z0-9+/]+=*)$/i

/** A token for Basic authentication; user name and password as they are, not percent-encoded. */
export function basicToken(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`)
  return `Basic ${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`
}

/** What was typed or pasted as a token, without what does not belong to it: the name of the header, the word `Bearer`. */
export function readAuthorization(text: string): string {
  const value = text.trim().replace(/^authorization:\s*/i, '')
  const [, basic] = BASIC.exec(value) ?? []
  return basic === undefined ? value.replace(/^bearer\s+/i, '') : `Basic ${basic}`
}

export const isBasic = (token: string): boolean => BASIC.test(token)

/** The value of the `Authorization` header for a token that is not empty. */
export const authorizationOf = (token: string): string => (isBasic(token) ? token : `Bearer ${token}`)

/** Every form in which this token might be quoted by somebody: what must not be seen. */
export function secretsOfToken(token: string): string[] {
  const [, basic] = BASIC.exec(token) ?? []
  if (basic === undefined) return [token]
  const pair = decoded(basic)
  return [token, basic, pair, pair.slice(pair.indexOf(':') + 1)].filter((each) => each !== '')
}

function decoded(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
  } catch {
    return ''
  }
}
