import type { SrtOptions } from '../destination.ts'
import { StudioError } from '../errors.ts'
import { cleanText, hostText, invalidAddress, readAuthority, splitScheme } from './address-text.ts'

/** Where to send SRT, taken apart, with what stood in its query. */
export interface SrtAddress {
  /** Lower case; empty for a listener on every interface. */
  host: string
  port: number
  /** `srt://host:port` and nothing else. */
  place: string
  streamId: string
  passphrase: string
  options: Partial<SrtOptions>
  /** Names of options that the studio does not take from an address (it sets them itself), or whose value makes no sense. */
  ignored: string[]
}

/** libsrt's limits: SRTO_PASSPHRASE 10 to 79 characters, SRTO_STREAMID at most 512 bytes. */
export const PASSPHRASE_LENGTHS = { min: 10, max: 79 } as const
export const MAX_STREAM_ID_BYTES = 512

/**
 * Reads `srt://host:port?streamid=…&passphrase=…&latency=…&mode=…&pbkeylen=…`. A stream id may hold `#`, `,`, `=` and
 * `:` (the access-control syntax `#!::r=live/name,m=publish`), so nothing but `&` ends it.
 * Throws StudioError `address-invalid` or `address-scheme-unknown`.
 */
export function parseSrtAddress(text: string): SrtAddress {
  const address = cleanText(text, 'address')
  if (address === '') throw invalidAddress('nothing was entered')
  const parts = splitScheme(address)
  if (parts?.scheme !== 'srt') throw new StudioError('address-scheme-unknown', 'the address does not begin with srt://')
  const read = readQuery(parts.location.includes('?') ? parts.location.slice(parts.location.indexOf('?') + 1) : '')
  const isListener = read.options.mode === 'listener'
  const { host, port } = readAuthority(parts.authority, null, true)
  if (host === '' && !isListener && read.modeGiven) throw invalidAddress('there is no host')
  // `srt://:9000` can only mean waiting there.
  if (host === '' && !read.modeGiven) read.options.mode = 'listener'
  return { host, port, place: `srt://${hostText(host)}:${port}`, streamId: read.streamId, passphrase: read.passphrase, options: read.options, ignored: read.ignored }
}

interface SrtQuery {
  streamId: string
  passphrase: string
  options: Partial<SrtOptions>
  ignored: string[]
  modeGiven: boolean
}

function readQuery(query: string): SrtQuery {
  const read: SrtQuery = { streamId: '', passphrase: '', options: {}, ignored: [], modeGiven: false }
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const at = pair.indexOf('=')
    const name = (at === -1 ? pair : pair.slice(0, at)).toLowerCase()
    if (!takeOption(read, name, at === -1 ? '' : decoded(pair.slice(at + 1)))) read.ignored.push(name.slice(0, 40))
  }
  return read
}

/** False when the option is not one that the studio takes, or its value makes no sense. */
function takeOption(read: SrtQuery, name: string, value: string): boolean {
  switch (name) {
    case 'streamid': case 'srt_streamid': case 'stream_id':
      read.streamId = value
      return true
    case 'passphrase':
      read.passphrase = value
      return true
    case 'mode':
      if (value !== 'caller' && value !== 'listener') return false
      read.options.mode = value
      read.modeGiven = true
      return true
    case 'pbkeylen': {
      const length = Number(value)
      if (length !== 16 && length !== 24 && length !== 32) return false
      read.options.keyLength = length
      return true
    }
    case 'latency': case 'rcvlatency': case 'peerlatency': {
      const latencyMs = readLatencyMs(value)
      if (latencyMs === null) return false
      read.options.latencyMs = latencyMs
      return true
    }
    // What the studio sets itself anyway.
    case 'transtype':
      return value === 'live'
    default:
      return false
  }
}

/**
 * libsrt's own addresses give milliseconds; FFmpeg's, and OBS with them, give microseconds. A latency of more than
 * 8 s is nobody's wish, so a larger number is in microseconds.
 */
function readLatencyMs(text: string): number | null {
  if (!/^\d{1,10}$/.test(text)) return null
  const value = Number(text)
  const latencyMs = value > 8000 ? Math.round(value / 1000) : value
  return latencyMs > 8000 ? null : Math.max(20, latencyMs)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
