import { DEVICES_ZH_CN } from './devices.zh-CN.ts'
import { INGEST_ZH_CN } from './ingest.zh-CN.ts'
import { NETWORK_ZH_CN } from './network.zh-CN.ts'
import { SHOW_ZH_CN } from './show.zh-CN.ts'
import { SYSTEM_ZH_CN } from './system.zh-CN.ts'

export const CHECKS_ZH_CN = { ...DEVICES_ZH_CN, ...SYSTEM_ZH_CN, ...NETWORK_ZH_CN, ...INGEST_ZH_CN, ...SHOW_ZH_CN }
