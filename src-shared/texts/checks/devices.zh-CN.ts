import type { SameChecks } from './check-text.ts'
import type { DEVICES_EN } from './devices.en.ts'

export const DEVICES_ZH_CN: SameChecks<typeof DEVICES_EN> = {}
