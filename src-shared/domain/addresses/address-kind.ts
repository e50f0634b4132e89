import type { DestinationKind } from '../destination.ts'
import { isAbsoluteFolder, isPlaylistAddress } from './hls-address.ts'

/**
 * Which kind of destination an address is for, by its looks alone: rtmp(s)://, srt://, http(s):// (WHIP, or HLS when it
 * names a playlist), a folder (HLS). null for anything else.
 */
export function kindOfAddress(address: string): Exclude<DestinationKind, 'rehearsal'> | null {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase()
  if (scheme === 'rtmp' || scheme === 'rtmps') return 'rtmp'
  if (scheme === 'srt') return 'srt'
  if (scheme === 'http' || scheme === 'https') return isPlaylistAddress(address) ? 'hls' : 'whip'
  if (scheme === 'file') return 'hls'
  return scheme === undefined && isAbsoluteFolder(address) ? 'hls' : null
}
