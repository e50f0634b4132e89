import { describe, expect, it } from 'vitest'
import { partedSecret, wholeAddress } from './address-query.ts'

const KEPT = 'https://h/whip?token=abc'

describe('wholeAddress', () => {
  it.each<[string, string, string | undefined, string | null, string]>([
    ['an untouched query goes with its place', 'https://h/whip', undefined, KEPT, KEPT],
    ['and with no other', 'https://other/whip', undefined, KEPT, 'https://other/whip'],
    ['and not with a part of it', 'https://h/whi', undefined, KEPT, 'https://h/whi'],
    ['a typed one takes its place', 'https://h/whip', 'token=new', KEPT, 'https://h/whip?token=new'],
    ['with its ? or without', 'https://h/whip ', ' ?token=new', KEPT, 'https://h/whip?token=new'],
    ['an emptied one is gone', 'https://h/whip', '', KEPT, 'https://h/whip'],
    ['an address that has one says all', 'https://h/whip?a=1', 'b=2', KEPT, 'https://h/whip?a=1'],
    ['a bare ? says that there is none', 'https://h/whip?', undefined, KEPT, 'https://h/whip'],
    ['a new address', 'https://h/whip', undefined, null, 'https://h/whip'],
    ['a folder', '/srv/is it?/live', 'a=1', null, '/srv/is it?/live'],
  ])('%s', (_what, address, typed, kept, whole) => expect(wholeAddress(address, typed, kept)).toBe(whole))
})

describe('partedSecret', () => {
  it('leaves alone what a platform gives everybody', () => {
    expect(partedSecret('rtmps://b.rtmps.youtube.com:443/live2?backup=1').query).toBe('')
    expect(partedSecret('rtmps://b.rtmps.youtube.com:443/live2?backup=1&key=1')).toEqual({ place: 'rtmps://b.rtmps.youtube.com:443/live2', query: '?backup=1&key=1' })
  })
})
