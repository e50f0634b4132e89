import { createHash } from 'node:crypto'

/** P, T, A, R and U of the names, as the settings say them. Nothing in here is trusted. */
export interface NameParts {
  prefix: string
  taskId: string
  applicationId: string
  roomId: string
}

/** A single stream: whose, main or auxiliary, sound or picture. */
export interface StreamName {
  userId: string
  media: 'main' | 'aux'
  content: 'audio' | 'video'
}

/** After a restart of the task names begin with `ha1_` to `ha3_`. */
export const MAX_RESTARTS = 3
/** A name in a folder may have 255 bytes on every system that we know; the rest is for an index, a time and an ending. */
const MAX_BASE_BYTES = 200
const MAX_FOLDER_BYTES = 200
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i
// What Windows refuses in names, and control characters.
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[<>:"/\\|?*\u0000-\u001f\u007f-\u009f]/g
/** A number room is an unsigned 32-bit number that is not 0, as in the notices; any other is a string. */
const isRoomNumber = (room: string): boolean => /^[1-9][0-9]{0,9}$/.test(room) && Number(room) <= 0xffff_ffff

/** The folders `P/T` below the recordings folder, joined with `/`. P may name several; none leads out of the recordings folder. */
export function recordingFolder({ prefix, taskId }: Pick<NameParts, 'prefix' | 'taskId'>): string {
  const folders = [...prefix.split(/[/\\]/), taskId].map(safeName).filter((name) => name !== '')
  return folders.join('/')
}

/**
 * What all names of one recording begin with: `A_R` for the mixed program, `A_R__UserId_s_U__UserId_e_M_X` for a single
 * stream, with `haN_` before it after the N-th restart.
 */
export function recordingBase({ applicationId, roomId }: Pick<NameParts, 'applicationId' | 'roomId'>, restart = 0, stream: StreamName | null = null): string {
  const application = safeName(applicationId) || 'castwright'
  const room = isRoomNumber(roomId) ? roomId : nameBase64(roomId)
  const start = restart > 0 ? `ha${Math.min(restart, MAX_RESTARTS)}_` : ''
  const whole = (shorten: (text: string) => string) => {
    const user = stream ? `__UserId_s_${shorten(nameBase64(stream.userId))}__UserId_e_${stream.media}_${stream.content}` : ''
    return `${start}${shorten(application)}_${shorten(room)}${user}`
  }
  const base = whole((text) => text)
  return Buffer.byteLength(base) <= MAX_BASE_BYTES ? base : whole(shortened)
}

/** Base64 of UTF-8 with `/` → `-` and `=` → `.`: safe in names. */
export const nameBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64').replaceAll('/', '-').replaceAll('=', '.')

/** `BASE.mp4`, and `BASE_2.mp4` once there is more than one file. */
export const indexedName = (base: string, index: number | null, extension: string): string => `${base}${index === null ? '' : `_${index}`}.${extension}`

/** `BASE_20260727101112345.ts`: a segment of a playlist. */
export const timedName = (base: string, startedAtMs: number, extension: string): string => `${base}_${utcStamp(startedAtMs)}.${extension}`

/** yyyymmddHHMMSSmmm in UTC. */
export const utcStamp = (atMs: number): string => new Date(atMs).toISOString().replaceAll(/[-:.TZ]/g, '')

/** One name of a folder or file: never empty dots, never a device of Windows, never more than a system takes. */
function safeName(text: string): string {
  const cleaned = text.normalize('NFC').replaceAll(FORBIDDEN, '').trim().replace(/[. ]+$/, '').replace(/^ +/, '')
  if (/^\.*$/.test(cleaned)) return ''
  const named = RESERVED.test(cleaned) || cleaned.startsWith('.') ? `_${cleaned}` : cleaned
  return Buffer.byteLength(named) <= MAX_FOLDER_BYTES ? named : shortened(named)
}

/** Longer texts keep their beginning and 16 digits of their hash, so that different ones stay different. */
function shortened(text: string): string {
  if (Buffer.byteLength(text) <= 40) return text
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  let begin = ''
  for (const character of text) {
    if (Buffer.byteLength(begin + character) > 23) break
    begin += character
  }
  return `${begin}~${hash}`
}
