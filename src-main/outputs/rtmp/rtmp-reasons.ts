import { StudioError } from '@shared/domain/errors.ts'
import type { Reason } from '@shared/domain/errors.ts'
import { findServiceCode } from '@shared/domain/service-answer.ts'
import { serviceRule } from '@shared/domain/service-codes.ts'
import { withoutSecrets } from '../../base/secret.ts'
import type { StatusInfo } from './messages.ts'

/**
 * The one place where the words of servers, of Node and of OpenSSL become reasons.
 * `secrets` are taken out of everything that is quoted.
 */

/** How far a connection had come when something happened. */
export type Phase = 'resolving' | 'connecting' | 'securing' | 'handshaking' | 'opening' | 'publishing' | 'accepted' | 'sending'

const MAX_EVIDENCE = 200

/** A refusal of `connect`, `createStream` or of anything else that a publisher cannot do without. */
export function callFailure(phase: Phase, info: StatusInfo, secrets: readonly string[]): StudioError {
  return statusFailure(phase, { ...info, level: 'error' }, secrets) ?? quoted(phase === 'opening' ? 'connect-rejected' : 'key-rejected', info, secrets)
}

/** What an `onStatus` means, or null when it is no failure. */
export function statusFailure(phase: Phase, info: StatusInfo, secrets: readonly string[]): StudioError | null {
  const reason = statusReason(phase, info)
  return reason && quoted(reason, info, secrets)
}

function statusReason(phase: Phase, { level, code, description }: StatusInfo): Reason | null {
  const inUse = /already (publish|exist|in use|has a publisher)|being published|is busy|stream.{0,20}busy|duplicate/i.test(`${code} ${description}`)
  switch (code) {
    case 'NetConnection.Connect.Rejected':
    case 'NetConnection.Connect.InvalidApp':
    case 'NetConnection.Connect.Failed':
      return 'connect-rejected'
    case 'NetConnection.Connect.Closed':
    case 'NetConnection.Connect.AppShutdown':
    case 'NetConnection.Connect.IdleTimeout':
    case 'NetStream.Unpublish.Success':
      return phase === 'opening' ? 'connect-rejected' : phase === 'publishing' ? 'key-rejected' : 'server-closed'
    case 'NetStream.Publish.BadName':
      return inUse ? 'already-publishing' : 'key-rejected'
    case 'NetStream.Publish.Denied':
    case 'NetStream.Publish.Unauthorized':
    case 'NetStream.Publish.Rejected':
    case 'NetStream.Play.StreamNotFound':
      return inUse ? 'already-publishing' : 'key-rejected'
    default:
      if (level !== 'error') return null
      if (inUse) return 'already-publishing'
      return phase === 'opening' ? 'connect-rejected' : phase === 'sending' ? 'server-closed' : 'key-rejected'
  }
}

/**
 * The server closed the connection, cleanly or by a reset, without a word. Some servers say nothing else to
 * a refused key: nginx-rtmp closes instead of answering `publish`, node-media-server answers "Start" and closes.
 */
export function closedFailure(phase: Phase, how: 'end' | 'reset', everAcknowledged: boolean): StudioError {
  const closed = how === 'end' ? 'the server closed the connection without giving a reason' : 'the connection was reset without a reason'
  switch (phase) {
    case 'resolving':
    case 'connecting':
      return new StudioError('connection-refused', closed)
    case 'securing':
      return new StudioError('tls-failed', `${closed}, during the TLS handshake`)
    case 'handshaking':
      return new StudioError('handshake-failed', `${closed}, during the handshake`)
    case 'opening':
      return new StudioError('connect-rejected', `${closed}, after it was told the application`)
    case 'publishing':
      return new StudioError('key-rejected', `${closed}, after it was told the key`)
    case 'accepted':
      if (!everAcknowledged) return new StudioError('closed-at-once', `${closed}, right after it had accepted the key`)
      break
    case 'sending':
      break
  }
  return how === 'end' ? new StudioError('server-closed', closed) : new StudioError('connection-lost', closed)
}

