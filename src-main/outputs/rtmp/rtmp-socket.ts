import { connect } from 'node:net'
import type { Socket } from 'node:net'
import * as tls from 'node:tls'
import type { PushAddress } from '@shared/domain/address.ts'
import { type TlsTrust, tlsOptions } from '../tls-trust.ts'

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
    // Ingests of the large platforms answer only to their name.
    ...tlsOptions(host, trust),
  })
}

/** The event after which bytes may be sent. */
export function readyEvent(scheme: PushAddress['scheme']): 'connect' | 'secureConnect' {
  return scheme === 'rtmp' ? 'connect' : 'secureConnect'
}
