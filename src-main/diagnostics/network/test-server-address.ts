import { StudioError } from '@shared/domain/errors.ts'
import { TOKEN_PARAMETER } from '../../speed-server/speed-protocol.ts'

/** A test server's address, taken apart. */
export interface TestServer {
  /** `http(s)://host:port`. */
  origin: string
  /** `ws(s)://host:port`. */
  webSocketOrigin: string
  host: string
  port: number
  secure: boolean
  /** Empty where the address has none. */
  token: string
}

const MAX_ADDRESS = 2000

/**
 * Reads `http(s)://host[:port]/?access_token=…`, as `--speed-server` prints it; `ws(s)://` for other ndt7 servers.
 * Throws `address-invalid`; the evidence never quotes the address.
 */
export function parseTestServer(text: string): TestServer {
  const trimmed = text.trim()
  const url = trimmed.length <= MAX_ADDRESS && URL.canParse(trimmed) ? new URL(trimmed) : null
  if (!url || !/^(https?|wss?):$/.test(url.protocol) || url.hostname === '') throw new StudioError('address-invalid', 'the address of a test server begins with http:// or https://')
  if (url.username !== '' || url.password !== '') throw new StudioError('address-invalid', 'a user name or password stands before the host')
  const secure = url.protocol === 'https:' || url.protocol === 'wss:'
  return {
    origin: `${secure ? 'https' : 'http'}://${url.host}`,
    webSocketOrigin: `${secure ? 'wss' : 'ws'}://${url.host}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 443 : 80),
    secure,
    token: url.searchParams.get(TOKEN_PARAMETER) ?? '',
  }
}
