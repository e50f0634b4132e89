import { encoding, type Encoding } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import type { StudioOptions } from '../cli/options.ts'
import { UsageError } from '../cli/usage.ts'
import { demoShow } from './new-show.ts'
import { DEMONSTRATION_ID, readShowFile } from './show-store.ts'

/**
 * The show that the command line asks for: a file, or the demonstration for a headless run without one; null = the
 * last show. What is to be coded differently is applied to it. Throws UsageError for a file that cannot be used.
 */
export async function chooseShow(options: Pick<StudioOptions, 'showFile' | 'headless' | 'encoding'>): Promise<Show | null> {
  if (options.showFile !== null) {
    const show = await readShowFile(options.showFile).catch((failure: unknown) => {
      throw asUsageError(failure)
    })
    return { ...show, encoding: coded(show.encoding, options.encoding) }
  }
  if (!options.headless) return null
  const base = demoShow(DEMONSTRATION_ID)
  return demoShow(DEMONSTRATION_ID, coded(base.encoding, options.encoding))
}

function coded(base: Encoding, change: Partial<Encoding>): Encoding {
  return encoding.parse({ ...base, ...change })
}

function asUsageError(failure: unknown): UsageError {
  const { reason, evidence } = StudioError.from(failure)
  return new UsageError(`--show: ${REASONS_EN[reason].says} ${REASONS_EN[reason].advice} (${evidence})`)
}
