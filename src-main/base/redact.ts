/** What stands where a secret stood. */
export const REDACTED = '***'

/** Shorter values are not searched for everywhere: replacing them would tear ordinary words apart. */
const MIN_SECRET_LENGTH = 4
const MAX_DEPTH = 6
const MAX_ITEMS = 50
const MAX_TEXT_LENGTH = 8_000

const ADDRESS = /\b([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s"'<>\\]+)/gi
/** A query on its own, e.g. from a request line: `/live?token=…`. */
const QUERY = /\?[\w.~%+[\]-]+=[^\s"'<>\\]*/g
const SECRET_NAME = /^(key|stream_?key|token|secret|password|passphrase|authorization|cookie|credential)s?$/i

/**
 * Takes secrets out of everything that is written down: values it was told about, wherever and however
 * encoded they appear; and from every address the user info, the query and, for RTMP, the last part of the path.
 */
export class Redactor {
  readonly #forms = new Set<string>()
  #pattern: RegExp | null = null

  /** Registers a key or a token. Its parts before and inside a query are secrets too. */
  add(secret: string): void {
    const [beforeQuery = '', query = ''] = splitAtFirst(secret, '?')
    const inQuery = query.split('&').map((part) => splitAtFirst(part, '=')[1] ?? '')
    for (const part of [secret, beforeQuery, ...inQuery]) {
      if (part.trim().length < MIN_SECRET_LENGTH) continue
      for (const form of formsOf(part)) this.#forms.add(form)
    }
    // Longest first, so that a secret which contains another one goes as a whole.
    const sorted = [...this.#forms].sort((a, b) => b.length - a.length)
    this.#pattern = sorted.length > 0 ? new RegExp(sorted.map(escapeForPattern).join('|'), 'gi') : null
  }

  text(text: string): string {
    const known = this.#pattern ? text.replace(this.#pattern, REDACTED) : text
    return redactAddresses(known)
  }

  /** A JSON-safe copy of `value` with every text in it redacted, bounded in depth and size. Never throws. */
  value(value: unknown): unknown {
    return this.#value(value, 0)
  }

  #value(value: unknown, depth: number): unknown {
    if (typeof value === 'string') return this.text(shorten(value))
    if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value
    if (value === undefined) return undefined
    if (typeof value === 'bigint' || typeof value === 'symbol') return this.text(String(value))
    if (typeof value === 'function') return '[function]'
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
    if (depth >= MAX_DEPTH) return '[…]'
    try {
      if (value instanceof Error) return this.#error(value, depth)
      if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((each) => this.#value(each, depth + 1))
      const entries = Object.entries(value as object).slice(0, MAX_ITEMS)
      return Object.fromEntries(entries.map(([name, each]) => [this.text(name), this.#named(name, each, depth + 1)]))
    } catch {
      return '[unreadable]'
    }
  }

  #named(name: string, value: unknown, depth: number): unknown {
    return SECRET_NAME.test(name) && typeof value === 'string' && value !== '' ? REDACTED : this.#value(value, depth)
  }

  #error(error: Error, depth: number): unknown {
    const reason = 'reason' in error ? { reason: this.#value(error.reason, depth + 1) } : {}
    return { name: error.name, ...reason, message: this.text(shorten(error.message)), stack: this.text(shorten(error.stack ?? '')) }
  }
}

/** Takes out of every address in `text` what may carry a secret, without knowing any secret. */
export function redactAddresses(text: string): string {
  return text
    .replace(ADDRESS, (_whole, scheme: string, rest: string) => scheme + redactRest(scheme, rest))
    .replace(QUERY, `?${REDACTED}`)
}

function redactRest(scheme: string, rest: string): string {
  const end = rest.search(/[?#]/)
  const tail = end < 0 ? '' : (rest[end] ?? '') + REDACTED
  const place = end < 0 ? rest : rest.slice(0, end)
  const slash = place.indexOf('/')
  const authority = slash < 0 ? place : place.slice(0, slash)
  const path = slash < 0 ? '' : place.slice(slash)
  // Up to the last @: a password with an @ in it must not survive in part.
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return host + (/^rtmp/i.test(scheme) ? withoutLastSegment(path) : path) + tail
}

/** `/app/key` → `/app/***`. A single segment is the application's name, which is not a secret. */
function withoutLastSegment(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '')
  if (segments.length < 2) return path
  return `/${segments.slice(0, -1).join('/')}/${REDACTED}`
}

/** The ways in which a secret turns up: as it is, percent-encoded, form-encoded, inside JSON, base64. */
function formsOf(secret: string): string[] {
  const encoded = encodeLoosely(secret)
  const inJson = JSON.stringify(secret).slice(1, -1)
  const base64 = Buffer.from(secret).toString('base64')
  return [secret, encoded, encoded.replaceAll('%20', '+'), inJson, base64, base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')]
}

function encodeLoosely(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return text
  }
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
const shorten = (text: string): string => (text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text)

function splitAtFirst(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
