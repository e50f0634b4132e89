import type { OutputFailure } from '@shared/domain/output.ts'
import { serviceRule, type ServiceCode } from '@shared/domain/service-codes.ts'
import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import { SERVICE_CODES_EN } from '@shared/texts/service-codes.en.ts'

/** A failure without a number of a service's own; what it is stands in the message, which begins with the studio's stable code. */
export const STUDIO_FAILURE = -1

/** A failure as back ends get it: 0 and empty = none; the service's own number where it gave one. */
export function errorWords(failure: OutputFailure | null): { code: number; message: string } {
  if (!failure) return { code: 0, message: '' }
  const { reason, serviceCode } = failure
  const says = serviceRule(serviceCode) ? SERVICE_CODES_EN[serviceCode as ServiceCode].says : REASONS_EN[reason].says
  return { code: serviceCode && /^\d+$/.test(serviceCode) ? Number(serviceCode) : STUDIO_FAILURE, message: `${reason}: ${says}` }
}
