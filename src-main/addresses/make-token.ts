import tlsSig from 'tls-sig-api-v2'
import { mapOf, type RoomRight } from '@shared/domain/addresses/room-rights.ts'
import { isTrtcUser } from '@shared/domain/addresses/trtc-address.ts'
import { StudioError } from '@shared/domain/errors.ts'

export interface TokenWish {
  sdkAppId: number
  secretKey: string
  userId: string
  lifeSeconds: number
  /** For a PrivateMapKey; with `rights` null only a UserSig is made. */
  room: string
  rights: readonly RoomRight[] | null
}

/** Rooms by number are 1 to 2^32 - 2; any other name is a room of letters, which the service keeps apart. */
const isRoomNumber = (room: string): boolean => /^[1-9]\d{0,9}$/.test(room) && Number(room) < 4_294_967_295

/** Signs a UserSig and, with rights, a PrivateMapKey, by the vendor's own library. For trying out: the key belongs on a server. */
export function makeToken({ sdkAppId, secretKey, userId, lifeSeconds, room, rights }: TokenWish): { userSig: string; privateMapKey: string } {
  if (!isTrtcUser(userId)) throw new StudioError('input-invalid', 'the user id has 1 to 32 letters, digits, underscores and hyphens')
  if (secretKey.trim() === '') throw new StudioError('input-invalid', 'the secret key is missing')
  if (rights !== null && !/^[\x21-\x7e]{1,64}$/.test(room)) throw new StudioError('input-invalid', 'the room has 1 to 64 letters, digits and signs')
  const api = new tlsSig.Api(sdkAppId, secretKey.trim())
  const userSig = api.genUserSig(userId, lifeSeconds)
  if (rights === null) return { userSig, privateMapKey: '' }
  const map = mapOf(rights)
  return {
    userSig,
    privateMapKey: isRoomNumber(room) ? api.genPrivateMapKey(userId, lifeSeconds, Number(room), map) : api.genPrivateMapKeyWithStringRoomID(userId, lifeSeconds, room, map),
  }
}
