import { describe, expect, it } from 'vitest'
import { AcknowledgedRate } from './acknowledged-rate.ts'

/** What is read each second from a server that has this much by then. */
const read = (...bytes: (number | null)[]) => {
  const rate = new AcknowledgedRate()
  return bytes.map((each, second) => rate.take(each, second * 1000))
}

describe('AcknowledgedRate', () => {
  it('is nothing until a server has shown its pace, and for those that have none', () => {
    expect(read(null, null, null, null)).toEqual([null, null, null, null])
    expect(read(0, 3500, 3500, 3500, 3500, 3500)).toEqual(Array.from({ length: 6 }, () => null))
  })

  it('is that of each second where a server confirms every second, and 0 at once when it ceases', () => {
    expect(read(0, 125_000, 250_000, 375_000, 500_000, 625_000, 625_000, 625_000).slice(4)).toEqual([1000, 1000, 0, 0])
  })

  it('lasts until the next confirmation is due where they come more rarely', () => {
    const everyFour = Array.from({ length: 24 }, (_, second) => Math.floor(second / 4) * 500_000)
    expect(read(...everyFour).slice(12)).toEqual(Array.from({ length: 12 }, () => 1000))
    const stopped = [...everyFour, ...Array.from({ length: 6 }, () => everyFour.at(-1) ?? 0)]
    expect(read(...stopped).slice(-6)).toEqual([1000, 1000, 1000, 0, 0, 0])
  })

  it('learns anew with each run', () => {
    expect(read(0, 125_000, 250_000, 375_000, 500_000, 100, 100, 125_000).slice(4)).toEqual([1000, null, null, null])
  })
})
