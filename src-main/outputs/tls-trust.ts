import { isIP } from 'node:net'
import * as tls from 'node:tls'
import { StudioError } from '@shared/domain/errors.ts'

/** Whom a destination believes. */
export interface TlsTrust {
  /** PEM certificates trusted besides the system's own; empty for none. */
  certificateAuthority: string
  verifyCertificate: boolean
}

/**
 * The TLS options of a connection to `host`. An IP address is not sent as a server name (RFC 6066 §3).
 * Throws StudioError `certificate-unknown-issuer` when the destination's own certificates cannot be read.
 */
export function tlsOptions(host: string, trust: TlsTrust): { servername: string; rejectUnauthorized: boolean; secureContext: tls.SecureContext } {
  return { servername: isIP(host) ? '' : host, rejectUnauthorized: trust.verifyCertificate, secureContext: secureContext(trust.certificateAuthority) }
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
