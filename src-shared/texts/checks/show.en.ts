import type { CheckTexts } from './check-text.ts'

export const SHOW_EN = {} as const satisfies CheckTexts
