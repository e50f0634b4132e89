/** How `txSecret` is made; the domain's settings at the service say which one it takes. */
export const SIGNATURE_ALGORITHMS = ['md5', 'sha256'] as const
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number]

/** Below this the studio warns. */
export const EXPIRY_WARNING_MS = 10 * 60_000

/** TXTIME: the expiry as Unix seconds, upper-case hexadecimal. */
export const txTimeOf = (expiresAtMs: number): string => Math.floor(expiresAtMs / 1000).toString(16).toUpperCase()

/** `NAME?txSecret=hash(KEY + NAME + TXTIME)&txTime=TXTIME`: the stream key of a signed address. `hashHex` is MD5 or SHA-256. */
export function signStreamName(name: string, key: string, expiresAtMs: number, hashHex: (text: string) => string): string {
  const txTime = txTimeOf(expiresAtMs)
  return `${name}?txSecret=${hashHex(key + name + txTime)}&txTime=${txTime}`
}

/**
 * When something that was pasted runs out, ms since 1970: by `txTime` (hexadecimal Unix seconds) in an address, a key or a
 * token, or by the `exp` of a JSON Web Token. null when it does not say. Never throws.
 */
export function expiryIn(text: string): number | null {
  const hex = /[?&,]txTime=([0-9a-f]{8,10})(?![0-9a-z])/i.exec(text)?.[1]
  return hex !== undefined ? Number.parseInt(hex, 16) * 1000 : jwtExpiry(text)
}

/** RFC 7519: three parts of base64url; `exp` in the second, Unix seconds. */
function jwtExpiry(text: string): number | null {
  const payload = /^(?:bearer\s+)?[\w-]{2,}\.([\w-]{2,})\.[\w-]*$/i.exec(text.trim())?.[1]
  if (payload === undefined) return null
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : null
    return typeof exp === 'number' && exp > 0 && exp < 1e11 ? exp * 1000 : null
  } catch {
    return null
  }
}
