import { sameDestination } from '@shared/domain/address.ts'
import type { OutputTarget } from './manager.ts'

/** True when both would be one publisher's place at one server, whatever is sent there. */
export function samePlace(a: OutputTarget, b: OutputTarget): boolean {
  if (a.destination.kind !== b.destination.kind) return false
  if (a.destination.kind === 'rehearsal') return true
  const place = ({ destination, key }: OutputTarget) => {
    // Files of one name overwrite each other whoever brings them, and a port has room for one listener.
    const byAddressAlone = destination.kind === 'hls' || (destination.kind === 'srt' && destination.srt.mode === 'listener')
    return { address: destination.address, key: byAddressAlone ? '' : key.reveal() }
  }
  return sameDestination(place(a), place(b))
}

/** While a show is on air or recorded the computer stays awake. */
