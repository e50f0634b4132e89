import type { SameChecks } from './check-text.ts'
import type { SHOW_EN } from './show.en.ts'

export const SHOW_ZH_CN: SameChecks<typeof SHOW_EN> = {}
