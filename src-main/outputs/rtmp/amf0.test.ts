import { describe, expect, it } from 'vitest'
import { asObject, decodeAmf0, EcmaArray, encodeAmf0 } from './amf0.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

describe('AMF0', () => {
  it.each([
    ['number', 1.5, '00 3ff8000000000000'],
    ['boolean', true, '01 01'],
    ['string', 'live', '02 0004 6c697665'],
    ['null', null, '05'],
    ['undefined', undefined, '06'],
    ['object', { a: 1 }, '03 0001 61 00 3ff0000000000000 0000 09'],
    ['strict array', ['x'], '0a 00000001 02 0001 78'],
  ])('writes and reads a %s', (_, value, bytes) => {
    expect(encodeAmf0([value])).toEqual(hex(bytes))
    expect(decodeAmf0(hex(bytes))).toEqual([value])
  })

  it('writes an associative array with its count and reads it whatever its count says', () => {
    expect(encodeAmf0([new EcmaArray({ w: 2 })])).toEqual(hex('08 00000001 0001 77 00 4000000000000000 0000 09'))
    const [value] = decodeAmf0(hex('08 00000000 0001 77 00 4000000000000000 0000 09'))
    expect(asObject(value)).toEqual({ w: 2 })
  })

  it('reads long strings and dates', () => {
    expect(decodeAmf0(hex('0c 00000002 6869 0b 0000000000000000 0000'))).toEqual(['hi', 0])
  })

  it('writes a string over 65,535 bytes as a long string', () => {
    const bytes = encodeAmf0(['x'.repeat(65_536)])
    expect(bytes.subarray(0, 5)).toEqual(hex('0c 00010000'))
  })

  it('keeps a name such as __proto__ as a name', () => {
    const [value] = decodeAmf0(encodeAmf0([Object.fromEntries([['__proto__', { bad: true }]])]))
    expect(Object.keys(asObject(value) ?? {})).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>).bad).toBeUndefined()
  })

  it.each([
    ['a cut number', '00 3ff8'],
    ['a cut string', '02 0009 61'],
    ['an object without its end', '03 0001 61 05'],
    ['an unknown marker', 'ff'],
    ['an array of four thousand million', '0a ffffffff'],
    ['a long string over the limit', '0c 7fffffff'],
  ])('refuses %s', (_, bytes) => {
    expect(() => decodeAmf0(hex(bytes))).toThrow('protocol-error')
  })

  it('refuses endless nesting and endless lists', () => {
    expect(() => decodeAmf0(Buffer.concat(Array.from({ length: 20_000 }, () => hex('0a 00000001'))))).toThrow('nested too deeply')
    expect(() => decodeAmf0(Buffer.alloc(10_000, 5))).toThrow('too many values')
  })
})
