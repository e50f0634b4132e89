import { type Reason, StudioError } from '@shared/domain/errors.ts'
import { withoutSecrets } from '../../base/secret.ts'

/** libsrt's SRT_REJECT_REASON, as it travels in the handshake: 1000 + this. From 1000 on a server's own choice (HTTP's numbers + 1000). */
const REJECTIONS: Readonly<Record<number, { reason: Reason; said: string }>> = {
  2: { reason: 'connect-rejected', said: 'PEER: the listener refused' },
  3: { reason: 'server-busy', said: 'RESOURCE: the listener has no resources' },
  4: { reason: 'protocol-error', said: 'ROGUE: wrong data in the handshake' },
  5: { reason: 'server-busy', said: 'BACKLOG: too many callers wait' },
  8: { reason: 'connect-rejected', said: 'VERSION: another version of SRT is required' },
  10: { reason: 'passphrase-wrong', said: 'BADSECRET: the passphrase is another one' },
  11: { reason: 'passphrase-wrong', said: 'UNSECURE: only one side has a passphrase' },
  12: { reason: 'connect-rejected', said: 'MESSAGEAPI: stream and message mode do not match' },
  1400: { reason: 'connect-rejected', said: 'bad request' },
  1401: { reason: 'key-rejected', said: 'unauthorized' },
  1402: { reason: 'server-busy', said: 'overloaded' },
  1403: { reason: 'key-rejected', said: 'forbidden' },
  1404: { reason: 'endpoint-not-found', said: 'not found' },
  1405: { reason: 'connect-rejected', said: 'this mode is not allowed' },
  1409: { reason: 'already-publishing', said: 'conflict' },
  1500: { reason: 'server-error', said: 'internal error' },
  1503: { reason: 'server-error', said: 'unavailable' },
}

/** What FFmpeg 5 to 7 and libsrt write, as seen. The first that is found decides. */
const SAID: readonly (readonly [RegExp, Reason])[] = [
  [/ERROR:BADSECRET|Incorrect passphrase|ERROR:UNSECURE|Password required or unexpected|SRTO_PASSPHRASE/, 'passphrase-wrong'],
  [/Failed to resolve hostname/, 'name-not-resolved'],
  [/Protocol not found|Unknown (?:input|output) format|Option 'fpre' not found|Unrecognized option|Invalid option or argument: '(?:passphrase|srt_streamid)=/, 'ffmpeg-missing'],
  [/File for preset .* not found|No space left on device/, 'ffmpeg-failed'],
  [/Address already in use|unable to create\/configure SRT socket/, 'port-taken'],
  [/Connection to \S+ failed/, 'connect-timeout'],
]

/** What the system says of names, addresses and datagrams. */
const REASON_OF_CODE: Readonly<Record<string, Reason>> = {
  ENOTFOUND: 'name-not-resolved', EAI_AGAIN: 'name-not-resolved', EAI_NODATA: 'name-not-resolved', EAI_FAIL: 'name-not-resolved',
  ECONNREFUSED: 'connection-refused', ENETUNREACH: 'address-unreachable', EHOSTUNREACH: 'address-unreachable', ENETDOWN: 'address-unreachable',
  EADDRNOTAVAIL: 'address-unreachable', EADDRINUSE: 'port-taken', EACCES: 'port-taken',
}

/** Why a name was not found, a socket not opened or a datagram not delivered; a StudioError passes unchanged. */
export function udpFailure(error: unknown): StudioError {
  if (error instanceof StudioError || !(error instanceof Error)) return StudioError.from(error)
  const code = 'code' in error ? String(error.code) : ''
  return new StudioError(REASON_OF_CODE[code] ?? 'address-unreachable', code || error.message)
}

/** The listener's refusal, by its code. */
export function rejectionOf(code: number): StudioError {
  const known = REJECTIONS[code]
  if (known) return new StudioError(known.reason, `SRT ${known.said}`)
  return new StudioError('connect-rejected', `SRT refused with code ${code}`)
}

export interface FfmpegEnd {
  spawned: boolean
  stderrTail: string
  /** It had been let in before. */
  open: boolean
  /** Taken out of what is quoted: FFmpeg prints options that it does not know with their values. */
  secrets?: readonly string[]
}

/** Why FFmpeg ended by itself, from what it said last. */
export function reasonOfEnd({ spawned, stderrTail: said, open, secrets = [] }: FfmpegEnd): StudioError {
  const stderrTail = withoutSecrets(said, secrets)
  if (!spawned) return new StudioError('ffmpeg-missing', stderrTail)
  const found = SAID.find(([text]) => text.test(stderrTail))
  if (found && !open) return new StudioError(found[1], evidenceOf(stderrTail))
  if (open) return new StudioError('connection-lost', evidenceOf(stderrTail))
  return new StudioError('ffmpeg-failed', evidenceOf(stderrTail))
}

/** The last lines that say something, without their time stamps and memory addresses. */
function evidenceOf(stderrTail: string): string {
  const lines = stderrTail.split(/\r?\n/).filter((line) => /\[(error|fatal)\]|SRT[.:]/.test(line))
  return lines.slice(-2).map((line) => line.replace(/^\S+\/SRT:\S+ /, '').replace(/ @ 0x[0-9a-f]+/g, '').replace(/@\d+: /g, '').trim()).join(' · ').slice(0, 300)
}
