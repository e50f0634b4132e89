import type { CheckTexts } from './check-text.ts'

export const DEVICES_EN = {} as const satisfies CheckTexts
