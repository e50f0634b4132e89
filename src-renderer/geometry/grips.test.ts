import { describe, expect, it } from 'vitest'
import type { Box } from './box.ts'
import { cornersOf } from './box.ts'
import { cursorOf, gripAt, gripsOf } from './grips.ts'
import { alignBy, distributeBy } from './arrange.ts'
import { boundsOfAll, carry, frameOf } from './many.ts'
import { sizeByGrip, snapSized } from './size-by-grip.ts'
import { snapLines } from './snap.ts'
import { turnBy } from './turn.ts'

const frame = { left: 24, top: 24, width: 640, height: 360, scale: 0.5 }
const stage = { width: 688, height: 408 }
const box = (part: Partial<Box> = {}): Box => ({ x: 100, y: 50, width: 400, height: 200, rotationDeg: 0, ...part })
const close = (a: { x: number; y: number } | undefined, b: { x: number; y: number } | undefined): void => {
  expect(a?.x).toBeCloseTo(b?.x ?? Number.NaN)
  expect(a?.y).toBeCloseTo(b?.y ?? Number.NaN)
}

describe('grips', () => {
  it('stand at corners, sides and above the frame', () => {
    const grips = gripsOf(box(), frame, stage)
    expect(grips.map(({ grip }) => grip.kind)).toEqual([...Array<string>(8).fill('size'), 'turn'])
    expect(grips[0]).toEqual({ grip: { kind: 'size', x: -1, y: -1 }, at: { x: 74, y: 49 } })
    expect(grips.at(-1)?.at).toEqual({ x: 174, y: 31 })
  })

  it.each([box({ x: -600, width: 700 }), box({ x: -2000, y: -2000, width: 6000, height: 5000 }), box({ x: 1250, y: 700, rotationDeg: 30 })])('are all within reach: %o', (each) => {
    const grips = gripsOf(each, frame, stage)
    expect(grips.length).toBe(9)
    for (const { at } of grips) {
      expect(at.x).toBeGreaterThanOrEqual(0)
      expect(at.x).toBeLessThanOrEqual(stage.width)
      expect(at.y).toBeGreaterThanOrEqual(0)
      expect(at.y).toBeLessThanOrEqual(stage.height)
    }
    const turn = grips.at(-1)
    for (const other of grips.slice(0, -1)) expect(Math.hypot(other.at.x - (turn?.at.x ?? 0), other.at.y - (turn?.at.y ?? 0))).toBeGreaterThan(10)
  })

  it('are one for what lies wholly outside: to be brought back by', () => {
    expect(gripsOf(box({ x: 5000 }), frame, stage)).toEqual([{ grip: { kind: 'move' }, at: { x: 682, y: 99 } }])
  })

  it('are found by the pointer, and point along their side as it is turned', () => {
    const grips = gripsOf(box(), frame, stage)
    expect(gripAt(grips, { x: 77, y: 52 }, 8)).toEqual({ kind: 'size', x: -1, y: -1 })
    expect(gripAt(grips, { x: 120, y: 90 }, 8)).toBeNull()
    expect(cursorOf({ kind: 'size', x: 1, y: 0 }, 0)).toBe('ew-resize')
    expect(cursorOf({ kind: 'size', x: 1, y: 0 }, 90)).toBe('ns-resize')
    expect(cursorOf({ kind: 'size', x: 1, y: 1 }, 0)).toBe('nwse-resize')
    expect(cursorOf({ kind: 'size', x: -1, y: 1 }, 0)).toBe('nesw-resize')
  })
})

