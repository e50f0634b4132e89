import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import { destinations } from './destinations.ts'
import { settings } from './settings.ts'
import { sources } from './sources.ts'
import { studio } from './studio.ts'

export default { ...studio, ...sources, ...destinations, ...settings, reasons: REASONS_EN }
