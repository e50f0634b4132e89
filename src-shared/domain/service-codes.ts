import type { Reason } from './errors.ts'

/** Who or what a code is about. */
export type ServiceFamily = 'account' | 'push' | 'room' | 'recording' | 'stream-api' | 'signature'

export interface ServiceRule {
  family: ServiceFamily
  /** `yes`: worth retrying by itself; `no`: the user must act; `nothing`: what was asked for is so already. */
  retry: 'yes' | 'no' | 'nothing'
  /** At least this long until the next attempt, ms. */
  retryAfterMs?: number
  /** The studio's own reason for it. */
  reason: Reason
}

/**
 * What streaming services answer when they refuse, by the code in their answer; the codes with words are answers
 * that come without one. The sentence and the advice for each are in `src-shared/texts/service-codes.*.ts`.
 */
export const SERVICE_CODES = {
  1001: { family: 'account', retry: 'no', reason: 'token-rejected' },
  1002: { family: 'account', retry: 'no', reason: 'token-rejected' },
  6012: { family: 'push', retry: 'yes', reason: 'publish-timeout', retryAfterMs: 30_000 },
  20101: { family: 'account', retry: 'no', reason: 'connect-rejected' },
  20318: { family: 'account', retry: 'no', reason: 'connect-rejected' },
  20406: { family: 'account', retry: 'no', reason: 'connect-rejected' },
  50002: { family: 'push', retry: 'no', reason: 'input-invalid' },
  50003: { family: 'push', retry: 'no', reason: 'server-error' },
  50004: { family: 'push', retry: 'no', reason: 'input-invalid' },
  50005: { family: 'push', retry: 'yes', reason: 'server-busy' },
  50006: { family: 'push', retry: 'yes', reason: 'server-busy' },
  50007: { family: 'push', retry: 'no', reason: 'server-error' },
  40000000: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000001: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000002: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000003: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000004: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000005: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000006: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000007: { family: 'push', retry: 'no', reason: 'input-invalid' },
  40000201: { family: 'push', retry: 'no', reason: 'server-error' },
  40000202: { family: 'push', retry: 'no', reason: 'server-error' },
  40000203: { family: 'push', retry: 'no', reason: 'server-error' },
  40000207: { family: 'push', retry: 'yes', reason: 'address-unreachable' },
  40000208: { family: 'push', retry: 'yes', reason: 'connect-timeout' },
  40000301: { family: 'push', retry: 'no', reason: 'server-error' },
  40000302: { family: 'push', retry: 'no', reason: 'server-error' },
  40000303: { family: 'push', retry: 'no', reason: 'server-error' },
  40000304: { family: 'push', retry: 'no', reason: 'server-error' },
  40000305: { family: 'push', retry: 'no', reason: 'server-error' },
  40000306: { family: 'push', retry: 'no', reason: 'server-error' },
  40000401: { family: 'room', retry: 'yes', reason: 'connect-timeout' },
  40000402: { family: 'room', retry: 'yes', reason: 'connect-timeout' },
  40000404: { family: 'room', retry: 'yes', reason: 'connect-timeout' },
  40000403: { family: 'room', retry: 'no', reason: 'not-found' },
  40000410: { family: 'room', retry: 'no', reason: 'not-found' },
  40000405: { family: 'room', retry: 'no', reason: 'server-error' },
  40000406: { family: 'room', retry: 'no', reason: 'server-error' },
  40000407: { family: 'room', retry: 'no', reason: 'server-error' },
  40000408: { family: 'room', retry: 'no', reason: 'server-error' },
  40000409: { family: 'room', retry: 'no', reason: 'server-error' },
  40000411: { family: 'room', retry: 'no', reason: 'not-found' },
  40000412: { family: 'push', retry: 'nothing', reason: 'ended' },
  40000413: { family: 'push', retry: 'nothing', reason: 'ended' },
  40000414: { family: 'push', retry: 'yes', reason: 'server-error' },
  40000415: { family: 'push', retry: 'nothing', reason: 'already-publishing' },
  40000500: { family: 'push', retry: 'yes', reason: 'too-soon', retryAfterMs: 3000 },
  30000000: { family: 'recording', retry: 'no', reason: 'input-invalid' },
  30000001: { family: 'recording', retry: 'no', reason: 'input-invalid' },
  30000002: { family: 'recording', retry: 'no', reason: 'input-invalid' },
  30000003: { family: 'recording', retry: 'no', reason: 'input-invalid' },
  30000004: { family: 'recording', retry: 'no', reason: 'input-invalid' },
  30000201: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000202: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000203: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000207: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000208: { family: 'recording', retry: 'yes', reason: 'connect-timeout' },
  30000301: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000302: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000303: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000304: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000305: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000401: { family: 'recording', retry: 'yes', reason: 'connect-timeout' },
  30000402: { family: 'recording', retry: 'yes', reason: 'connect-timeout' },
  30000404: { family: 'recording', retry: 'yes', reason: 'connect-timeout' },
  30000403: { family: 'recording', retry: 'no', reason: 'not-found' },
  30000410: { family: 'recording', retry: 'no', reason: 'not-found' },
  30000411: { family: 'recording', retry: 'no', reason: 'not-found' },
  30000405: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000406: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000407: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000408: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000409: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000414: { family: 'recording', retry: 'no', reason: 'server-error' },
  30000412: { family: 'recording', retry: 'nothing', reason: 'not-recording' },
  30000413: { family: 'recording', retry: 'nothing', reason: 'not-recording' },
  30000415: { family: 'recording', retry: 'nothing', reason: 'already-recording' },
  'recording-1': { family: 'recording', retry: 'no', reason: 'right-missing' },
  'recording-2': { family: 'recording', retry: 'no', reason: 'recording-failed' },
  'http-403': { family: 'stream-api', retry: 'no', reason: 'token-rejected' },
  'http-404': { family: 'stream-api', retry: 'no', reason: 'endpoint-not-found' },
  'sign-invalid': { family: 'signature', retry: 'no', reason: 'signature-wrong' },
  'time-expired': { family: 'signature', retry: 'no', reason: 'token-expired' },
} as const satisfies Record<string, ServiceRule>

export type ServiceCode = `${keyof typeof SERVICE_CODES}`
export const serviceCodes = Object.keys(SERVICE_CODES) as ServiceCode[]

/** The code as the table and the texts have it; null for one that they have not. */
export const knownCode = (code: string | null | undefined): ServiceCode | null => serviceCodes.find((each) => each === code) ?? null

/** What a code means for the studio; null for one that is not in the table. */
export function serviceRule(code: string | null | undefined): ServiceRule | null {
  const table: Readonly<Record<string, ServiceRule>> = SERVICE_CODES
  return code && Object.hasOwn(table, code) ? (table[code] ?? null) : null
}
