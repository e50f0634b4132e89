import { parsePushAddress, redactAddress } from '@shared/domain/address.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { DestinationFacts } from './studio-event.ts'

/**
 * What notices say about a destination. A stream's name is the key to most services, so it is said only where the
 * address is signed and the name alone opens nothing; everywhere else the destination's own id stands for it. Never throws.
 */
export function destinationFacts(destination: Destination, key: string): DestinationFacts {
  const { kind, id, address } = destination
  const [streamName = '', query = ''] = parted(key)
  const parameters = new URLSearchParams(query)
  const signed = kind === 'rtmp' && parameters.has('txSecret') && streamName !== ''
  const common = { name: destination.name, streamId: signed ? streamName : id, recordId: parameters.get('recordId') ?? '' }
  if (kind === 'rehearsal') return { ...common, url: 'rehearsal', host: '127.0.0.1', app: 'live' }
  return { ...common, ...(kind === 'rtmp' ? rtmpPlace(address) : urlPlace(address)) }
}

type Place = Pick<DestinationFacts, 'url' | 'host' | 'app'>

function rtmpPlace(address: string): Place {
  try {
    const { host, app } = parsePushAddress(address, '-')
    return { url: redactAddress(address, true), host, app: app.split(/[?#]/)[0] ?? '' }
  } catch {
    return { url: '', host: '', app: '' }
  }
}

/** A folder has no URL, and nobody else's business is where it is. Some services have the key in the path: that part is left out. */
function urlPlace(address: string): Place {
  if (!/^(https?|srt):\/\//i.test(address) || !URL.canParse(address)) return { url: '', host: '', app: '' }
  const url = redactAddress(address)
  return { url, host: new URL(address).hostname, app: url.split('/')[3] ?? '' }
}

function parted(key: string): [string, string?] {
  const at = key.indexOf('?')
  return at < 0 ? [key] : [key.slice(0, at), key.slice(at + 1)]
}
