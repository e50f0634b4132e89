import type { CheckTexts } from './check-text.ts'

export const NETWORK_EN = {} as const satisfies CheckTexts
