import { connect, isIP } from 'node:net'
import type { Socket } from 'node:net'
import * as tls from 'node:tls'
import type { PushAddress } from '@shared/domain/address.ts'
import { StudioError } from '@shared/domain/errors.ts'

export interface TlsTrust {
  /** PEM certificates trusted besides the system's own; empty for none. */
  certificateAuthority: string
  verifyCertificate: boolean
}

/**
 * Per address, when a name has several: Node's own 250 ms would give up on every server that is far away.
 */
const NEXT_ADDRESS_AFTER_MS = 1500

/**
 * Opens the socket and returns it at once; it reports by its own events (`lookup`, `connect`, and `secureConnect` for rtmps).
 * Throws StudioError `certificate-unknown-issuer` when the destination's own certificates cannot be read.
 */
export function openSocket({ scheme, host, port }: PushAddress, trust: TlsTrust): Socket {
  const where = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 5000, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS }
  if (scheme === 'rtmp') return connect(where)
  return tls.connect({
    ...where,
    // Ingests of the large platforms answer only to their name; an IP address must not be sent as one (RFC 6066 §3).
    servername: isIP(host) ? '' : host,
    rejectUnauthorized: trust.verifyCertificate,
    secureContext: secureContext(trust.certificateAuthority),
  })
}

/** The event after which bytes may be sent. */
export function readyEvent(scheme: PushAddress['scheme']): 'connect' | 'secureConnect' {
  return scheme === 'rtmp' ? 'connect' : 'secureConnect'
}

function secureContext(certificateAuthority: string): tls.SecureContext {
  if (certificateAuthority.trim() === '') return tls.createSecureContext()
  try {
    // OpenSSL silently takes a text without any certificate in it as an empty list.
    if (!certificateAuthority.includes('-----BEGIN CERTIFICATE-----')) throw new Error('no PEM certificate')
    // Naming authorities replaces the default ones, so these are named too.
    return tls.createSecureContext({ ca: [...defaultAuthorities(), certificateAuthority] })
  } catch (error) {
    throw new StudioError('certificate-unknown-issuer', "the destination's own certificate authority cannot be read", { cause: error })
  }
}

/** `getCACertificates` (Node 22.15) includes what the user or the system added; before that there is only Node's own list. */
function defaultAuthorities(): readonly string[] {
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates
}