describe('sizing by a grip', () => {
  it.each([0, 20, 90, -135])('leaves the opposite corner where it is seen at %d°', (rotationDeg) => {
    const start = box({ rotationDeg })
    for (const keepRatio of [true, false]) {
      const after = sizeByGrip(start, { kind: 'size', x: 1, y: 1 }, { x: 33, y: 47 }, keepRatio)
      close(cornersOf(after)[0], cornersOf(start)[0])
      if (keepRatio) expect(after.width / after.height).toBeCloseTo(2)
      const other = sizeByGrip(start, { kind: 'size', x: -1, y: -1 }, { x: 33, y: 47 }, keepRatio)
      close(cornersOf(other)[2], cornersOf(start)[2])
    }
  })

  it('follows the pointer with a corner of a turned box', () => {
    const start = box({ rotationDeg: 30 })
    const after = sizeByGrip(start, { kind: 'size', x: 1, y: 1 }, { x: 25, y: -10 }, false)
    const corner = cornersOf(start)[2]
    close(cornersOf(after)[2], { x: corner.x + 25, y: corner.y - 10 })
  })

  it('changes one measure by the middle of a side, and never turns inside out', () => {
    expect(sizeByGrip(box(), { kind: 'size', x: -1, y: 0 }, { x: 50, y: 90 }, true)).toEqual(box({ x: 150, width: 350 }))
    expect(sizeByGrip(box(), { kind: 'size', x: 1, y: 1 }, { x: -9000, y: -9000 }, false)).toMatchObject({ x: 100, y: 50, width: 8, height: 8 })
  })

  it('snaps what lies at right angles, by the edge that is seen to move', () => {
    const lines = snapLines({ width: 1280, height: 720 }, [])
    const lying = box({ x: 440, y: 264, width: 400, height: 200, rotationDeg: 90 })
    // Its own right edge is seen at the bottom, 714 - 8 = within reach of 720.
    const wanted = sizeByGrip(lying, { kind: 'size', x: 1, y: 0 }, { x: 0, y: 150 }, false)
    const { box: snapped, guides } = snapSized(wanted, { kind: 'size', x: 1, y: 0 }, { lines, reach: 8 }, false)
    expect(guides).toEqual([{ axis: 'y', at: 720 }])
    expect(snapped.rotationDeg).toBe(90)
    expect(boundsOfAll([snapped])?.bottom).toBeCloseTo(720)
    expect(boundsOfAll([snapped])?.top).toBeCloseTo(boundsOfAll([lying])?.top ?? 0)
    const slanted = box({ rotationDeg: 10 })
    expect(snapSized(slanted, { kind: 'size', x: 1, y: 0 }, { lines, reach: 50 }, false)).toEqual({ box: slanted, guides: [] })
  })
})

describe('turning', () => {
  const start = box()
  const from = { x: 300, y: 40 }
  const at = (deg: number) => ({ x: 300 + 110 * Math.sin((deg * Math.PI) / 180), y: 150 - 110 * Math.cos((deg * Math.PI) / 180) })

  it.each([['free', 43, 43], ['pulled', 43, 45], ['pulled', 40, 40], ['stepped', 40, 45], ['stepped', 20, 15], ['stepped', -170, -165], ['pulled', 178, 180]] as const)('%s by %d° comes to %d°', (turning, by, expected) => {
    expect(turnBy(start, from, at(by), turning).rotationDeg).toBeCloseTo(expected)
  })
})

describe('several boxes', () => {
  const three = [box({ x: 0, y: 0, width: 100, height: 100 }), box({ x: 300, y: 10, width: 50, height: 50 }), box({ x: 120, y: 200, width: 100, height: 40 })]

  it('keep how they lie among each other when their frame is moved, sized and turned', () => {
    const from = frameOf(three)
    expect(from).toEqual(box({ x: 0, y: 0, width: 350, height: 240 }))
    if (!from) return
    const twice = three.map((each) => carry(each, from, { ...from, width: 700, height: 480 }))
    expect(twice[2]).toEqual(box({ x: 240, y: 400, width: 200, height: 80 }))
    const turned = three.map((each) => carry(each, from, { ...from, rotationDeg: 90 }))
    expect(turned.every((each) => each.rotationDeg === 90)).toBe(true)
    const bounds = boundsOfAll(turned)
    expect((bounds?.right ?? 0) - (bounds?.left ?? 0)).toBeCloseTo(240)
    const back = turned.map((each) => carry(each, { ...from, rotationDeg: 90 }, from))
    for (const [index, each] of back.entries()) expect(each.x).toBeCloseTo(three[index]?.x ?? 0)
  })

  it('stretch what stands at right angles by its own measures', () => {
    const lying = box({ x: 0, y: 0, width: 100, height: 40, rotationDeg: 90 })
    const from = box({ x: 0, y: 0, width: 200, height: 200 })
    expect(carry(lying, from, { ...from, width: 400 })).toMatchObject({ width: 100, height: 80 })
  })

  it('align by what is seen of them', () => {
    const turned = box({ rotationDeg: 90 })
    expect(alignBy([turned], { left: 0, top: 0, right: 1280, bottom: 720 }, 'left')[0]?.x).toBeCloseTo(-200)
    expect(alignBy([turned], { left: 0, top: 0, right: 1280, bottom: 720 }, 'bottom')[0]?.y).toBeCloseTo(370)
    expect(alignBy(three, { left: 0, top: 0, right: 350, bottom: 240 }, 'centre').map((each) => each.x)).toEqual([125, -150, 5])
  })

  it('are given equal gaps, whatever their order, also where they overlap', () => {
    const gone = distributeBy(three, 'x')
    const at = three.map((each, index) => each.x + (gone[index]?.x ?? 0))
    expect(at).toEqual([0, 300, 150])
    const close = [box({ x: 0, width: 100 }), box({ x: 10, width: 100 }), box({ x: 60, width: 100 })]
    expect(distributeBy(close, 'x')[1]).toEqual({ x: 20, y: 0 })
    expect(distributeBy(three.slice(0, 2), 'y')).toEqual([{ x: 0, y: 0 }, { x: 0, y: 0 }])
  })
})
