import { StudioError } from '../../errors.ts'
import { parsePushAddress, splitAddress } from '../../address.ts'
import { isPlaylistAddress } from '../hls-address.ts'
import { parseHttpAddress } from '../http-address.ts'
import { TENCENT_WHIP_ADDRESS } from '../platform.ts'
import { parseSrtAddress } from '../srt-address.ts'
import { type Clue, isAddress } from './paste-clues.ts'
import type { ClueRole } from './paste-labels.ts'
import type { PastedField, PastedPlace, PasteResult } from './paste-result.ts'

/** Puts one place together from what belongs together. */
export function composePlace(clues: readonly Clue[]): PasteResult {
  const addresses = clues.filter(({ value }) => isAddress(value))
  const usable = addresses.filter(({ role, value }) => role !== 'playback' && role !== 'backup' && !isPlayback(value))
  const chosen = usable.find(({ value }) => isIngest(value)) ?? usable[0]
  if (!chosen) return addresses.some(({ role }) => role === 'backup') && addresses[0] ? compose(addresses[0].value, clues) : { ok: false, problem: 'playback-address' }
  const composed = compose(chosen.value, clues)
  if (!composed.ok) return composed
  const left = (role: ClueRole) => (addresses.some((each) => each !== chosen && each.role === role) ? [{ what: role as 'playback' | 'backup' }] : [])
  return { ...composed, ignored: [...composed.ignored, ...left('playback'), ...left('backup')] }
}

const isIngest = (address: string): boolean => /^(rtmps?|srt|whips?|webrtc):/i.test(address) || /whip|ingest|publish|push/i.test(address)
/** Addresses for watching: FLV by HTTP, WHEP, a WebRTC address without a signature. */
const isPlayback = (address: string): boolean =>
  /^https?:\/\/[^?#]*(\.flv|\/whep\b)/i.test(address) || (/^webrtc:/i.test(address) && !/txsecret=|push/i.test(address))

function compose(address: string, clues: readonly Clue[]): PasteResult {
  const scheme = /^([a-z0-9+.-]+):/i.exec(address)?.[1]?.toLowerCase() ?? ''
  try {
    if (scheme === 'rtmp' || scheme === 'rtmps') return composeRtmp(address, clues)
    if (scheme === 'srt') return composeSrt(address, clues)
    if (scheme === 'webrtc') return place('whip', TENCENT_WHIP_ADDRESS, { key: address, found: ['address', 'token'] })
    if (/^(https?|whips?)$/.test(scheme)) return composeHttp(address.replace(/^whip(s?):/i, 'http$1:'), clues)
  } catch (thrown) {
    const { reason, evidence } = StudioError.from(thrown)
    return { ok: false, problem: 'address', reason, evidence }
  }
  return { ok: false, problem: 'scheme', scheme: scheme.slice(0, 20) }
}

function composeRtmp(address: string, clues: readonly Clue[]): PasteResult {
  const inPath = splitAddress(address)
  const labelled = valueOf(clues, 'key') ?? valueOf(clues, 'streamId') ?? valueOf(clues, 'token')
  const word = clues.find(({ role, value }) => role === null && !isAddress(value) && (inPath.key === '' || /\d|[-_?=]/.test(value)))?.value
  const key = labelled ?? word ?? ''
  if (key === '') return place('rtmp', withoutLastSlash(inPath.address), { key: inPath.key, found: inPath.key === '' ? ['address'] : ['address', 'key'] })
  // The same key may be in both; an address that has another one keeps it only as part of its path.
  const server = inPath.key === key ? inPath.address : address
  parsePushAddress(server, key)
  return place('rtmp', withoutLastSlash(server), { key, found: ['address', 'key'] })
}

function composeSrt(address: string, clues: readonly Clue[]): PasteResult {
  const labelled = { latency: valueOf(clues, 'latency'), mode: valueOf(clues, 'mode'), pbkeylen: valueOf(clues, 'keyLength') }
  const query = Object.entries(labelled).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(name === 'latency' ? value.replace(/\s*ms$/i, '') : value.toLowerCase())}`]))
  const read = parseSrtAddress(query.length > 0 ? `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}` : address)
  const key = valueOf(clues, 'streamId') ?? valueOf(clues, 'key') ?? read.streamId
  const passphrase = valueOf(clues, 'passphrase') ?? read.passphrase
  const { latencyMs, mode, keyLength } = read.options
  const found: (PastedField | false)[] = ['address', key !== '' && 'streamId', passphrase !== '' && 'passphrase', latencyMs !== undefined && 'latency', mode !== undefined && 'mode', keyLength !== undefined && 'keyLength']
  const ignored = read.ignored.map((detail) => ({ what: 'option' as const, detail }))
  return place('srt', read.place, { key, passphrase, srt: read.options, found: found.filter((each) => each !== false), ignored })
}

function composeHttp(address: string, clues: readonly Clue[]): PasteResult {
  const { whole, basic } = parseHttpAddress(address)
  const kind = isPlaylistAddress(whole) ? 'hls' : 'whip'
  const word = clues.find(({ role, value }) => role === null && !isAddress(value) && value.length >= 8)?.value
  const signed = clues.find(({ value }) => /^webrtc:/i.test(value))?.value
  const key = signed ?? valueOf(clues, 'token') ?? valueOf(clues, 'key') ?? word ?? (kind === 'whip' ? basic : '')
  const ignored = basic !== '' && key !== basic ? [{ what: 'user-info' as const }] : []
  return place(kind, whole, { key, found: key === '' ? ['address'] : ['address', 'token'], ignored })
}

const valueOf = (clues: readonly Clue[], role: ClueRole): string | undefined => clues.find((clue) => clue.role === role && !isAddress(clue.value) && clue.value !== '')?.value
const withoutLastSlash = (address: string): string => address.replace(/([^/])\/+$/, '$1')

function place(kind: PastedPlace['kind'], address: string, more: Partial<PastedPlace>): PasteResult {
  return { ok: true, kind, address, key: '', passphrase: '', srt: {}, found: [], ignored: [], ...more }
}
