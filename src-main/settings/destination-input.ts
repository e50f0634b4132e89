import { X509Certificate } from 'node:crypto'
import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { isTurn, readIceServers } from '@shared/domain/ice-server-address.ts'
import { samePlace } from '@shared/domain/same-place.ts'
import { readHlsPlace, readRtmpPlace, readSrtPlace, readWhipPlace, type ReadPlace } from './destination-place.ts'

/** A destination with its secrets as plain text: only while it is being checked. */
export interface PlainTarget {
  destination: Destination
  key: string
  passphrase: string
}

/** What was typed into the secret fields; undefined = not touched. */
export interface TypedSecrets {
  key?: string | undefined
  passphrase?: string | undefined
}

/**
 * Checks what was typed or pasted and parts address and secrets, each kind by its own rule.
 * `before` is what is saved under this id.
 * Throws StudioError `address-invalid`, `address-scheme-unknown` or `input-invalid`.
 */
export function readDestination(typed: Destination, secrets: TypedSecrets, before: PlainTarget | null): PlainTarget {
  const name = typed.name.replace(/\s+/g, ' ').trim()
  if (typed.kind === 'rehearsal') return { destination: { ...typed, name, address: '' }, key: '', passphrase: '' }
  checkCertificates(typed.certificateAuthority)
  // Another kind of destination has other secrets: a stream key is no token.
  const sameKind = before?.destination.kind === typed.kind ? before : null
  const { address, key, passphrase = '', srt = typed.srt } = readPlaceOf(typed, secrets, sameKind)
  const whip = typed.kind === 'whip' ? { ...typed.whip, iceServers: readIceServers(typed.whip.iceServers), iceUser: typed.whip.iceUser.trim() } : typed.whip
  if (typed.kind === 'whip' && whip.iceServers.some(isTurn) && (whip.iceUser === '' || passphrase === '')) throw new StudioError('input-invalid', 'the ICE servers need a user name and a secret for TURN')
  return { destination: { ...typed, name, address, srt, whip }, key, passphrase }
}

function readPlaceOf(typed: Destination, secrets: TypedSecrets, before: PlainTarget | null): ReadPlace {
  const kept = before && { address: before.destination.address, key: before.key, passphrase: before.passphrase }
  switch (typed.kind) {
    case 'whip':
      return readWhipPlace(typed.address, secrets, kept)
    case 'srt':
      return readSrtPlace(typed.address, secrets, typed.srt, kept)
    case 'hls':
      return readHlsPlace(typed.address, secrets.key, kept)
    default:
      return readRtmpPlace(typed.address.trim(), secrets.key?.trim(), kept)
  }
}

/** Two destinations with one place would push each other out at the server. Throws `address-duplicate` with the other one's name. */
export function refuseDuplicate(target: PlainTarget, others: readonly PlainTarget[]): void {
  const twin = others.find((each) => samePlace(each, target))
  if (twin) throw new StudioError('address-duplicate', twin.destination.name)
}

function checkCertificates(pem: string): void {
  if (pem.trim() === '') return
  if (pem.includes('PRIVATE KEY')) throw new StudioError('input-invalid', 'this is a private key; a certificate is needed')
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (!blocks) throw new StudioError('input-invalid', 'this is not a certificate in PEM form')
  for (const block of blocks) {
    try {
      void new X509Certificate(block)
    } catch {
      throw new StudioError('input-invalid', 'one of the certificates cannot be read')
    }
  }
}
