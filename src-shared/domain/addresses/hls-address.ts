import { MAX_ADDRESS_LENGTH } from '../destination.ts'
import { StudioError } from '../errors.ts'
import { invalidAddress } from './address-text.ts'
import { type HttpAddress, parseHttpAddress } from './http-address.ts'

/** Where an HLS playlist and its segments go: a folder of this computer, or a web server that takes PUT. */
export type HlsAddress = { to: 'folder'; folder: string } | ({ to: 'http' } & HttpAddress)

/** The playlist's name may stand in the path or, as YouTube has it, at the end of the query. */
export const isPlaylistAddress = (address: string): boolean => /\.m3u8($|[?#])/i.test(address.trim())

/** A folder from the root on, as Linux, macOS and Windows write it. */
export const isAbsoluteFolder = (text: string): boolean => /^(\/(?!\/)|~\/|[a-z]:[\\/]|\\\\[^\\])/i.test(text.trim())

/** Reads a folder or an address of a playlist. Throws StudioError `address-invalid` or `address-scheme-unknown`. */
export function parseHlsAddress(text: string): HlsAddress {
  const typed = text.length > MAX_ADDRESS_LENGTH * 4 ? text : text.trim()
  if (/^https?:\/\//i.test(typed)) {
    const address = parseHttpAddress(typed)
    if (!isPlaylistAddress(address.whole)) throw invalidAddress('the address does not end with the name of a playlist, .m3u8')
    return { to: 'http', ...address }
  }
  if (typed === '') throw invalidAddress('nothing was entered')
  if (typed.length > MAX_ADDRESS_LENGTH) throw invalidAddress(`the address is longer than ${MAX_ADDRESS_LENGTH} characters`)
  const folder = /^file:\/\//i.test(typed) ? folderOfFileAddress(typed) : typed
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(folder)) throw new StudioError('address-scheme-unknown', 'neither a folder nor an https:// address')
  if (/[\p{Cc}\p{Cs}]/u.test(folder)) throw invalidAddress('there is a line break or control character inside the folder')
  if (!isAbsoluteFolder(folder)) throw invalidAddress('a folder is given from its beginning on, for example /srv/stream')
  return { to: 'folder', folder }
}

function folderOfFileAddress(address: string): string {
  try {
    const path = decodeURIComponent(new URL(address).pathname)
    return /^\/[a-z]:\//i.test(path) ? path.slice(1) : path
  } catch {
    throw invalidAddress('the folder cannot be read')
  }
}
