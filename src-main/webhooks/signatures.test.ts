import { describe, expect, it } from 'vitest'
import { checkNotice } from './check-signature.ts'
import { classicSign, roomSign } from './sign.ts'
import { CLASSIC_VECTOR, ROOM_VECTOR } from './vectors-sample.ts'

const bytes = (text: string) => Buffer.from(text, 'utf8')

it('signs as published', () => {
  expect(classicSign(CLASSIC_VECTOR.key, CLASSIC_VECTOR.t)).toBe(CLASSIC_VECTOR.sign)
  expect(roomSign(ROOM_VECTOR.key, bytes(ROOM_VECTOR.body))).toBe(ROOM_VECTOR.sign)
  expect(roomSign(ROOM_VECTOR.key, bytes(JSON.stringify(JSON.parse(ROOM_VECTOR.body))))).not.toBe(ROOM_VECTOR.sign)
})

describe('the checker, room', () => {
  const { key, body, sign } = ROOM_VECTOR
  const check = (changes: Partial<{ body: string; sign: string; key: string }>) => checkNotice({ dialect: 'room', key, body, sign, ...changes }, 0).verdict

  it.each<[string, Partial<{ body: string; sign: string; key: string }>, string]>([
    ['as it came', {}, 'valid'],
    ['a whole header line', { sign: `Sign: ${sign}\n` }, 'valid'],
    ['a line break added', { body: `${body}\n` }, 'body-changed'],
    ['Windows line ends', { body: body.replaceAll('\n', '\r\n') }, 'body-changed'],
    ['one digit changed', { body: body.replace('8489', '8488') }, 'wrong-sign'],
    ['another key', { key: '123655' }, 'wrong-sign'],
    ['in hexadecimal', { sign: Buffer.from(sign, 'base64').toString('hex').toUpperCase() }, 'wrong-form'],
    ['without its padding', { sign: sign.replace('=', '') }, 'wrong-form'],
    ['no signature', { sign: ' ' }, 'sign-missing'],
    ['no key', { key: '' }, 'key-missing'],
    ['a key that is too long', { key: 'a'.repeat(33) }, 'key-room'],
    ['a key with a dash', { key: 'a-b' }, 'key-room'],
    ['nothing', { body: ' \n' }, 'body-empty'],
  ])('%s', (_what, changes, verdict) => {
    expect(check(changes)).toBe(verdict)
  })

  it('finds that the receiver printed the body anew', () => {
    const compact = JSON.stringify(JSON.parse(body))
    expect(check({ sign: roomSign(key, bytes(compact)) })).toBe('body-changed')
  })
})

describe('the checker, classic', () => {
  const { key, t, sign } = CLASSIC_VECTOR
  const expiresAtMs = Number(t) * 1000
  const check = (fields: object, nowMs = expiresAtMs, pasted = '', withKey = key) => checkNotice({ dialect: 'classic', body: JSON.stringify(fields), sign: pasted, key: withKey }, nowMs)

  it('trusts it until its time is over, with t as text or as a number', () => {
    expect(check({ t, sign })).toEqual({ verdict: 'valid', expected: sign, expiresAtMs })
    expect(check({ t: Number(t), sign }).verdict).toBe('valid')
    expect(check({ t }, expiresAtMs, sign).verdict).toBe('valid')
    expect(check({ t, sign }, expiresAtMs + 1).verdict).toBe('expired')
  })

  it('says what is wrong', () => {
    expect(check({ t, sign: sign.replace('5', '6') }).verdict).toBe('wrong-sign')
    expect(check({ t: Number(t) + 1, sign }).verdict).toBe('wrong-sign')
    expect(check({ t, sign: sign.toUpperCase() }).verdict).toBe('wrong-form')
    expect(check({ t }).verdict).toBe('sign-missing')
    expect(check({ sign }).verdict).toBe('time-missing')
    expect(check({ t, sign }, 0, '', 'a key').verdict).toBe('key-characters')
    expect(checkNotice({ dialect: 'classic', body: 't=1', sign, key }, 0).verdict).toBe('body-not-json')
  })
})
