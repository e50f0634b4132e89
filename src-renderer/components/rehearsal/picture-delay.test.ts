import { describe, expect, it } from 'vitest'
import { GLIMPSE_SIZE, lumaOf, pictureDelayMs, steady } from './picture-delay.ts'
import type { Glimpse } from './picture-delay.ts'

const PIXELS = GLIMPSE_SIZE.width * GLIMPSE_SIZE.height

/** A bar that jumps about without repeating itself; `noise` stands for what coding does to it. */
function moving(atMs: number, shownMs: number, noise = 0): Glimpse {
  const column = place(Math.floor(shownMs / 100))
  const luma = Uint8Array.from({ length: PIXELS }, (_, at) => (at % GLIMPSE_SIZE.width === column ? 220 : 40) + ((at * 7 + atMs) % (noise + 1)))
  return { atMs, luma }
}

/** A column for each tenth of a second, scattered by the finalizer of MurmurHash3. */
function place(tenth: number): number {
  const mixed = Math.imul(tenth ^ 0x5bd1, 0x85ebca6b)
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 27
}

const every33 = (from: number, to: number) => Array.from({ length: Math.floor((to - from) / 33) }, (_, index) => from + index * 33)

describe('the delay of the picture', () => {
  it.each([200, 640, 1500, 2800])('finds %i ms in pictures that were coded', (delayMs) => {
    const program = every33(0, 8000).map((ms) => moving(ms, ms))
    const viewer = every33(5000, 8000).map((ms) => moving(ms, ms - delayMs, 12))
    expect(Math.abs((pictureDelayMs(program, viewer, 6000) ?? NaN) - delayMs)).toBeLessThanOrEqual(100)
  })

  it('takes the shortest where pictures repeat every second', () => {
    const program = every33(0, 9000).map((ms) => moving(ms, ms % 1000))
    const viewer = every33(6000, 9000).map((ms) => moving(ms, (ms - 900) % 1000, 12))
    expect(Math.abs((pictureDelayMs(program, viewer, 6000) ?? NaN) - 900)).toBeLessThanOrEqual(100)
  })

  it('does not guess when nothing moves', () => {
    const still = every33(0, 8000).map((ms) => moving(ms, 0))
    expect(pictureDelayMs(still, every33(5000, 8000).map((ms) => moving(ms, 0, 6)), 6000)).toBeNull()
  })

  it('does not guess when the pictures have nothing in common', () => {
    const program = every33(0, 8000).map((ms) => moving(ms, ms))
    const other = every33(5000, 8000).map((ms) => ({ atMs: ms, luma: new Uint8Array(PIXELS).fill(128) }))
    expect(pictureDelayMs(program, other, 6000)).toBeNull()
  })

  it('needs enough pictures', () => {
    expect(pictureDelayMs([], [], 6000)).toBeNull()
  })

  it('is not misled by one mistaken match, and follows a real change', () => {
    let [kept, shown]: [number[], number | null] = [[], null]
    const seen = [600, 620, 580, 3600, 600, null, 1200, 1200, 1200].map((each) => ([{ kept, shown }] = [steady(kept, each)], shown))
    expect(seen.slice(0, 6).every((each) => each !== null && each < 700)).toBe(true)
    expect(seen.at(-1)).toBe(1200)
  })

  it('reads brightness', () => {
    expect([...lumaOf(Uint8ClampedArray.from([255, 255, 255, 255, 0, 0, 0, 255, 255, 0, 0, 255]))]).toEqual([255, 0, 76])
  })
})
