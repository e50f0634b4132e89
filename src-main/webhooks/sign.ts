import { createHash, createHmac } from 'node:crypto'

/** For how long a classic notice is to be trusted after it was sent, s. */
export const CLASSIC_LIFE_S = 600

/** `sign` of a classic notice: md5hex(KEY + t), where `t` is the expiry as decimal Unix seconds. */
export function classicSign(key: string, t: number | string): string {
  return createHash('md5').update(`${key}${t}`, 'utf8').digest('hex')
}

/** The header `Sign` of a room notice: base64(HMAC-SHA256(KEY, raw body bytes)). The bytes as they are sent, never serialised anew. */
export function roomSign(key: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(body).digest('base64')
}
