import { inflateSync } from 'node:zlib'
import { z } from 'zod'
import type { TokenFacts } from '@shared/contracts/addresses.ts'
import { expiryIn } from '@shared/domain/addresses/push-signature.ts'
import { rightsIn } from '@shared/domain/addresses/room-rights.ts'

/** A token's JSON is a few hundred bytes; more is something else, or meant to fill the memory. */
const MAX_JSON_BYTES = 65_536
const MAX_TOKEN_LENGTH = 20_000

const document = z.object({
  'TLS.identifier': z.string(),
  'TLS.sdkappid': z.union([z.number(), z.string()]),
  'TLS.time': z.coerce.number(),
  'TLS.expire': z.coerce.number(),
  'TLS.userbuf': z.string().optional(),
})

/**
 * Reads what a UserSig or a PrivateMapKey says about itself (base64 with `*-_` for `+/=`, zlib, JSON), or when a JSON Web
 * Token or a signed address runs out. null for anything else. Does not check the signature: only the service can. Never throws.
 */
export function readToken(text: string): TokenFacts | null {
  const token = text.trim().slice(0, MAX_TOKEN_LENGTH)
  const room = readRoomToken(token)
  if (room) return room
  const expiresAtMs = expiryIn(token)
  if (expiresAtMs === null) return null
  return { kind: /txTime=/i.test(token) ? 'signed-address' : 'jwt', expiresAtMs, sdkAppId: null, user: null, room: null, rights: null }
}

function readRoomToken(token: string): TokenFacts | null {
  if (!/^[0-9A-Za-z*\-_+/=]{40,}$/.test(token)) return null
  try {
    const bytes = Buffer.from(token.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '='), 'base64')
    const read = document.parse(JSON.parse(inflateSync(bytes, { maxOutputLength: MAX_JSON_BYTES }).toString('utf8')))
    const signature = { user: read['TLS.identifier'], sdkAppId: String(read['TLS.sdkappid']), expiresAtMs: (read['TLS.time'] + read['TLS.expire']) * 1000 }
    if (read['TLS.userbuf'] === undefined) return { kind: 'usersig', ...signature, room: null, rights: null }
    const granted = readUserBuffer(Buffer.from(read['TLS.userbuf'], 'base64'))
    return { kind: 'private-map-key', ...signature, expiresAtMs: Math.min(signature.expiresAtMs, granted.expiresAtMs), room: granted.room, rights: rightsIn(granted.privilegeMap) }
  } catch {
    return null
  }
}

/** Version (1 byte), length and text of the user, then 4 bytes each: application, room, expiry (Unix seconds), privileges, kind of account; version 1 has a room of letters behind. */
function readUserBuffer(bytes: Buffer): { room: string; expiresAtMs: number; privilegeMap: number } {
  const userLength = bytes.readUInt16BE(1)
  const at = 3 + userLength
  const [roomNumber, expirySeconds, privilegeMap] = [bytes.readUInt32BE(at + 4), bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)]
  const textAt = at + 20
  const room = bytes.readUInt8(0) === 1 ? bytes.subarray(textAt + 2, textAt + 2 + bytes.readUInt16BE(textAt)).toString('utf8') : String(roomNumber)
  return { room, expiresAtMs: expirySeconds * 1000, privilegeMap }
}
