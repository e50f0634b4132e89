import type { RunnerCode } from './check-text.ts'
import { DEVICES_EN } from './devices.en.ts'
import { INGEST_EN } from './ingest.en.ts'
import { NETWORK_EN } from './network.en.ts'
import { SHOW_EN } from './show.en.ts'
import { SYSTEM_EN } from './system.en.ts'

/** Every check that there is, with its question and its findings, in English. This is also the closed list of names and codes. */
export const CHECKS_EN = { ...DEVICES_EN, ...SYSTEM_EN, ...NETWORK_EN, ...INGEST_EN, ...SHOW_EN } as const

export type CheckName = keyof typeof CHECKS_EN
export type FindingCode<N extends CheckName = CheckName> = (N extends CheckName ? keyof (typeof CHECKS_EN)[N]['findings'] & string : never) | RunnerCode
