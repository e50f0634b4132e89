import { keyProblem, type NoticeDialect, type NoticeVerdict } from '@shared/domain/webhook.ts'
import { classicSign, roomSign } from './sign.ts'

export interface PastedNotice {
  dialect: NoticeDialect
  /** As received, byte for byte. */
  body: string
  /** Room: the header `Sign`. Classic: empty = the body's own `sign`. */
  sign: string
  key: string
}

/** Says whether a notice that somebody received can be trusted, and what is wrong if not. `nowMs`: wall time. */
export function checkNotice({ dialect, body, sign, key }: PastedNotice, nowMs: number): NoticeVerdict {
  const says = (verdict: NoticeVerdict['verdict'], expected = '', expiresAtMs: number | null = null): NoticeVerdict => ({ verdict, expected, expiresAtMs })
  const wrongKey = keyProblem(dialect, key)
  if (wrongKey) return says(wrongKey)
  if (body.trim() === '') return says('body-empty')
  return dialect === 'room' ? checkRoom(body, headerValue(sign), key, says) : checkClassic(body, sign.trim(), key, nowMs, says)
}

type Says = (verdict: NoticeVerdict['verdict'], expected?: string, expiresAtMs?: number | null) => NoticeVerdict

function checkRoom(body: string, sign: string, key: string, says: Says): NoticeVerdict {
  const signOf = (text: string) => roomSign(key, Buffer.from(text, 'utf8'))
  const expected = signOf(body)
  if (sign === '') return says('sign-missing', expected)
  if (sign === expected) return says('valid', expected)
  // Copying adds or loses line breaks, and receivers that parse and print again lose the blanks.
  if (rewritten(body).some((each) => signOf(each) === sign)) return says('body-changed', expected)
  const bytes = Buffer.from(expected, 'base64')
  const otherForms = [bytes.toString('hex'), bytes.toString('base64url'), expected.replace(/=+$/, '')]
  return says(otherForms.includes(sign) || otherForms.includes(sign.toLowerCase()) ? 'wrong-form' : 'wrong-sign', expected)
}

function checkClassic(body: string, pasted: string, key: string, nowMs: number, says: Says): NoticeVerdict {
  const fields = objectOf(body)
  if (!fields) return says('body-not-json')
  const t = String(fields['t'] ?? '')
  if (!/^\d{1,12}$/.test(t)) return says('time-missing')
  const expected = classicSign(key, t)
  const expiresAtMs = Number(t) * 1000
  const own = fields['sign']
  const sign = pasted !== '' ? pasted : typeof own === 'string' ? own : ''
  if (sign === '') return says('sign-missing', expected, expiresAtMs)
  if (sign !== expected) return says(sign.toLowerCase() === expected ? 'wrong-form' : 'wrong-sign', expected, expiresAtMs)
  return says(nowMs > expiresAtMs ? 'expired' : 'valid', expected, expiresAtMs)
}

/** A whole header line may be pasted. */
const headerValue = (text: string): string => text.trim().replace(/^sign\s*:\s*/i, '')

function rewritten(body: string): string[] {
  const unix = body.replaceAll('\r\n', '\n')
  const texts = [body.trim(), `${body}\n`, unix, unix.trim(), unix.replaceAll('\n', '\r\n')]
  const parsed = objectOf(body)
  return parsed ? [...texts, JSON.stringify(parsed), JSON.stringify(parsed, null, 2), JSON.stringify(parsed, null, '\t')] : texts
}

function objectOf(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}
