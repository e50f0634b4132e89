import { inspect } from 'node:util'

const HIDDEN = '***'

/** Holds a key or a token so that printing, joining or serialising it by accident shows nothing. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. Only code that hands it to a server calls this. */
  reveal(): string {
    return this.#value
  }

  get isEmpty(): boolean {
    return this.#value === ''
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}

/**
 * Takes every secret, and every telling part of it, out of a text that somebody else wrote.
 * A part is the name before a query, each value in the query, and the decoded form of each.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const parts = new Set<string>()
  for (const secret of secrets) {
    for (const part of [secret, ...secret.split(/[?&]/), ...secret.split(/[?&]/).map((pair) => pair.slice(pair.indexOf('=') + 1))]) {
      parts.add(part)
      parts.add(decoded(part))
    }
  }
  // Longest first, so that no remainder of a longer one stays behind.
  const ordered = [...parts].filter((part) => part.length >= 3).toSorted((a, b) => b.length - a.length)
  return ordered.reduce((clean, part) => clean.replaceAll(part, HIDDEN), text)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
