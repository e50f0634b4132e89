import { parsePushAddress, splitAddress } from '@shared/domain/address.ts'
import { cleanText } from '@shared/domain/addresses/address-text.ts'
import { parseHlsAddress } from '@shared/domain/addresses/hls-address.ts'
import { parseHttpAddress } from '@shared/domain/addresses/http-address.ts'
import { isBasic, readAuthorization } from '@shared/domain/addresses/http-authorization.ts'
import { MAX_STREAM_ID_BYTES, parseSrtAddress, PASSPHRASE_LENGTHS } from '@shared/domain/addresses/srt-address.ts'
import type { SrtOptions } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'

/** An address without secrets, and the secrets. */
export interface ReadPlace {
  address: string
  key: string
  passphrase?: string
  srt?: SrtOptions
}

/** What is saved of the same kind under this id. */
export type KeptPlace = { address: string; key: string; passphrase: string } | null

/** RTMP: the address may hold the key; a changed server keeps the key. Throws as `parsePushAddress`. */
export function readRtmpPlace(address: string, typedKey: string | undefined, before: KeptPlace): ReadPlace {
  const place = partRtmp(address, typedKey, before)
  // The whole, as it will be used: whatever is wrong with it is said now and not when going live.
  parsePushAddress(place.address, place.key)
  return place
}

function partRtmp(address: string, typedKey: string | undefined, before: KeptPlace): ReadPlace {
  if (typedKey) {
    parsePushAddress(address, typedKey)
    // Pasted whole, with the key in the key field as well.
    const whole = address.endsWith(`/${typedKey}`) ? address.slice(0, -typedKey.length).replace(/\/+$/, '') : address
    return { address: whole, key: typedKey }
  }
  // Only the server's name was changed: an `app/instance` in the path is no key.
  const samePath = before !== null && before.key !== '' && pathOf(before.address) === pathOf(address)
  if (typedKey === undefined && samePath) return { address, key: before.key }
  const split = splitAddress(address)
  if (typedKey === undefined && split.key === '' && before) return { address, key: before.key }
  return split
}

const pathOf = (address: string): string => address.replace(/^[a-z0-9+.-]+:\/\/[^/?#]*/i, '')

/**
 * WHIP: the address is kept whole; the secret is the bearer token, with or without the word `Bearer`. A user name and
 * password in the address become a token for Basic authentication, where no other was typed. The second secret is that of TURN.
 */
export function readWhipPlace(address: string, typed: { key?: string | undefined; passphrase?: string | undefined }, before: KeptPlace): ReadPlace {
  const { whole, basic } = parseHttpAddress(address)
  return { address: whole, key: typed.key || basic === '' ? readToken(typed.key, before) : basic, passphrase: typed.passphrase?.trim() ?? before?.passphrase ?? '' }
}

/** HLS: a folder, or a playlist's address with a bearer token. */
export function readHlsPlace(address: string, typedToken: string | undefined, before: KeptPlace): ReadPlace {
  const place = parseHlsAddress(address)
  return place.to === 'folder' ? { address: place.folder, key: '' } : { address: place.whole, key: readToken(typedToken, before) }
}

const readToken = (typed: string | undefined, before: KeptPlace): string =>
  typed === undefined ? (before?.key ?? '') : cleanToken(readAuthorization(typed))

const cleanToken = (token: string): string => (isBasic(token) ? token : cleanText(token, 'token'))

/** SRT: what stands in the query becomes stream id, passphrase and options. Throws `input-invalid` for what libsrt would refuse. */
export function readSrtPlace(address: string, typed: { key?: string | undefined; passphrase?: string | undefined }, srt: SrtOptions, before: KeptPlace): ReadPlace {
  const read = parseSrtAddress(address)
  const options = { ...srt, ...read.options }
  const key = cleanText(typed.key ?? (read.streamId || (before?.key ?? '')), 'stream id')
  const passphrase = typed.passphrase ?? (read.passphrase || (before?.passphrase ?? ''))
  if (new TextEncoder().encode(key).length > MAX_STREAM_ID_BYTES) throw new StudioError('input-invalid', `the stream id is longer than ${MAX_STREAM_ID_BYTES} bytes`)
  checkPassphrase(passphrase)
  return { address: read.place, key, passphrase, srt: options }
}

function checkPassphrase(passphrase: string): void {
  if (passphrase === '') return
  const { min, max } = PASSPHRASE_LENGTHS
  const sizeBytes = new TextEncoder().encode(passphrase).length
  if (sizeBytes < min || sizeBytes > max) throw new StudioError('input-invalid', `a passphrase has ${min} to ${max} characters`)
  if (/\p{Cc}/u.test(passphrase)) throw new StudioError('input-invalid', 'there is a control character inside the passphrase')
}
