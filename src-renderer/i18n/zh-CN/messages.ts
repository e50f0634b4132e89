import { REASONS_ZH_CN } from '@shared/texts/reasons.zh-CN.ts'
import { SERVICE_CODES_ZH_CN } from '@shared/texts/service-codes.zh-CN.ts'
import { congestion } from './congestion.ts'
import { addresses } from './addresses.ts'
import { destinations } from './destinations.ts'
import { recordings } from './recordings.ts'
import { settings } from './settings.ts'
import { sources } from './sources.ts'
import { statistics } from './statistics.ts'
import { studio } from './studio.ts'
import { viewer } from './viewer.ts'
import { webhooks } from './webhooks.ts'

export default { ...studio, ...sources, ...destinations, ...addresses, ...settings, ...congestion, ...webhooks, ...statistics, ...recordings, ...viewer, reasons: REASONS_ZH_CN, serviceCodes: SERVICE_CODES_ZH_CN }
