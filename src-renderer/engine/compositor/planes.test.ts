import { describe, expect, it } from 'vitest'
import { layPlanes } from './blend-planes.ts'
import { isProgramColour, toProgramColour } from './convert-colour.ts'
import { allocatePlanes, chromaBlueOf, chromaRedOf, fillRect, lumaOf, parseColour, planeLayout, type Planes, planesFromRgb, splitChroma } from './planes.ts'
import { planesToRgba } from './planes-to-rgba.ts'

function filled(width: number, height: number, luma: number, chroma = 128, alpha?: number): Planes {
  const planes = allocatePlanes(width, height, alpha !== undefined)
  planes.y.fill(luma)
  planes.u.fill(chroma)
  planes.v.fill(chroma)
  planes.alpha?.fill(alpha ?? 0)
  return planes
}
const at = (planes: Planes, x: number, y: number): number => planes.y[y * planes.width + x] ?? -1

describe('planes', () => {
  it('lie as I420 does, odd sizes with chroma rounded up', () => {
    const planes = allocatePlanes(5, 3)
    expect([planes.chromaWidth, planes.chromaHeight, planes.data.length]).toEqual([3, 2, 15 + 6 + 6])
    expect(planeLayout(planes)).toEqual([{ offset: 0, stride: 5 }, { offset: 15, stride: 3 }, { offset: 21, stride: 3 }])
  })

  it('have black at 16 and white at 235, without colour', () => {
    expect([lumaOf(0, 0, 0), lumaOf(255, 255, 255)]).toEqual([16, 235])
    for (const grey of [0, 77, 128, 255]) expect([chromaBlueOf(grey, grey, grey), chromaRedOf(grey, grey, grey)]).toEqual([128, 128])
  })

  // ITU-R BT.601: 100 % primaries in 8 bits.
  it.each([
    ['#ff0000', 81, 90, 240],
    ['#00ff00', 145, 54, 34],
    ['#0000ff', 41, 240, 110],
  ])('have %s at %i %i %i', (colour, y, u, v) => {
    const { r, g, b } = parseColour(colour)
    expect(Math.abs(lumaOf(r, g, b) - y)).toBeLessThanOrEqual(1)
    expect(Math.abs(chromaBlueOf(r, g, b) - u)).toBeLessThanOrEqual(1)
    expect(Math.abs(chromaRedOf(r, g, b) - v)).toBeLessThanOrEqual(1)
  })

  it('read opacity from a colour', () => {
    expect(parseColour('#10203040')).toEqual({ r: 16, g: 32, b: 48, a: 64 })
    expect(parseColour('#102030').a).toBe(255)
  })

  it('come back as the colour that went in', () => {
    for (const [r, g, b] of [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255], [0, 0, 0], [190, 120, 33]] as const) {
      const planes = allocatePlanes(3, 3)
      planesFromRgb(Uint8Array.from({ length: 36 }, (_, index) => [r, g, b, 255][index % 4] ?? 0), planes, 'rgba')
      const image = { width: 3, height: 3, data: new Uint8ClampedArray(36) }
      planesToRgba(planes, image)
      for (const [index, value] of [r, g, b].entries()) expect(Math.abs((image.data[16 + index] ?? 0) - value)).toBeLessThanOrEqual(3)
    }
  })

  it('take blue first when asked', () => {
    const [rgba, bgra] = [allocatePlanes(2, 2), allocatePlanes(2, 2)]
    planesFromRgb(Uint8Array.from({ length: 16 }, (_, index) => [200, 100, 50, 255][index % 4] ?? 0), rgba, 'rgba')
    planesFromRgb(Uint8Array.from({ length: 16 }, (_, index) => [50, 100, 200, 255][index % 4] ?? 0), bgra, 'bgra')
    expect(bgra.data).toEqual(rgba.data)
  })

  it('let no colour bleed in from what is transparent', () => {
    const planes = allocatePlanes(2, 2, true)
    const pixels = Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0])
    planesFromRgb(pixels, planes, 'rgba')
    expect(planes.v[0]).toBe(chromaRedOf(255, 0, 0))
    expect([...(planes.alpha ?? [])]).toEqual([255, 0, 0, 0])
  })

  it('fill rectangles with colour', () => {
    const planes = filled(8, 8, 16)
    fillRect(planes, 2, 4, 4, 2, 100, 90, 80)
    expect([at(planes, 1, 4), at(planes, 2, 4), at(planes, 5, 5), at(planes, 6, 5), at(planes, 2, 6)]).toEqual([16, 100, 100, 16, 16])
    expect([planes.u[2 * 4], planes.u[2 * 4 + 1], planes.u[2 * 4 + 3]]).toEqual([128, 90, 128])
  })

  it('take interleaved chroma apart', () => {
    const [u, v] = [new Uint8Array(2), new Uint8Array(2)]
    splitChroma(Uint8Array.of(1, 2, 3, 4), u, v)
    expect([[...u], [...v]]).toEqual([[1, 3], [2, 4]])
  })
})

