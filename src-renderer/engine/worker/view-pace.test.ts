import { describe, expect, it } from 'vitest'
import { ViewPace } from './view-pace.ts'

describe('the pace of views', () => {
  it('stays full while rounds are cheap, whatever one of them took', () => {
    const pace = new ViewPace()
    for (let n = 0; n < 300; n++) {
      pace.took(n === 100 ? 60 : 4, n * 33)
      if (n % 40 === 0) pace.missed(n * 33)
      expect(pace.full(n * 33)).toBe(true)
    }
  })

  it('rests when rounds are dear or are not over in time, and is tried again later', () => {
    const dear = new ViewPace()
    for (let n = 0; n < 60 && dear.full(n); n++) dear.took(20, n)
    expect(dear.full(60)).toBe(false)
    expect(dear.full(5100)).toBe(true)
    const late = new ViewPace()
    for (let n = 0; n < 4; n++) late.missed(n)
    expect(late.full(4)).toBe(false)
    expect(late.full(6000)).toBe(true)
  })
})
