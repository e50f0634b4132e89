import type { CheckTexts } from './check-text.ts'

export const INGEST_EN = {} as const satisfies CheckTexts
