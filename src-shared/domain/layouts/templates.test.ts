import { describe, expect, it } from 'vitest'
import { floating } from './floating.ts'
import { grid } from './grid.ts'
import { carriedOver, type Rect, type Size } from './rectangle.ts'
import { screenShare } from './screen-share.ts'

/** Usual ones, odd ones, portrait ones. */
const CANVASES: readonly Size[] = [
  [1920, 1080], [1280, 720], [1279, 717], [161, 163], [1080, 1920], [719, 1283], [640, 480], [97, 1001],
].map(([width = 0, height = 0]) => ({ width, height }))

const counts = (to: number) => Array.from({ length: to }, (_, index) => index + 1)
const cut = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const area = (all: readonly Rect[]): number => all.reduce((sum, each) => sum + each.width * each.height, 0)

function expectInside(all: readonly Rect[], canvas: Size): void {
  for (const each of all) {
    expect(Object.values(each).every(Number.isInteger)).toBe(true)
    expect(each.x >= 0 && each.y >= 0 && each.x + each.width <= canvas.width && each.y + each.height <= canvas.height).toBe(true)
  }
}

function expectApart(all: readonly Rect[]): void {
  all.forEach((a, index) => { for (const b of all.slice(index + 1)) expect(cut(a, b)).toBe(false) })
}

/** Within the pixel that rounding two edges may cost. */
function expectSize(box: Rect | undefined, width: number, height: number): void {
  expect(Math.abs((box?.width ?? Infinity) - width)).toBeLessThan(1)
  expect(Math.abs((box?.height ?? Infinity) - height)).toBeLessThan(1)
}

describe.each(CANVASES)('layouts on $width x $height', (canvas) => {
  const { width, height } = canvas

  it('grid: one size for all by the table, without gap or overlap, from the top left row by row', () => {
    const side = (count: number): [number, number] =>
      count === 1 ? [1, 1] : count === 2 ? [2, 1] : count <= 4 ? [2, 2] : count <= 9 ? [3, 3] : count <= 16 ? [4, 4] : [5, 5]
    for (const count of counts(25)) {
      const boxes = grid(canvas, count)
      const [columns, rows] = side(count)
      expect(boxes).toHaveLength(count)
      expectInside(boxes, canvas)
      expectApart(boxes)
      boxes.forEach((box, index) => {
        expectSize(box, width / columns, height / rows)
        const right = boxes[index + 1]
        if (right && (index + 1) % columns !== 0) expect(right).toMatchObject({ x: box.x + box.width, y: box.y })
        const below = boxes[index + columns]
        if (below) expect(below).toMatchObject({ x: box.x, y: box.y + box.height })
      })
      expect(boxes[0]).toMatchObject({ x: 0, y: 0 })
      if (count === columns * rows) expect(area(boxes)).toBe(width * height)
    }
  })

  it('floating: the first over everything, the others from the bottom left, with even gaps and margins', () => {
    for (const count of counts(25)) {
      const [large, ...small] = floating(canvas, count)
      expect(large).toEqual({ x: 0, y: 0, width, height })
      expect(small).toHaveLength(count - 1)
      expectInside(small, canvas)
      expectApart(small)
      const [part, gap, perRow] = count <= 17 ? [0.235, 0.012, 4] : [0.188, 0.01, 5]
      small.forEach((box, index) => {
        const [column, row] = [index % perRow, Math.floor(index / perRow)]
        expectSize(box, part * width, part * height)
        expect(Math.abs(box.x - (gap + column * (part + gap)) * width)).toBeLessThanOrEqual(0.5001)
        expect(Math.abs(box.y + box.height - (1 - gap - row * (part + gap)) * height)).toBeLessThanOrEqual(0.5001)
      })
    }
  })

  it.each([true, false])('screen share: by the table, with a large one: %s', (hasLarge) => {
    for (const count of counts(24)) {
      const { large, small } = screenShare(canvas, count, hasLarge)
      const told = hasLarge ? count : count + 1
      expect(small).toHaveLength(told - 1)
      expectInside([large, ...small], canvas)
      expectApart([large, ...small])
      const [w, h, sw, sh] = told <= 5 ? [4 / 5, 1, 1 / 5, 1 / 4] : told <= 7 ? [6 / 7, 1, 1 / 7, 1 / 6] : told <= 9 ? [8 / 9, 1, 1 / 9, 1 / 8]
        : told <= 17 ? [4 / 5, 1, 1 / 10, 1 / 8] : [4 / 5, 7 / 8, 1 / 10, 1 / 8]
      expect(large).toMatchObject({ x: 0, y: 0 })
      expectSize(large, w * width, h * height)
      const inColumn = told <= 5 ? 4 : told <= 7 ? 6 : 8
      small.forEach((box, index) => {
        expectSize(box, sw * width, sh * height)
        const above = small[index - 1]
        if (index < 16 && index % inColumn === 0) expect(box.y).toBe(0)
        else if (index < 16) expect(box).toMatchObject({ x: above?.x, y: (above?.y ?? 0) + (above?.height ?? 0) })
        else expect(box).toMatchObject({ x: index === 16 ? 0 : (above?.x ?? 0) + (above?.width ?? 0), y: large.height })
        if (index < inColumn) expect(box.x).toBe(large.width)
        if (index === inColumn) expect(box.x).toBe(index < 16 ? (small[0]?.x ?? 0) + (small[0]?.width ?? 0) : 0)
      })
    }
  })

  it('screen share: 24 with nobody large fill all around the empty place', () => {
    const { large, small } = screenShare(canvas, 24, false)
    expect(area([large, ...small])).toBe(width * height)
  })

  it('takes no more than it can', () => {
    expect([grid(canvas, 40).length, floating(canvas, 40).length, screenShare(canvas, 40, true).small.length, screenShare(canvas, 40, false).small.length]).toEqual([25, 25, 23, 24])
    expect([grid(canvas, 0).length, floating(canvas, 0).length, screenShare(canvas, 0, false).small.length]).toEqual([0, 0, 0])
  })
})

it('carries boxes that share an edge over to another canvas so that they still do', () => {
  const to = { width: 1279, height: 717 }
  const [a, b] = [0, 333].map((x) => carriedOver({ x, y: 0, width: 333, height: 1080 }, { width: 1920, height: 1080 }, to))
  expect(b?.x).toBe((a?.x ?? 0) + (a?.width ?? 0))
  expect(a).toMatchObject({ x: 0, y: 0, height: 717 })
})

it('matches pixels counted by hand', () => {
  const canvas = { width: 1920, height: 1080 }
  expect(grid(canvas, 5)[4]).toEqual({ x: 640, y: 360, width: 640, height: 360 })
  expect(floating(canvas, 17)[1]).toEqual({ x: 23, y: 813, width: 451, height: 254 })
  expect(floating(canvas, 18)[6]).toEqual({ x: 19, y: 652, width: 361, height: 203 })
  expect(screenShare(canvas, 18, true)).toMatchObject({ large: { x: 0, y: 0, width: 1536, height: 945 } })
  expect(screenShare(canvas, 18, true).small[16]).toEqual({ x: 0, y: 945, width: 192, height: 135 })
  expect(screenShare(canvas, 24, true).small.at(-1)).toEqual({ x: 1152, y: 945, width: 192, height: 135 })
})
