import { parsePushAddress } from '@shared/domain/address.ts'
import { parseHttpAddress } from '@shared/domain/addresses/http-address.ts'
import { parseSrtAddress } from '@shared/domain/addresses/srt-address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import type { TlsTrust } from '../../outputs/tls-trust.ts'
import { parseTestServer } from './test-server-address.ts'

/** A server somewhere, as far as the ways to it go. */
export interface ReachableServer {
  /** The destination's id; null = the test server. */
  destinationId: string | null
  host: string
  port: number
  /** Whom to believe; null = no TLS. */
  trust: TlsTrust | null
  /** SRT answers to datagrams alone; whether it does is found out by pushing. */
  protocol: 'tcp' | 'udp'
}

type Place = Pick<Destination, 'id' | 'kind' | 'address' | 'enabled' | 'certificateAuthority' | 'verifyCertificate' | 'srt'>

/** The servers that a run is about: the test server, and those of the chosen destinations, or of all that are switched on. */
export function reachableServers(destinations: readonly Place[], { destinationIds, testServer }: Pick<DiagnosticOptions, 'destinationIds' | 'testServer'>): ReachableServer[] {
  const chosen = destinations.filter(({ id, enabled }) => (destinationIds ? destinationIds.includes(id) : enabled))
  return [...(testServer ? orNothing(() => ofTestServer(testServer)) : []), ...chosen.flatMap((each) => orNothing(() => serverOf(each)))]
}

function ofTestServer(text: string): ReachableServer {
  const { host, port, secure } = parseTestServer(text)
  return { destinationId: null, host, port, trust: secure ? { certificateAuthority: '', verifyCertificate: true } : null, protocol: 'tcp' }
}

/** null = it has none: a folder, the rehearsal, a listener. Throws as the parser of its address. */
export function serverOf({ id, kind, address, certificateAuthority, verifyCertificate, srt }: Omit<Place, 'enabled'>): ReachableServer | null {
  const trust: TlsTrust = { certificateAuthority, verifyCertificate }
  if (kind === 'rtmp') {
    // Its key is elsewhere, so that the whole path is the application.
    const { host, port, scheme } = parsePushAddress(address, '-')
    return { destinationId: id, host, port, trust: scheme === 'rtmps' ? trust : null, protocol: 'tcp' }
  }
  if (kind === 'srt') {
    const { host, port } = parseSrtAddress(address)
    return srt.mode === 'listener' || host === '' ? null : { destinationId: id, host, port, trust: null, protocol: 'udp' }
  }
  if (kind === 'rehearsal' || !/^https?:/i.test(address.trim())) return null
  const { host, port, scheme } = parseHttpAddress(address)
  return { destinationId: id, host, port, trust: scheme === 'https' ? trust : null, protocol: 'tcp' }
}

/** An address that cannot be read is told where it is entered. */
function orNothing(find: () => ReachableServer | null): ReachableServer[] {
  try {
    const found = find()
    return found ? [found] : []
  } catch {
    return []
  }
}
