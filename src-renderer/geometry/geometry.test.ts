import { describe, expect, it } from 'vitest'
import { boundsOf, contains, cornersOf, normalDeg } from './box.ts'
import type { Box } from './box.ts'
import { fitCanvas, fromCornerBox, rescale, resizeFromCorner, toCornerBox } from './resize.ts'
import { snapLines, snapMove, snapResize } from './snap.ts'

const canvas = { width: 1280, height: 720 }
const box = (part: Partial<Box> = {}): Box => ({ x: 100, y: 50, width: 400, height: 200, rotationDeg: 0, ...part })

describe('boxes', () => {
  it('turns clockwise about the centre', () => {
    const bounds = boundsOf(box({ rotationDeg: 90 }))
    expect(bounds.left).toBeCloseTo(200)
    expect(bounds.right).toBeCloseTo(400)
    expect(bounds.top).toBeCloseTo(-50)
    expect(bounds.bottom).toBeCloseTo(350)
    const topLeft = cornersOf(box({ rotationDeg: 90 }))[0]
    expect(topLeft.x).toBeCloseTo(400)
    expect(topLeft.y).toBeCloseTo(-50)
  })

  it('hits a turned box by its own edges, not by its bounds', () => {
    const turned = box({ rotationDeg: 45 })
    expect(contains(turned, { x: 300, y: 150 })).toBe(true)
    expect(contains(turned, { x: 120, y: 290 })).toBe(false)
  })

  it.each([[0, 0], [180, 180], [181, -179], [-180, 180], [360, 0], [725, 5]])('%d° is %d°', (deg, expected) => {
    expect(normalDeg(deg)).toBe(expected)
  })
})

describe('resizing', () => {
  it.each([0, 30, 90, 135, -60])('keeps the turned corner where it is seen at %d°', (rotationDeg) => {
    const before = box({ rotationDeg })
    const after = resizeFromCorner(before, { width: 640, height: 90 })
    expect(after).toMatchObject({ width: 640, height: 90, rotationDeg })
    expect(cornersOf(after)[0].x).toBeCloseTo(cornersOf(before)[0].x)
    expect(cornersOf(after)[0].y).toBeCloseTo(cornersOf(before)[0].y)
  })

  it('never gets too small to be grabbed', () => {
    expect(resizeFromCorner(box(), { width: -5 }).width).toBe(8)
  })

  it('comes back unchanged from a corner box', () => {
    const before = box({ rotationDeg: 33 })
    const after = fromCornerBox(toCornerBox(before))
    for (const key of ['x', 'y', 'width', 'height', 'rotationDeg'] as const) expect(after[key]).toBeCloseTo(before[key])
  })

  it('fits a shape into the canvas', () => {
    expect(fitCanvas(canvas, { width: 640, height: 480 })).toEqual({ x: 160, y: 0, width: 960, height: 720, rotationDeg: 0 })
    expect(fitCanvas(canvas, null)).toEqual({ x: 0, y: 0, width: 1280, height: 720, rotationDeg: 0 })
  })

  it('keeps a layout on another canvas', () => {
    expect(rescale(box({ x: 640, y: 360, width: 640, height: 360 }), canvas, { width: 1920, height: 1080 })).toEqual(
      box({ x: 960, y: 540, width: 960, height: 540 }),
    )
    const whole = box({ x: 0, y: 0, width: 1280, height: 720 })
    expect(rescale(whole, canvas, { width: 720, height: 1280 })).toMatchObject({ x: 0, y: 0, width: 720, height: 1280 })
    const centred = rescale(box({ x: 440, y: 260, width: 400, height: 200 }), canvas, { width: 720, height: 1280 })
    expect(centred.x + centred.width / 2).toBeCloseTo(360)
    expect(centred.y + centred.height / 2).toBeCloseTo(640)
    expect(centred.width / centred.height).toBeCloseTo(2)
  })
})

describe('snapping', () => {
  const lines = snapLines(canvas, [])

  it('pulls the nearest edge or centre to the canvas, and says along which line', () => {
    const { box: moved, guides } = snapMove(box({ x: 6, y: 257 }), lines, 8)
    expect(moved).toMatchObject({ x: 0, y: 260 })
    expect(guides).toEqual([{ axis: 'x', at: 0 }, { axis: 'y', at: 360 }])
  })

  it('leaves a box out of reach alone', () => {
    const free = box({ x: 30, y: 30 })
    expect(snapMove(free, lines, 8)).toEqual({ box: free, guides: [] })
  })

  it('snaps a turned box by its bounds', () => {
    const { box: moved } = snapMove(box({ x: -95, y: 200, rotationDeg: 90 }), lines, 8)
    expect(boundsOf(moved).left).toBeCloseTo(0)
  })

  it('snaps to the other items', () => {
    const { box: moved, guides } = snapMove(box({ x: 505, y: 300 }), snapLines(canvas, [box()]), 8)
    expect(moved.x).toBe(500)
    expect(guides).toContainEqual({ axis: 'x', at: 500 })
  })

  it('resizes to a line with the opposite edge staying', () => {
    const { box: sized } = snapResize(box({ width: 1175 }), { horizontal: 'right', vertical: null }, lines, 8, false)
    expect(sized).toMatchObject({ x: 100, width: 1180, height: 200 })
    const { box: leftSized } = snapResize(box({ x: 5, width: 495 }), { horizontal: 'left', vertical: null }, lines, 8, false)
    expect(leftSized).toMatchObject({ x: 0, width: 500 })
  })

  it('keeps the shape when asked to', () => {
    const start = box({ x: 4, y: 50, width: 400, height: 200 })
    const { box: sized } = snapResize(start, { horizontal: 'left', vertical: 'top' }, lines, 8, true)
    expect(sized.x).toBe(0)
    expect(sized.width / sized.height).toBeCloseTo(2)
    expect(sized.y + sized.height).toBeCloseTo(250)
    expect(sized.x + sized.width).toBeCloseTo(404)
  })

  it('does not bend a turned box', () => {
    const turned = box({ x: 3, rotationDeg: 20 })
    expect(snapResize(turned, { horizontal: 'left', vertical: 'top' }, lines, 8, false).box).toEqual(turned)
  })
})
