/** Published examples of both signatures, byte for byte. */
export const CLASSIC_VECTOR = { key: '5d41402abc4b2a76b9719d911017c592', t: '1626839220', sign: '5ee8ca6c28cbe415b40352969cdf8249' }

/** The body has tabs behind its colons: whoever serialises it anew gets another signature. */
export const ROOM_VECTOR = {
  key: '123654',
  body: '{\n\t"EventGroupId":\t2,\n\t"EventType":\t204,\n\t"CallbackTs":\t1664209748188,\n\t"EventInfo":\t{\n\t\t"RoomId":\t8489,\n\t\t"EventTs":\t1664209748,\n\t\t"EventMsTs":\t1664209748180,\n\t\t"UserId":\t"user_85034614",\n\t\t"Reason":\t0\n\t}\n}',
  sign: 'kkoFeO3Oh2ZHnjtg8tEAQhtXK16/KI05W3BQff8IvGA=',
}
