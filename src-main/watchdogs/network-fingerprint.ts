import type { NetworkInterfaceInfo } from 'node:os'

/** What this computer is connected to: the addresses that lead out of it, by interface. Empty = nothing. */
export function networkFingerprint(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string {
  return Object.entries(interfaces)
    .flatMap(([name, addresses = []]) => addresses.filter(leadsOut).map(({ address }) => `${name} ${address}`))
    .sort()
    .join(', ')
}

/** IPv6 addresses change every day by design, and link-local ones lead nowhere. */
const leadsOut = ({ internal, family }: NetworkInterfaceInfo): boolean => !internal && family === 'IPv4'
