import type { Destination } from '@shared/domain/destination.ts'
import type { Clock } from '../../base/clock.ts'
import type { NetworkClockParts } from '../checks/network-clock.ts'
import { readSystemText, type SystemParts } from './gateway.ts'
import { reachableServers } from './reachable-servers.ts'
import { systemTools } from './run-tool.ts'
import type { ServerCheckParts } from './server-check-parts.ts'
import { systemLookUp } from './stage-times.ts'

/** What all checks of the network need. */
export type NetworkParts = ServerCheckParts & SystemParts & NetworkClockParts & { locateUrl: string }

/** M-Lab's list of servers near by (Locate API v2). */
const LOCATE_URL = 'https://locate.measurementlab.net/v2/nearest/ndt/ndt7'

/** The network as it is. Both public services are asked only after a yes to `public-service`. */
export const networkParts = (given: { clock: Clock; destinations: () => readonly Destination[]; heardOffsetMs: () => number | null }): NetworkParts => ({
  clock: given.clock,
  servers: (options) => reachableServers(given.destinations(), options),
  lookUp: systemLookUp,
  platform: process.platform,
  runTool: systemTools(given.clock, process.env),
  readText: readSystemText,
  heardOffsetMs: given.heardOffsetMs,
  ntp: { host: 'pool.ntp.org' },
  locateUrl: LOCATE_URL,
})
