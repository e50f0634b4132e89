import type { Destination } from '@shared/domain/destination.ts'
import { JsonStore } from '../base/json-store.ts'
import type { SecretStore } from '../host/host.ts'
import { readDestination, refuseDuplicate, type PlainTarget } from './destination-input.ts'
import { REHEARSAL, type DestinationsOptions } from './destinations.ts'

/**
 * Destinations for one run, from the command line: nothing of them is saved. `rehearsal` is the built-in server,
 * anything else an address with its key. Throws StudioError as saving a destination does.
 */
export function runDestinations(addresses: readonly string[]): Pick<DestinationsOptions, 'store' | 'secrets'> {
  const targets: PlainTarget[] = []
  for (const [index, address] of addresses.entries()) {
    const id = `to-${index + 1}`
    const typed: Destination =
      address === 'rehearsal' ? REHEARSAL : { ...REHEARSAL, id, name: `Destination ${index + 1}`, kind: 'rtmp', address }
    const target = readDestination(typed, {}, null)
    refuseDuplicate(target, targets)
    targets.push(target)
  }
  return {
    store: JsonStore.inMemory(targets.map((each) => each.destination)),
    secrets: memorySecrets(new Map(targets.filter((each) => each.key !== '').map((each) => [each.destination.id, each.key]))),
  }
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
