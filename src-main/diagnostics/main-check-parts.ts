import type { ShowCheckParts } from './checks/show-check-parts.ts'
import type { SystemCheckParts } from './checks/system-parts.ts'
import type { IngestParts } from './ingest/ingest-parts.ts'
import type { NetworkParts } from './network/network-parts.ts'

/** What main's checks look at; each takes what it needs. */
export interface MainCheckParts {
  /** Where recordings go now. */
  recordingsFolder: () => string
  /** Bytes free for this user at a path. */
  freeBytes: (path: string) => Promise<number>
  network: NetworkParts
  system: SystemCheckParts
  show: ShowCheckParts
  ingest: IngestParts
}
