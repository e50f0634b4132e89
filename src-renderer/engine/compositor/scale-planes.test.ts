import { describe, expect, it } from 'vitest'
import { layPlanes } from './blend-planes.ts'
import { PlaneKernels } from './plane-kernels.ts'
import { allocatePlanes, type Planes, planesFromRgb } from './planes.ts'
import { planesToRgba } from './planes-to-rgba.ts'
import { planScale, scalePlanes } from './scale-planes.ts'

/** Smooth in both directions, with some texture, so that a wrong pixel shows. */
function textured(width: number, height: number, withAlpha = false): Planes {
  const planes = allocatePlanes(width, height, withAlpha)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) planes.y[y * width + x] = (x * 3 + y * 5 + ((x * y) % 7)) & 255
  planes.u.forEach((_, index) => (planes.u[index] = (index * 11) & 255))
  planes.v.forEach((_, index) => (planes.v[index] = (index * 29) & 255))
  planes.alpha?.forEach((_, index) => planes.alpha && (planes.alpha[index] = (index * 7) & 255))
  return planes
}
const whole = ({ width, height }: { width: number; height: number }) => ({ x: 0, y: 0, width, height })
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0
  for (let index = 0; index < a.length; index++) most = Math.max(most, Math.abs((a[index] ?? 0) - (b[index] ?? 999)))
  return most
}

describe('scaling planes', () => {
  it('changes nothing at the same size', () => {
    const source = textured(17, 9)
    const into = allocatePlanes(17, 9)
    scalePlanes(source, into, planScale(source, whole(source), 17, 9))
    expect(into.data).toEqual(source.data)
  })

  it('takes the mean of all pixels when it shrinks by a whole number', () => {
    const source = allocatePlanes(8, 8)
    source.y.forEach((_, index) => (source.y[index] = (index % 4) * 10 + ((index >> 3) % 4) * 40))
    const into = allocatePlanes(2, 2)
    scalePlanes(source, into, planScale(source, whole(source), 2, 2))
    expect([...into.y]).toEqual([75, 75, 75, 75])
  })

  it('goes smoothly between pixels when it grows', () => {
    const source = allocatePlanes(2, 1)
    source.y.set([0, 200])
    const into = allocatePlanes(4, 1)
    scalePlanes(source, into, planScale(source, whole(source), 4, 1))
    expect([...into.y]).toEqual([0, 50, 150, 200])
  })

  it('leaves white letters white when they shrink among nothing', () => {
    const source = allocatePlanes(16, 16, true)
    const pixels = new Uint8Array(16 * 16 * 4)
    for (let y = 0; y < 16; y++) for (let x = 4; x < 6; x++) pixels.fill(255, (y * 16 + x) * 4, (y * 16 + x) * 4 + 4)
    planesFromRgb(pixels, source, 'rgba')
    const into = allocatePlanes(4, 4, true)
    scalePlanes(source, into, planScale(source, whole(source), 4, 4))
    expect([...into.u, ...into.v]).toEqual(Array(8).fill(128))
  })

  it('scales only the part that is asked for', () => {
    const source = allocatePlanes(8, 8)
    source.y.fill(10)
    for (let y = 2; y < 6; y++) source.y.fill(200, y * 8 + 4, y * 8 + 8)
    const into = allocatePlanes(2, 2)
    scalePlanes(source, into, planScale(source, { x: 4, y: 2, width: 4, height: 4 }, 2, 2))
    expect([...into.y]).toEqual([200, 200, 200, 200])
  })
})

describe('the vector kernels', () => {
  const kernels = PlaneKernels.create()

  it('exist where the tests run', () => {
    expect(kernels).not.toBeNull()
  })

  for (const [from, to] of [
    [[1280, 720], [320, 180]], [[640, 480], [1280, 720]], [[1920, 1080], [1280, 720]], [[641, 361], [97, 55]], [[97, 55], [641, 361]],
    [[33, 17], [34, 18]], [[2, 2], [64, 64]], [[400, 300], [2, 2]], [[1000, 10], [100, 100]], [[720, 1280], [202, 360]], [[7, 5], [3, 3]],
  ] as const) {
    it(`scale ${from.join('x')} to ${to.join('x')} as the plain loops do`, () => {
      const source = textured(from[0], from[1], true)
      const [plain, quick] = [allocatePlanes(to[0], to[1], true), allocatePlanes(to[0], to[1], true)]
      for (const part of [whole(source), { x: from[0] * 0.13, y: from[1] * 0.21, width: from[0] * 0.6, height: from[1] * 0.7 }]) {
        const plan = planScale(source, part, to[0], to[1])
        scalePlanes(source, plain, plan)
        kernels?.scale(source, quick, plan)
        expect(largestDifference(plain.data, quick.data)).toBeLessThanOrEqual(3)
        expect(largestDifference(plain.alpha ?? new Uint8Array(), quick.alpha ?? new Uint8Array())).toBeLessThanOrEqual(3)
      }
    })
  }

  it('blend whole pictures as the plain loops do', () => {
    for (const opacity of [0, 0.01, 0.3, 0.5, 0.99]) {
      const [under, over] = [textured(50, 32), textured(50, 32)]
      over.data.reverse()
      const expected = under.data.map((value, index) => Math.round(value + ((over.data[index] ?? 0) - value) * opacity))
      layPlanes(under, over, 0, 0, opacity)
      expect(largestDifference(expected, under.data)).toBeLessThanOrEqual(2)
    }
  })

  it('convert to RGBA as the plain loops do', () => {
    for (const [width, height] of [[64, 36], [50, 31], [2, 2]] as const) {
      const source = textured(width, height)
      const [plain, quick] = [1, 2].map(() => ({ width, height, data: new Uint8ClampedArray(width * height * 4) }))
      if (!plain || !quick) continue
      planesToRgba(source, plain)
      kernels?.toRgba(source, quick, allocatePlanes)
      // Six bits of fraction against sixteen.
      expect(largestDifference(plain.data, quick.data)).toBeLessThanOrEqual(4)
    }
  })
})
