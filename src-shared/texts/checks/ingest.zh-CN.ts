import type { SameChecks } from './check-text.ts'
import type { INGEST_EN } from './ingest.en.ts'

export const INGEST_ZH_CN: SameChecks<typeof INGEST_EN> = {}
