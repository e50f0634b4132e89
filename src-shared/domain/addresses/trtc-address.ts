import { invalidAddress } from './address-text.ts'

/** What it takes to push RTMP into a TRTC room. */
export interface TrtcPlace {
  room: string
  sdkAppId: number
  userId: string
  userSig: string
}

const ROOM = /^[0-9A-Za-z_]{1,64}$/
const USER = /^[0-9A-Za-z_-]{1,32}$/

export const isTrtcRoom = (room: string): boolean => ROOM.test(room)
export const isTrtcUser = (userId: string): boolean => USER.test(userId)

/** `ROOM?sdkappid=…&userid=…&usersig=…`: the stream key behind `…/push/`. Throws `address-invalid` with what is wrong. */
export function trtcStreamKey({ room, sdkAppId, userId, userSig }: TrtcPlace): string {
  if (!isTrtcRoom(room)) throw invalidAddress('the room has 1 to 64 letters, digits and underscores')
  if (!Number.isInteger(sdkAppId) || sdkAppId <= 0) throw invalidAddress('the application id is a number')
  if (!isTrtcUser(userId)) throw invalidAddress('the user id has 1 to 32 letters, digits, underscores and hyphens')
  if (!/^[0-9A-Za-z*_-]+$/.test(userSig)) throw invalidAddress('the UserSig has characters that are not allowed')
  return `${room}?sdkappid=${sdkAppId}&userid=${userId}&usersig=${userSig}`
}

/** Room and user of such a key; null for any other. */
export function readTrtcKey(key: string): { room: string; sdkAppId: string; userId: string } | null {
  const [room = '', query = ''] = key.split('?')
  const options = new URLSearchParams(query)
  const userId = options.get('userid')
  return options.has('usersig') && userId !== null && isTrtcRoom(room) ? { room, sdkAppId: options.get('sdkappid') ?? '', userId } : null
}
