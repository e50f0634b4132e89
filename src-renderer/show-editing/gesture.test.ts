import { describe, expect, it } from 'vitest'
import { NO_CROP } from '@shared/domain/scene.ts'
import type { SceneItem } from '@shared/domain/scene.ts'
import { snapLines } from '../geometry/snap.ts'
import { beginGesture, followGesture } from './gesture.ts'
import type { GestureStart } from './gesture.ts'

const item = (id: string, part: Partial<SceneItem> = {}): SceneItem => ({
  id, sourceId: id, x: 100, y: 100, width: 400, height: 200, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP, ...part,
})
const PLAIN = { shift: false, ctrl: false, alt: false }
const lines = snapLines({ width: 1280, height: 720 }, [])
const begin = (items: SceneItem[], grip: GestureStart['grip']): GestureStart => {
  const start = beginGesture(grip, { x: 200, y: 200 }, items, lines, () => ({ width: 800, height: 400 }))
  if (!start) throw new Error('nothing to drag')
  return start
}
const corner = { kind: 'size', x: 1, y: 1 } as const

describe('a drag', () => {
  it('moves several by the same, and snaps them as one', () => {
    const start = begin([item('a'), item('b', { x: 700, y: 400 })], { kind: 'move' })
    const { patches, guides } = followGesture(start, { x: 200 + 175, y: 235 }, PLAIN, 8)
    expect([...patches]).toEqual([['a', { x: 280, y: 135 }], ['b', { x: 880, y: 435 }]])
    expect(guides).toEqual([{ axis: 'x', at: 1280 }])
    const free = followGesture(start, { x: 375, y: 235 }, { ...PLAIN, ctrl: true }, 8)
    expect(free.patches.get('a')).toEqual({ x: 275, y: 135 })
    expect(free.guides).toEqual([])
  })

  it('keeps to one direction with Shift', () => {
    expect(followGesture(begin([item('a')], { kind: 'move' }), { x: 240, y: 215 }, { ...PLAIN, shift: true }, 0).patches.get('a')).toEqual({ x: 140, y: 100 })
  })

  it('keeps the shape unless Shift is held', () => {
    const start = begin([item('a')], corner)
    expect(followGesture(start, { x: 240, y: 220 }, PLAIN, 0).patches.get('a')).toMatchObject({ width: 440, height: 220 })
    expect(followGesture(start, { x: 240, y: 200 }, { ...PLAIN, shift: true }, 0).patches.get('a')).toMatchObject({ width: 440, height: 200 })
  })

  it('crops with Alt, and sizes again once Alt is let go', () => {
    const start = begin([item('a')], corner)
    expect(followGesture(start, { x: 160, y: 200 }, { ...PLAIN, alt: true }, 0).patches.get('a')).toEqual({ x: 100, y: 100, width: 360, height: 200, crop: { left: 0, top: 0, right: 0.1, bottom: 0 } })
    expect(followGesture(start, { x: 160, y: 180 }, PLAIN, 0).patches.get('a')).not.toHaveProperty('crop')
  })

  it('turns several about their common centre, in steps with Shift', () => {
    const start = begin([item('a'), item('b', { x: 700, y: 400 })], { kind: 'turn' })
    const { patches } = followGesture({ ...start, from: { x: 600, y: 0 } }, { x: 1000, y: 360 }, { ...PLAIN, shift: true }, 8)
    expect(patches.get('a')?.rotationDeg).toBe(patches.get('b')?.rotationDeg)
    expect(Math.abs(patches.get('a')?.rotationDeg ?? 1) % 15).toBe(0)
    const middle = (axis: 'x' | 'y', side: 'width' | 'height') =>
      [...patches.values()].reduce((sum, each) => sum + (each[axis] ?? 0) + (each[side] ?? 0) / 2, 0) / 2
    expect(middle('x', 'width')).toBeCloseTo(600)
    expect(middle('y', 'height')).toBeCloseTo(350)
  })

  it('does not bend what is slanted among several, and keeps the opposite side in its place', () => {
    const slanted = item('b', { x: 700, y: 400, rotationDeg: 30 })
    const start = begin([item('a'), slanted], { kind: 'size', x: -1, y: 0 })
    const { patches, frame } = followGesture(start, { x: 300, y: 200 }, { ...PLAIN, shift: true }, 0)
    const after = patches.get('b')
    expect((after?.width ?? 0) / (after?.height ?? 1)).toBeCloseTo(2, 1)
    expect(frame.x + frame.width).toBeCloseTo(start.frame.x + start.frame.width)
    expect(frame.width).toBeCloseTo(start.frame.width - 100)
  })
})
