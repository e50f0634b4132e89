import { X509Certificate } from 'node:crypto'
import { parsePushAddress, sameDestination, splitAddress } from '@shared/domain/address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'

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
 * Checks what was typed or pasted and parts address and key.
 * `before` is what is saved under this id.
 * Throws StudioError `address-invalid`, `address-scheme-unknown` or `input-invalid`.
 */
export function readDestination(typed: Destination, secrets: TypedSecrets, before: PlainTarget | null): PlainTarget {
  const name = typed.name.replace(/\s+/g, ' ').trim()
  if (typed.kind === 'rehearsal') return { destination: { ...typed, name, address: '' }, key: '', passphrase: '' }
  checkCertificates(typed.certificateAuthority)
  const { address, key } = readPlace(typed.address.trim(), secrets.key?.trim(), before)
  // The whole, as it will be used: whatever is wrong with it is said now and not when going live.
  parsePushAddress(address, key)
  return { destination: { ...typed, name, address }, key, passphrase: '' }
}

function readPlace(address: string, typedKey: string | undefined, before: PlainTarget | null): { address: string; key: string } {
  if (typedKey) {
    parsePushAddress(address, typedKey)
    // Pasted whole, with the key in the key field as well.
    const whole = address.endsWith(`/${typedKey}`) ? address.slice(0, -typedKey.length).replace(/\/+$/, '') : address
    return { address: whole, key: typedKey }
  }
  // Only the server's name was changed: an `app/instance` in the path is no key.
  const samePath = before !== null && before.key !== '' && pathOf(before.destination.address) === pathOf(address)
  if (typedKey === undefined && samePath) return { address, key: before.key }
  const split = splitAddress(address)
  if (typedKey === undefined && split.key === '' && before) return { address, key: before.key }
  return split
}

const pathOf = (address: string): string => address.replace(/^[a-z0-9+.-]+:\/\/[^/?#]*/i, '')

/** Two destinations with one place would push each other out at the server. Throws `address-duplicate` with the other one's name. */
export function refuseDuplicate(target: PlainTarget, others: readonly PlainTarget[]): void {
  const twin = others.find((each) => isSamePlace(each, target))
  if (twin) throw new StudioError('address-duplicate', twin.destination.name)
}

function isSamePlace(one: PlainTarget, other: PlainTarget): boolean {
  if (one.destination.kind !== other.destination.kind) return false
  if (one.destination.kind === 'rehearsal') return true
  return sameDestination({ address: one.destination.address, key: one.key }, { address: other.destination.address, key: other.key })
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
