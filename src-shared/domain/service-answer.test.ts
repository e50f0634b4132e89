import { describe, expect, it } from 'vitest'
import { SERVICE_CODES_EN } from '../texts/service-codes.en.ts'
import { SERVICE_CODES_ZH_CN } from '../texts/service-codes.zh-CN.ts'
import { findServiceCode } from './service-answer.ts'
import { serviceCodes, serviceRule, type ServiceCode } from './service-codes.ts'

const numbered = serviceCodes.filter((each) => /^\d+$/.test(each))

describe('findServiceCode', () => {
  it.each(numbered)('%s is found in every form in which services write it', (code) => {
    for (const said of [code, `${code}: refused`, `error code: ${code}`, `[${code}] refused`, `{"ErrorCode":${code},"ErrorMsg":"no"}`, `errcode=${code}&errmsg=no`, `ret_code: "${code}"`]) {
      expect([said, findServiceCode(said)]).toEqual([said, code])
    }
  })

  it.each<[string, ServiceCode | null]>([
    ['NetConnection.Connect.Rejected start push failed, 40000208', '40000208'],
    ['sign invalid', 'sign-invalid'],
    ['Signature is wrong', 'sign-invalid'],
    ['txSecret: invalid signature', 'sign-invalid'],
    ['time expired', 'time-expired'],
    ['txTime expired', 'time-expired'],
    ['signature expired, sign invalid', 'time-expired'],
    // Numbers that are no codes.
    ['stream 1001 is busy', null],
    ['listening on port 20101', null],
    ['rtmp://h/live/8888_40000208a', null],
    ['version 1.40000208', null],
    ['code 99', null],
    ['error 500021', null],
    ['assigned', null],
    ['the time of the expiry', null],
    ['', null],
  ])('%s → %s', (said, code) => {
    expect(findServiceCode(said)).toBe(code)
  })

  it('takes 1 and 2 for codes only where recording is spoken of, and a status only when nothing else is said', () => {
    expect(findServiceCode('code: 1')).toBeNull()
    expect(findServiceCode('recording 2 of 5 failed')).toBeNull()
    expect(findServiceCode('the server of records: code 7')).toBeNull()
    expect(findServiceCode('{"error":"start recording failed","code":1}')).toBe('recording-1')
    expect(findServiceCode('录制失败 errcode: 2')).toBe('recording-2')
    expect(findServiceCode('<html>no</html>', { httpStatus: 403 })).toBe('http-403')
    expect(findServiceCode('', { httpStatus: 404 })).toBe('http-404')
    expect(findServiceCode('{"code":20406}', { httpStatus: 403 })).toBe('20406')
    expect(findServiceCode('no', { httpStatus: 500 })).toBeNull()
  })
})

describe('the table', () => {
  it('has every code, and no other', () => {
    const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
    expect([...numbered].sort()).toEqual([
      '1001', '1002', '6012', '20101', '20318', '20406', ...range(50_002, 50_007),
      ...range(40_000_000, 40_000_007), ...range(40_000_201, 40_000_203), '40000207', '40000208', ...range(40_000_301, 40_000_306), ...range(40_000_401, 40_000_415), '40000500',
      ...range(30_000_000, 30_000_004), ...range(30_000_201, 30_000_203), '30000207', '30000208', ...range(30_000_301, 30_000_305), ...range(30_000_401, 30_000_415),
    ].sort())
  })

  it('says which are worth retrying', () => {
    const worth = serviceCodes.filter((each) => serviceRule(each)?.retry === 'yes')
    expect(worth).toEqual([
      '6012', '50005', '50006', '30000208', '30000401', '30000402', '30000404', '40000207', '40000208', '40000401', '40000402', '40000404', '40000414', '40000500',
    ])
    expect(serviceCodes.filter((each) => serviceRule(each)?.retry === 'nothing')).toEqual(['30000412', '30000413', '30000415', '40000412', '40000413', '40000415'])
    expect([serviceRule('6012')?.retryAfterMs, serviceRule('40000500')?.retryAfterMs]).toEqual([30_000, 3000])
    expect([serviceRule('toString'), serviceRule(undefined), serviceRule('99')]).toEqual([null, null, null])
  })

  it.each(serviceCodes)('%s has a sentence and one thing to do in both languages', (code) => {
    for (const [text, shape] of [[SERVICE_CODES_EN[code], /^[\x20-\x7e‘’“”…]+[.]$/], [SERVICE_CODES_ZH_CN[code], /[\u4e00-\u9fff].*。$/]] as const) {
      for (const sentence of [text.says, text.advice]) {
        expect(sentence).toMatch(shape)
        expect(sentence).not.toMatch(/[{}@|$]/)
      }
    }
  })
})
