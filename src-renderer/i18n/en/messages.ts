import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import { SERVICE_CODES_EN } from '@shared/texts/service-codes.en.ts'
import { destinations } from './destinations.ts'
import { settings } from './settings.ts'
import { sources } from './sources.ts'
import { statistics } from './statistics.ts'
import { studio } from './studio.ts'
import { webhooks } from './webhooks.ts'

export default { ...studio, ...sources, ...destinations, ...settings, ...webhooks, ...statistics, reasons: REASONS_EN, serviceCodes: SERVICE_CODES_EN }
