import type { Reason } from '@shared/domain/errors.ts'
import { serviceRule } from '@shared/domain/service-codes.ts'

/** What a user can be offered to do about a failure. */
export type ReasonAction = 'retry' | 'edit' | 'settings'

/** Reasons that only another address, key or certificate mends. */
const EDIT = new Set<Reason>([
  'address-invalid', 'address-scheme-unknown', 'address-duplicate', 'name-not-resolved', 'certificate-unknown-issuer', 'certificate-wrong-host', 'tls-failed', 'not-rtmp',
  'connect-rejected', 'key-rejected', 'closed-at-once', 'token-rejected', 'token-expired', 'signature-wrong', 'right-missing', 'endpoint-not-found', 'offer-rejected', 'redirect-refused',
  'passphrase-wrong', 'upload-refused',
])
/** Reasons that have their cause in the settings. */
const SETTINGS = new Set<Reason>(['encoder-unavailable', 'folder-not-writable', 'disk-full', 'disk-low', 'disk-slow', 'settings-broken', 'recording-failed', 'notice-refused'])
/** Codes that mean that an id, a key or an address is wrong; what is wrong with an account is mended elsewhere. */
const EDIT_BY_CODE = new Set<Reason>(['input-invalid', 'not-found', 'token-rejected', 'token-expired', 'signature-wrong', 'endpoint-not-found'])
/** Nothing is wrong, or it mends itself. */
const NOTHING = new Set<Reason>(['already-live', 'already-recording', 'not-recording', 'stopped'])

/** The one thing to do about a failure, of what can be done where it is shown; null = nothing but what the advice says. */
export function reasonAction(reason: Reason, serviceCode: string | undefined, can: readonly ReasonAction[]): ReasonAction | null {
  const rule = serviceRule(serviceCode)
  if (rule?.retry === 'nothing' || NOTHING.has(reason)) return null
  const edits = rule ? rule.retry === 'no' && EDIT_BY_CODE.has(rule.reason) : EDIT.has(reason)
  const wanted = edits ? 'edit' : !rule && SETTINGS.has(reason) ? 'settings' : 'retry'
  if (can.includes(wanted)) return wanted
  // Trying again is never wrong; anything else would only lead astray.
  return can.includes('retry') ? 'retry' : null
}