describe('laying planes', () => {
  it('copies an opaque picture and cuts off what hangs over', () => {
    for (const [x, y] of [[-2, -4], [6, 6], [2, 2], [-20, 0]] as const) {
      const canvas = filled(8, 8, 16)
      layPlanes(canvas, filled(4, 4, 200, 50), x, y, 1)
      for (let row = 0; row < 8; row++) {
        for (let column = 0; column < 8; column++) {
          const inside = column >= x && column < x + 4 && row >= y && row < y + 4
          expect(at(canvas, column, row)).toBe(inside ? 200 : 16)
          expect(canvas.u[(row >> 1) * 4 + (column >> 1)]).toBe(inside ? 50 : 128)
        }
      }
    }
  })

  it('mixes by opacity and by each pixel', () => {
    const canvas = filled(4, 4, 0, 0)
    layPlanes(canvas, filled(4, 4, 200, 200), 0, 0, 0.5)
    expect([at(canvas, 0, 0), canvas.u[0]]).toEqual([100, 100])
    const other = filled(4, 4, 10, 10)
    layPlanes(other, filled(4, 4, 210, 210, 128), 0, 0, 1)
    expect(Math.abs(at(other, 1, 1) - 110)).toBeLessThanOrEqual(1)
  })

  it('changes nothing where a picture is transparent and everything where it is not', () => {
    const canvas = filled(4, 4, 30, 40)
    const before = canvas.data.slice()
    layPlanes(canvas, filled(4, 4, 200, 200, 0), 0, 0, 1)
    expect(canvas.data).toEqual(before)
    layPlanes(canvas, filled(4, 4, 200, 210, 255), 0, 0, 1)
    expect([at(canvas, 3, 3), canvas.u[3]]).toEqual([200, 210])
  })

  it('stands odd pictures with opacity that hang over', () => {
    const canvas = filled(8, 6, 16)
    for (const [x, y] of [[-2, -2], [4, 2], [0, 0]] as const) layPlanes(canvas, filled(5, 5, 99, 90, 200), x, y, 0.9)
    expect(canvas.data.every((value) => value > 0)).toBe(true)
  })
})

describe('bringing planes into the program’s colour', () => {
  it('knows what needs nothing', () => {
    expect(isProgramColour('smpte170m', false)).toBe(true)
    expect(isProgramColour(null, null)).toBe(true)
    expect(isProgramColour('bt709', false)).toBe(false)
    expect(isProgramColour('smpte170m', true)).toBe(false)
  })

  it('narrows the full range', () => {
    const planes = filled(2, 2, 255, 255)
    planes.y[0] = 0
    toProgramColour(planes, 'smpte170m', true)
    expect([planes.y[0], planes.y[1], planes.u[0]]).toEqual([16, 235, 240])
  })

  // ITU-R BT.709 and BT.601, 100 % primaries in 8 bits, limited range.
  it.each([
    ['red', [63, 102, 240], [81, 90, 240]],
    ['green', [173, 42, 26], [145, 54, 34]],
    ['blue', [32, 240, 118], [41, 240, 110]],
    ['white', [235, 128, 128], [235, 128, 128]],
  ])('turns the %s of BT.709 into that of BT.601', (_, from, to) => {
    const planes = allocatePlanes(2, 2)
    planes.y.fill(from[0] ?? 0)
    planes.u.fill(from[1] ?? 0)
    planes.v.fill(from[2] ?? 0)
    toProgramColour(planes, 'bt709', false)
    for (const [index, value] of [planes.y[0], planes.u[0], planes.v[0]].entries()) {
      expect(Math.abs((value ?? 0) - (to[index] ?? 0))).toBeLessThanOrEqual(2)
    }
  })
})
