import { describe, expect, it } from 'vitest'
import type { Rect } from '../draw-list.ts'
import { allocatePlanes, type Planes } from './planes.ts'
import { planTurn, turnPlanes } from './turn-planes.ts'

/** A picture whose luma is 10 x column + row, and whose chroma is that of its place too. */
function ramp(width: number, height: number, alpha?: number): Planes {
  const planes = allocatePlanes(width, height, alpha !== undefined)
  planes.y.forEach((_, at) => (planes.y[at] = 10 * (at % width) + Math.floor(at / width)))
  planes.u.forEach((_, at) => (planes.u[at] = 100 + (at % planes.chromaWidth)))
  planes.v.forEach((_, at) => (planes.v[at] = 200 + Math.floor(at / planes.chromaWidth)))
  planes.alpha?.fill(alpha ?? 0)
  return planes
}

function turned(source: Planes, to: Rect, rotationDeg: number, box: Rect): Planes {
  const into = allocatePlanes(box.width, box.height, true)
  turnPlanes(source, { x: 0, y: 0, width: source.width, height: source.height }, into, planTurn(to, rotationDeg, box))
  return into
}

const rows = (plane: Uint8Array, width: number): number[][] => Array.from({ length: plane.length / width }, (_, row) => [...plane.subarray(row * width, (row + 1) * width)])

describe('turning planes', () => {
  it('turns clockwise by a quarter exactly: what was the left column is the top row', () => {
    const source = ramp(8, 4)
    const into = turned(source, { x: 0, y: 0, width: 8, height: 4 }, 90, { x: 2, y: -2, width: 4, height: 8 })
    expect(rows(into.y, 4)).toEqual(Array.from({ length: 8 }, (_, row) => [3, 2, 1, 0].map((fromRow) => 10 * row + fromRow)))
    expect(rows(into.u, 2)).toEqual([[100, 100], [101, 101], [102, 102], [103, 103]])
    expect(rows(into.v, 2)).toEqual([[201, 200], [201, 200], [201, 200], [201, 200]])
    expect(into.alpha?.every((opacity) => opacity === 255)).toBe(true)
  })

  it('turns by a half exactly, also where the box shows only a part', () => {
    const source = ramp(8, 4)
    const into = turned(source, { x: 0, y: 0, width: 8, height: 4 }, 180, { x: 4, y: 0, width: 4, height: 4 })
    expect(rows(into.y, 4)[0]).toEqual([33, 23, 13, 3])
    expect(rows(into.y, 4)[3]).toEqual([30, 20, 10, 0])
  })

  it('is transparent around the picture and soft at its edge', () => {
    const source = ramp(20, 20)
    const into = turned(source, { x: 10, y: 10, width: 20, height: 20 }, 45, { x: 4, y: 4, width: 32, height: 32 })
    const opacity = (x: number, y: number) => into.alpha?.[(y - 4) * 32 + x - 4] ?? -1
    expect([opacity(4, 4), opacity(35, 4), opacity(10, 10), opacity(29, 29)]).toEqual([0, 0, 0, 0])
    expect([opacity(20, 20), opacity(20, 10), opacity(31, 20)]).toEqual([255, 255, 255])
    // All of it together has the area that the picture has.
    expect([...(into.alpha ?? [])].reduce((sum, each) => sum + each, 0) / 255).toBeCloseTo(400, -1)
    // The centre stays where it was.
    expect(Math.abs((into.y[16 * 32 + 16] ?? 0) - 105)).toBeLessThanOrEqual(9)
  })

  it("multiplies the picture's own opacity in", () => {
    const into = turned(ramp(8, 8, 128), { x: 0, y: 0, width: 8, height: 8 }, 90, { x: -2, y: -2, width: 12, height: 12 })
    expect([into.alpha?.[0], into.alpha?.[6 * 12 + 6]]).toEqual([0, 128])
  })

  it('magnifies', () => {
    const into = turned(ramp(4, 4), { x: 0, y: 0, width: 16, height: 16 }, 180, { x: 0, y: 0, width: 16, height: 16 })
    expect(into.y[0]).toBe(33)
    expect(into.y[255]).toBe(0)
  })
})
