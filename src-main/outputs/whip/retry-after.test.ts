import { expect, it } from 'vitest'
import { retryAfterMs } from './retry-after.ts'

const NOW_MS = Date.UTC(2026, 0, 15, 12, 0, 0)

it.each([
  ['0', 0],
  ['120', 120_000],
  [' 5 ', 5000],
  ['Thu, 15 Jan 2026 12:00:30 GMT', 30_000],
  ['Thursday, 15-Jan-26 12:01:00 GMT', 60_000],
  ['Thu Jan 15 12:00:10 2026 GMT', 10_000],
  ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
  ['99999999999', 86_400_000],
  ['Fri, 15 Jan 2027 12:00:00 GMT', 86_400_000],
  ['soon', null],
  ['-5', null],
  ['1.5', null],
  ['', null],
  [null, null],
])('Retry-After %j', (field, delayMs) => {
  expect(retryAfterMs(field, NOW_MS)).toBe(delayMs)
})
