import type { CarriedSources } from '../carried-sources.ts'
import type { SourceKind } from '../source.ts'

/** What a PrivateMapKey lets its holder do: one bit each of its privilege map. */
export const ROOM_RIGHTS = {
  createRoom: 1, enterRoom: 2, sendAudio: 4, receiveAudio: 8, sendVideo: 16, receiveVideo: 32, sendScreen: 64, receiveScreen: 128,
} as const
export type RoomRight = keyof typeof ROOM_RIGHTS
export const roomRights = Object.keys(ROOM_RIGHTS) as [RoomRight, ...RoomRight[]]

/** The rights in a privilege map, in the order of their bits. */
export const rightsIn = (map: number): RoomRight[] => roomRights.filter((right) => (map & ROOM_RIGHTS[right]) !== 0)

export const mapOf = (rights: readonly RoomRight[]): number => rights.reduce((map, right) => map | ROOM_RIGHTS[right], 0)

/** The right that it takes to send a picture; everything with a picture that is no screen goes as video. */
const rightFor = (kind: SourceKind): RoomRight => (kind === 'screen' ? 'sendScreen' : 'sendVideo')

/** The rights that it takes to send this and that the token does not give, each once. */
export function missingRights({ pictures, sounds }: CarriedSources, given: readonly RoomRight[]): RoomRight[] {
  const needed = new Set<RoomRight>(pictures.map(({ kind }) => rightFor(kind)))
  if (sounds.length > 0) needed.add('sendAudio')
  return roomRights.filter((right) => needed.has(right) && !given.includes(right))
}
