import type { SameChecks } from './check-text.ts'
import type { NETWORK_EN } from './network.en.ts'

export const NETWORK_ZH_CN: SameChecks<typeof NETWORK_EN> = {}
