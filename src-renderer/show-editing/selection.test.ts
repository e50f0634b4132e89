import { describe, expect, it } from 'vitest'
import { NO_CROP, type Scene, type SceneItem } from '@shared/domain/scene.ts'
import { itemsAt } from './selection.ts'

const item = (change: Partial<SceneItem> = {}): SceneItem => ({
  id: 'i', sourceId: 's', x: 0, y: 0, width: 400, height: 400, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP,
  ...change,
})
const scene = (...items: SceneItem[]): Scene => ({ id: 'scene', name: '', background: '#000000', items })
const frontMost = (of: Scene, x: number, y: number) => itemsAt(of, { x, y })[0]?.id

describe('what lies under a point', () => {
  it('is the front-most item, past hidden and locked ones', () => {
    const back = item({ id: 'back' })
    const front = item({ id: 'front', x: 100, width: 100 })
    expect(frontMost(scene(back, front), 150, 50)).toBe('front')
    expect(frontMost(scene(back, front), 50, 50)).toBe('back')
    expect(frontMost(scene(back, { ...front, visible: false }), 150, 50)).toBe('back')
    expect(frontMost(scene(back, { ...front, locked: true }), 150, 50)).toBe('back')
    expect(itemsAt(scene(back, front), { x: 500, y: 50 })).toEqual([])
  })

  it('turns with the item', () => {
    const bar = item({ x: 0, y: 190, width: 400, height: 20, rotationDeg: 90 })
    expect(frontMost(scene(bar), 200, 10)).toBe('i')
    expect(itemsAt(scene(bar), { x: 10, y: 200 })).toEqual([])
  })
})
