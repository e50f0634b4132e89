import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import type { ShowCheckParts } from './show-check-parts.ts'
import { showClock } from './show-clock.ts'
import { showDestinations } from './show-destinations.ts'
import { showDisk } from './show-disk.ts'
import { showExpiry } from './show-expiry.ts'
import { showProcessor } from './show-processor.ts'
import { showSound } from './show-sound.ts'
import { showSources } from './show-sources.ts'

/** What main looks at before a show, in the order in which it is told. The page adds whether an encoder starts. */
export const showChecks = (parts: ShowCheckParts): RunnableCheck[] => [
  showSources(parts), showSound(parts), showDestinations(parts), showExpiry(parts), showDisk(parts), showProcessor(parts), showClock(parts),
]
