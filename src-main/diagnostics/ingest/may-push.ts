import { BlockList, isIP } from 'node:net'
import { PLATFORMS, platformOf } from '@shared/domain/addresses/platforms.ts'
import type { Destination, DestinationKind } from '@shared/domain/destination.ts'
import { Secret } from '../../base/secret.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import { serverOf } from '../network/reachable-servers.ts'
import { addressOf, type LookUp } from '../network/stage-times.ts'

/** Kinds whose media main makes by itself: a WHIP connection lives in the page, and a playlist is no stream of a rate. */
const PUSHED: ReadonlySet<DestinationKind> = new Set(['rtmp', 'srt', 'rehearsal'])

/** Where a test goes, or why it does not. */
export type PushPlace =
  | { target: OutputTarget; testFlag: boolean; server: { ip: string; port: number; tcp: boolean } | null }
  | { refused: 'needs-agreement' | 'kind-unsupported' | 'address-unreadable' }

/**
 * Decides whether the test stream may go to a destination: always where nobody can see it (the built-in server, this computer and
 * its network, a platform with a flag for tests), elsewhere only when that was `agreed`. Rejects with `name-not-resolved`.
 */
export async function placeOf(target: OutputTarget, agreed: boolean, lookUp: LookUp): Promise<PushPlace> {
  const { destination } = target
  if (!PUSHED.has(destination.kind) || (destination.kind === 'srt' && destination.srt.mode === 'listener')) return { refused: 'kind-unsupported' }
  if (destination.kind === 'rehearsal') return { target, testFlag: false, server: null }
  const server = readable(destination)
  if (!server) return { refused: 'address-unreadable' }
  const ip = await addressOf(server.host, { lookUp })
  const found = { ip, port: server.port, tcp: server.protocol === 'tcp' }
  const flag = testFlagOf(destination)
  if (flag !== undefined) return { target: withTestFlag(target, flag), testFlag: true, server: found }
  const everywhere = isIP(server.host) ? [ip] : (await lookUp(server.host)).map(({ address }) => address)
  return agreed || everywhere.every(isPrivate) ? { target, testFlag: false, server: found } : { refused: 'needs-agreement' }
}

/** By the address alone: another server of the same platform's customers may pass the stream on without looking at flags. */
const testFlagOf = ({ kind, address }: Destination): string | undefined => (kind === 'rtmp' ? PLATFORMS[platformOf(address)].testFlag : undefined)

/** The flag stands behind the key, wherever that is. */
export function withTestFlag(target: OutputTarget, flag: string): OutputTarget {
  const flagged = (text: string): string => (text.includes(flag) ? text : `${text}${text.includes('?') ? '&' : '?'}${flag}`)
  if (!target.key.isEmpty) return { ...target, key: new Secret(flagged(target.key.reveal())) }
  return { ...target, destination: { ...target.destination, address: flagged(target.destination.address.trim()) } }
}

const PRIVATE = new BlockList()
// RFC 1122, 1918, 3927; 4291, 4193.
for (const [net, bits] of [['127.0.0.0', 8], ['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['169.254.0.0', 16]] as const) PRIVATE.addSubnet(net, bits)
for (const [net, bits] of [['::1', 128], ['fc00::', 7], ['fe80::', 10]] as const) PRIVATE.addSubnet(net, bits, 'ipv6')

/** Of this computer or its own network. */
export const isPrivate = (ip: string): boolean => PRIVATE.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')

function readable(destination: Destination) {
  try {
    return serverOf(destination)
  } catch {
    return null
  }
}
