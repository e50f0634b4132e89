import { describe, expect, it } from 'vitest'
import { authorizationOf, basicToken, isBasic, readAuthorization, secretsOfToken } from './http-authorization.ts'
import { parseHttpAddress } from './http-address.ts'

describe('the token of a request', () => {
  it('is a bearer token unless it says that it is another', () => {
    expect(authorizationOf('abc')).toBe('Bearer abc')
    // RFC 7617, 2.
    expect(basicToken('Aladdin', 'open sesame')).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
    expect(authorizationOf(basicToken('Aladdin', 'open sesame'))).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')
    expect(basicToken('test', '123£')).toBe('Basic dGVzdDoxMjPCow==')
  })

  it.each([
    [' Bearer tok.en ', 'tok.en'], ['tok.en', 'tok.en'], ['Authorization: Bearer tok', 'tok'], ['basic  dXNlcjpw', 'Basic dXNlcjpw'],
    ['Authorization: Basic dXNlcjpw', 'Basic dXNlcjpw'], ['basic words here', 'basic words here'], ['', ''],
  ])('%j is read as %j', (typed, token) => {
    expect(readAuthorization(typed)).toBe(token)
  })

  it('has forms that nobody may see', () => {
    expect(secretsOfToken('abc')).toEqual(['abc'])
    expect(secretsOfToken(basicToken('me', 'hush:hush'))).toEqual(['Basic bWU6aHVzaDpodXNo', 'bWU6aHVzaDpodXNo', 'me:hush:hush', 'hush:hush'])
  })
})

describe('an http address with a user name and a password', () => {
  it.each([
    ['https://me:hush@h.example/whip?room=1', 'me', 'hush'],
    ['https://me%40home:p%3Aw@h.example/whip?room=1', 'me@home', 'p:w'],
    ['https://me:a@b@h.example/whip?room=1', 'me', 'a@b'],
    ['https://me@h.example/whip?room=1', 'me', ''],
    ['https://100%:x@h.example/whip?room=1', '100%', 'x'],
  ])('%s is kept without them', (address, user, password) => {
    const read = parseHttpAddress(address)
    expect(read).toMatchObject({ whole: 'https://h.example/whip?room=1', basic: basicToken(user, password) })
    expect(isBasic(read.basic)).toBe(true)
  })

  it('has none without them', () => {
    expect(parseHttpAddress('https://h.example/a@b').basic).toBe('')
    expect(parseHttpAddress('https://@h.example/').basic).toBe('')
  })
})
