import { parsePushAddress } from '@shared/domain/address.ts'
import { wholeAddress } from '@shared/domain/addresses/address-query.ts'
import { cleanText } from '@shared/domain/addresses/address-text.ts'
import { parseHlsAddress } from '@shared/domain/addresses/hls-address.ts'
import { parseHttpAddress } from '@shared/domain/addresses/http-address.ts'
import { isBasic, readAuthorization } from '@shared/domain/addresses/http-authorization.ts'
import { parseSrtAddress, PASSPHRASE_LENGTHS } from '@shared/domain/addresses/srt-address.ts'
import { newDestination } from '@shared/domain/destination.ts'
import type { Destination, DestinationView } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Reason } from '@shared/domain/errors.ts'
import { isTurn, readIceServers } from '@shared/domain/ice-server-address.ts'

export type DestinationField = 'address' | 'key' | 'passphrase' | 'iceServers' | 'certificateAuthority' | 'form'
export interface FieldProblem {
  field: DestinationField
  reason: Reason
  evidence: string
}

/** What is typed; secrets stay here and leave only with saving. */
export interface DestinationFields extends Pick<Destination, 'name' | 'address' | 'certificateAuthority' | 'verifyCertificate' | 'priority' | 'content' | 'whip' | 'srt' | 'hls'> {
  kind: Exclude<Destination['kind'], 'rehearsal'>
  key: string
  passphrase: string
  /** What stands behind the `?` of the address, as typed or revealed; some services put a token there. */
  query: string
}

/** The fields of a saved destination, or those of a new one: what works for most people without being touched. */
export function fieldsOf(before: DestinationView | null): DestinationFields {
  const { kind, name, address, certificateAuthority, verifyCertificate, priority, content, whip, srt, hls } = before ?? newDestination({ id: 'new', name: '', kind: 'rtmp', address: '', enabled: true })
  return { kind: kind === 'rehearsal' ? 'rtmp' : kind, name, address, certificateAuthority, verifyCertificate, priority, content, whip: { ...whip }, srt: { ...srt }, hls: { ...hls }, key: '', passphrase: '', query: '' }
}

/**
 * What is wrong with the fields, as far as the page can tell; null = nothing. `hasKey`, `hasPassphrase`: there is one, typed or kept.
 * `isKept`: the address is the one that is saved, whose query the page may not know.
 */
export function problemOf(fields: DestinationFields, hasKey: boolean, hasPassphrase = fields.passphrase !== '', isKept = false): FieldProblem | null {
  const { kind, key, passphrase, whip } = fields
  try {
    if (!isKept) checkAddress(kind, wholeAddress(fields.address, fields.query, null), hasKey ? key || '-' : '')
    const token = readAuthorization(key)
    if (!isBasic(token)) cleanText(token, 'key')
    if (kind === 'whip' && readIceServers(whip.iceServers).some(isTurn) && (whip.iceUser.trim() === '' || !hasPassphrase)) return { field: 'iceServers', reason: 'input-invalid', evidence: '' }
    if (kind === 'srt' && passphrase !== '' && !isPassphrase(passphrase)) return { field: 'passphrase', reason: 'input-invalid', evidence: '' }
    return null
  } catch (thrown) {
    const { reason, evidence } = StudioError.from(thrown)
    return { field: evidence.includes('the ICE server') ? 'iceServers' : evidence.includes('the key') ? 'key' : 'address', reason, evidence }
  }
}

function checkAddress(kind: DestinationFields['kind'], address: string, key: string): void {
  if (kind === 'rtmp') parsePushAddress(address, key)
  else if (kind === 'whip') parseHttpAddress(address)
  else if (kind === 'hls') parseHlsAddress(address)
  else parseSrtAddress(address)
}

/** Which field main's answer is about. */
export function fieldOf(reason: Reason, evidence: string): DestinationField {
  if (/passphrase/.test(evidence)) return 'passphrase'
  if (/the ICE server/.test(evidence)) return 'iceServers'
  if (/the (key|token|stream id)/.test(evidence)) return 'key'
  if (/certificate|private key/.test(evidence) || reason.startsWith('certificate-')) return 'certificateAuthority'
  return reason.startsWith('address-') ? 'address' : 'form'
}

/** A user name and a password stand before the host of a web address. */
export function hasUserInfo(address: string): boolean {
  try {
    return parseHttpAddress(address).basic !== ''
  } catch {
    return false
  }
}

/** Plain http to another computer: the token can be read on the way. */
export function isOpenHttp(address: string): boolean {
  try {
    return parseHttpAddress(address).isOpen
  } catch {
    return false
  }
}

const isPassphrase = (text: string): boolean => {
  const sizeBytes = new TextEncoder().encode(text).length
  return sizeBytes >= PASSPHRASE_LENGTHS.min && sizeBytes <= PASSPHRASE_LENGTHS.max
}
