import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../base/clock.ts'

/** An address that was opened this long after it was made is refused. */
const TOKEN_LIFETIME_MS = 60_000
export const OPEN_PATH = '/open'

/** What is checked of a request; header names in lower case. */
export interface AccessRequest {
  method: string | undefined
  url: string | undefined
  headers: { host?: string | undefined; origin?: string | undefined; cookie?: string | undefined }
}

/**
 * Who may talk to the page server: the holder of the cookie, which is given once for a one-time token.
 * The port is shared with every program and every web page on this computer, hence the further checks:
 * `Host` (a foreign name that was made to resolve to the loopback) and `Origin` (another page's request).
 */
export class Access {
  readonly #secret = randomBytes(32).toString('base64url')
  readonly #tokens = new Map<string, number>()
  readonly #host: string
  readonly #cookieName: string
  readonly origin: string

  constructor(
    port: number,
    private readonly clock: Clock,
  ) {
    this.#host = `127.0.0.1:${port}`
    this.origin = `http://${this.#host}`
    // Cookies know no ports: two studios on one computer must not share a name.
    this.#cookieName = `castwright_${port}`
  }

  /** An address that opens the page once, within a minute. A secret: not for logs and not for process arguments. */
  newAddress(): string {
    const nowMs = this.clock.monotonicMs()
    for (const [token, validUntilMs] of this.#tokens) if (nowMs > validUntilMs) this.#tokens.delete(token)
    const token = randomBytes(32).toString('base64url')
    this.#tokens.set(token, nowMs + TOKEN_LIFETIME_MS)
    return `${this.origin}${OPEN_PATH}?token=${token}`
  }

  /** The right Host, and no other page's Origin. */
  isAddressedToUs(request: AccessRequest): boolean {
    return request.headers.host === this.#host && (request.headers.origin === undefined || request.headers.origin === this.origin)
  }

  /** A WebSocket always tells its Origin; one that does not is no page of ours. */
  mayUpgrade(request: AccessRequest): boolean {
    return this.isAddressedToUs(request) && request.headers.origin === this.origin && this.hasCookie(request)
  }

  hasCookie(request: AccessRequest): boolean {
    const cookies = (request.headers.cookie ?? '').split(';').map((each) => each.trim())
    return cookies.some((each) => isSame(each, `${this.#cookieName}=${this.#secret}`))
  }

  /** Takes the token of an opened address; the value of `Set-Cookie`, or null if the token is none, used or too old. */
  exchange(url: URL): string | null {
    const given = url.searchParams.get('token') ?? ''
    for (const [token, validUntilMs] of this.#tokens) {
      if (!isSame(token, given)) continue
      this.#tokens.delete(token)
      if (this.clock.monotonicMs() > validUntilMs) return null
      return `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`
    }
    return null
  }
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
