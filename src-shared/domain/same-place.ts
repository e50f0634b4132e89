import { sameDestination } from './address.ts'
import type { Destination } from './destination.ts'

export interface KeyedDestination {
  destination: Pick<Destination, 'kind' | 'address' | 'srt'>
  key: string
}

/** True when one publisher would push the other out, whatever is sent there. Never throws. */
export function samePlace(one: KeyedDestination, other: KeyedDestination): boolean {
  const { kind } = one.destination
  if (kind !== other.destination.kind) return false
  if (kind === 'rehearsal') return true
  if (isListener(one) && isListener(other)) return samePort(one.destination.address, other.destination.address)
  return sameDestination(place(one), place(other))
}

/** Files of one name overwrite each other whoever brings them, and the folder alone means its `index.m3u8`. */
const place = ({ destination: { kind, address }, key }: KeyedDestination) =>
  kind === 'hls' ? { address: address.trim().replace(/(?<=^(?!https?:).*)[\\/]index\.m3u8$/i, ''), key: '' } : { address, key }

const isListener = ({ destination }: KeyedDestination): boolean => destination.kind === 'srt' && destination.srt.mode === 'listener'

/** A port has room for one listener; one without a host, or on 0.0.0.0, takes it on every interface. */
function samePort(a: string, b: string): boolean {
  const [one, other] = [a, b].map((address) => /^srt:\/\/(.*):(\d+)\/?$/i.exec(address.trim()))
  if (!one || !other || Number(one[2]) !== Number(other[2])) return false
  const [host = '', otherHost = ''] = [one[1], other[1]].map((each) => each?.toLowerCase())
  return host === otherHost || EVERYWHERE.has(host) || EVERYWHERE.has(otherHost)
}

const EVERYWHERE: ReadonlySet<string> = new Set(['', '0.0.0.0', '[::]'])
