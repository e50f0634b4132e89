import { StudioError } from '@shared/domain/errors.ts'
import { findServiceCode } from '@shared/domain/service-answer.ts'
import { serviceRule } from '@shared/domain/service-codes.ts'
import type { Clock } from '../base/clock.ts'

export interface JsonRequest {
  address: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: unknown
  timeoutMs: number
  maxBytes: number
}

/**
 * Asks a web server for JSON: one request, no redirects, bounded in time and size. Fails with a reason of reaching a
 * server, `token-rejected` (401, 403), `endpoint-not-found` (404), `server-busy`, `server-error`, `redirect-refused` or
 * `protocol-error` (no JSON); a refusal with a code of the service's table (403 and 404 are in it, too) has that code. The evidence names a status and the host's failure, never the address or the body.
 */
export async function fetchJson(request: JsonRequest, clock: Pick<Clock, 'sleep'>): Promise<unknown> {
  const stop = new AbortController()
  const done = new AbortController()
  clock.sleep(request.timeoutMs, done.signal).then(() => stop.abort(new StudioError('connect-timeout', `no answer within ${request.timeoutMs / 1000} s`)), () => {})
  try {
    const response = await fetch(request.address, {
      method: request.method ?? 'GET',
      headers: { accept: 'application/json', ...(request.body === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      redirect: 'manual',
      signal: stop.signal,
    })
    if (!response.ok) throw refusal(response.status, await readText(response, request.maxBytes).catch(() => ''))
    return parseJson(await readText(response, request.maxBytes))
  } catch (thrown) {
    if (stop.signal.aborted) throw stop.signal.reason
    throw thrown instanceof StudioError ? thrown : reachingFailure(thrown)
  } finally {
    done.abort()
  }
}

/** A code of the service's own goes first; of what it said nothing else is passed on. */
function refusal(status: number, body: string): StudioError {
  const said = `HTTP ${status}`
  if (status === 0 || (status >= 300 && status < 400)) return new StudioError('redirect-refused', said)
  const serviceCode = findServiceCode(body.trimStart().startsWith('<') ? '' : body, { httpStatus: status }) ?? undefined
  const rule = serviceRule(serviceCode)
  if (rule) return new StudioError(rule.reason, said, { serviceCode })
  if (status === 401) return new StudioError('token-rejected', said)
  if (status === 429 || status === 503) return new StudioError('server-busy', said)
  return new StudioError(status >= 500 ? 'server-error' : 'offer-rejected', said)
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = []
  let sizeBytes = 0
  for await (const part of response.body ?? []) {
    sizeBytes += part.byteLength
    if (sizeBytes > maxBytes) throw new StudioError('protocol-error', `the answer is longer than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new StudioError('protocol-error', 'the answer is not JSON')
  }
}

const CODES = { ENOTFOUND: 'name-not-resolved', EAI_AGAIN: 'name-not-resolved', ECONNREFUSED: 'connection-refused', ENETUNREACH: 'address-unreachable', EHOSTUNREACH: 'address-unreachable', ECONNRESET: 'connection-lost', CERT_HAS_EXPIRED: 'certificate-expired', ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host', DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-unknown-issuer', SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown-issuer', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown-issuer', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown-issuer' } as const

function reachingFailure(thrown: unknown): StudioError {
  const cause = thrown instanceof Error ? thrown.cause : null
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return new StudioError(Object.hasOwn(CODES, code) ? CODES[code as keyof typeof CODES] : 'address-unreachable', code)
}
