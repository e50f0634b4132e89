import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { diskRoom } from './checks/disk-room.ts'
import { environmentFfmpeg } from './checks/environment-ffmpeg.ts'
import { environmentSystem } from './checks/environment-system.ts'
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
import { systemClockOffset } from './checks/system-clock.ts'
import { systemDiskSpeed } from './checks/system-disk-speed.ts'
import { systemMemory } from './checks/system-memory.ts'
import { systemPower } from './checks/system-power.ts'
import { systemProcessor } from './checks/system-processor.ts'
import type { MainCheckParts } from './main-check-parts.ts'

/** Every check that main carries out, a line each. */
export const mainChecks = (parts: MainCheckParts): RunnableCheck[] => [
  environmentSystem(parts.system),
  environmentFfmpeg(parts.system),
  systemProcessor(parts.system),
  systemMemory(parts.system),
  systemPower(parts.system),
  diskRoom(parts),
  systemDiskSpeed(parts.system),
  systemClockOffset(parts.system),
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
