import { kindOfAddress } from '@shared/domain/addresses/address-kind.ts'
import { parseHttpAddress } from '@shared/domain/addresses/http-address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { JsonStore } from '../base/json-store.ts'
import type { SecretStore } from '../host/host.ts'
import { type PlainTarget, readDestination, refuseDuplicate } from './destination-input.ts'
import { type DestinationsOptions, passphraseName, REHEARSAL } from './destinations.ts'

/**
 * Destinations for one run, from the command line: nothing of them is saved. Throws StudioError as saving a
 * destination does.
 */
export function runDestinations(addresses: readonly string[]): Pick<DestinationsOptions, 'store' | 'secrets'> {
  const targets: PlainTarget[] = []
  for (const [index, address] of addresses.entries()) {
    const target = readRunAddress(address, index)
    refuseDuplicate(target, targets)
    targets.push(target)
  }
  const secrets = new Map<string, string>()
  for (const { destination, key, passphrase } of targets) {
    if (key !== '') secrets.set(destination.id, key)
    if (passphrase !== '') secrets.set(passphraseName(destination.id), passphrase)
  }
  return { store: JsonStore.inMemory(targets.map((each) => each.destination)), secrets: memorySecrets(secrets) }
}

/**
 * What one `--to` means: `rehearsal` (the built-in server), `rtmp(s)://…/app/key`, `srt://host:port?streamid=…`,
 * `https://… [TOKEN]` (WHIP, or HLS when it ends in .m3u8), or a folder (HLS). Throws StudioError; its evidence quotes no address.
 */
export function readRunAddress(given: string, index = 0): PlainTarget {
  if (given === 'rehearsal') return readDestination(REHEARSAL, {}, null)
  const kind = kindOfAddress(given) ?? 'rtmp'
  const isHttp = /^\s*https?:/i.test(given)
  const [, address = given, token] = (isHttp && /^(\S+)\s+(.+)$/s.exec(given.trim())) || []
  // Nobody is there to be warned that the token can be read on the way.
  if (isHttp && parseHttpAddress(address).isOpen) throw new StudioError('address-invalid', 'plain http would show the token to everybody on the way; use https')
  const typed: Destination = { ...REHEARSAL, id: `to-${index + 1}`, name: `Destination ${index + 1}`, kind, address }
  return readDestination(typed, token === undefined ? {} : { key: token }, null)
}

/** Keeps keys for as long as the process lives. */
export function memorySecrets(keys = new Map<string, string>()): SecretStore {
  return {
    protection: 'memory',
    get: async (name) => keys.get(name) ?? null,
    set: async (name, value) => void keys.set(name, value),
    delete: async (name) => void keys.delete(name),
  }
}