/** Nothing came within the time allowed for getting connected. */
export function timeoutFailure(phase: Phase, afterMs: number): StudioError {
  const after = `within ${Math.round(afterMs / 100) / 10} s`
  switch (phase) {
    case 'resolving':
      return new StudioError('connect-timeout', `the name was not resolved ${after}`)
    case 'connecting':
      return new StudioError('connect-timeout', `no connection ${after}`)
    case 'securing':
      return new StudioError('connect-timeout', `no answer to the TLS handshake ${after}`)
    case 'handshaking':
      return new StudioError('handshake-failed', `no answer to the RTMP handshake ${after}`)
    default:
      return new StudioError('publish-timeout', `the server did not let us publish ${after}`)
  }
}

const RESETS = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])

const CODES: Readonly<Record<string, Reason>> = {
  ENOTFOUND: 'name-not-resolved',
  EAI_AGAIN: 'name-not-resolved',
  EAI_FAIL: 'name-not-resolved',
  EAI_NODATA: 'name-not-resolved',
  EAI_NONAME: 'name-not-resolved',
  ENODATA: 'name-not-resolved',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'address-unreachable',
  ENETUNREACH: 'address-unreachable',
  EHOSTDOWN: 'address-unreachable',
  ENETDOWN: 'address-unreachable',
  EADDRNOTAVAIL: 'address-unreachable',
  EACCES: 'address-unreachable',
  EPERM: 'address-unreachable',
  ETIMEDOUT: 'connect-timeout',
  ERR_SOCKET_CONNECTION_TIMEOUT: 'connect-timeout',
  CERT_HAS_EXPIRED: 'certificate-expired',
  CERT_NOT_YET_VALID: 'certificate-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-wrong-host',
  HOSTNAME_MISMATCH: 'certificate-wrong-host',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate-unknown-issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate-unknown-issuer',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate-unknown-issuer',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate-unknown-issuer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate-unknown-issuer',
  CERT_UNTRUSTED: 'certificate-unknown-issuer',
  CERT_REJECTED: 'certificate-unknown-issuer',
  CERT_REVOKED: 'certificate-unknown-issuer',
  CERT_SIGNATURE_FAILURE: 'certificate-unknown-issuer',
  CERT_CHAIN_TOO_LONG: 'certificate-unknown-issuer',
  INVALID_CA: 'certificate-unknown-issuer',
  INVALID_PURPOSE: 'certificate-unknown-issuer',
}

/** An error event of a socket. */
export function socketFailure(phase: Phase, error: unknown, everAcknowledged: boolean): StudioError {
  if (error instanceof StudioError) return error
  const code = codeOf(error)
  const established = phase === 'accepted' || phase === 'sending'
  if (RESETS.has(code)) return closedFailure(phase, 'reset', everAcknowledged)
  if (established) return new StudioError('connection-lost', code, { cause: error })
  const reason = CODES[code] ?? (phase === 'securing' || code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') ? 'tls-failed' : 'connection-lost')
  return new StudioError(reason, code, { cause: error })
}

/** Of several addresses that were tried, the one that answered tells most. */
const TELLING = ['ECONNREFUSED', 'ETIMEDOUT']

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown'
  if (error instanceof AggregateError) {
    const codes = error.errors.map(codeOf)
    return TELLING.find((code) => codes.includes(code)) ?? codes[0] ?? 'unknown'
  }
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : 'unknown'
}

function quoted(reason: Reason, { code, description }: StatusInfo, secrets: readonly string[]): StudioError {
  // Control characters of a stranger do not belong in a log.
  const said = `${code} ${description}`.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  const evidence = withoutSecrets(said, secrets).slice(0, MAX_EVIDENCE)
  // Without the secrets: a key may look like a code.
  const serviceCode = findServiceCode(withoutSecrets(description, secrets)) ?? undefined
  return new StudioError(serviceRule(serviceCode)?.reason ?? reason, evidence, { serviceCode })
}
