import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { diskRoom } from './checks/disk-room.ts'
import { ingestPush } from './checks/ingest-push.ts'
import { networkClock } from './checks/network-clock.ts'
import { networkDns } from './checks/network-dns.ts'
import { networkGateway } from './checks/network-gateway.ts'
import { networkLine } from './checks/network-line.ts'
import { networkNdt7 } from './checks/network-ndt7.ts'
import { networkReach } from './checks/network-reach.ts'
import { networkRoute } from './checks/network-route.ts'
import { networkWifi } from './checks/network-wifi.ts'
import { showChecks } from './checks/show-checks.ts'
import type { MainCheckParts } from './main-check-parts.ts'

/** Every check that main carries out, a line each. */
export const mainChecks = (parts: MainCheckParts): RunnableCheck[] => [
  diskRoom(parts),
  networkDns(parts.network),
  networkReach(parts.network),
  networkGateway(parts.network),
  networkWifi(parts.network),
  networkRoute(parts.network),
  networkClock(parts.network),
  networkLine(parts.network),
  networkNdt7(parts.network),
  ingestPush(parts.ingest),
  ...showChecks(parts.show),
]
