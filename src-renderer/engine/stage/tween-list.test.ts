import { describe, expect, it } from 'vitest'
import { NO_CROP, type Scene, type SceneItem } from '@shared/domain/scene.ts'
import type { DrawCommand } from '../draw-list.ts'
import { easeInOut, layoutChanged, movedByHand, tweenList } from './tween-list.ts'

const command = (itemId: string, x: number, opacity = 1): DrawCommand => ({
  itemId, sourceId: itemId, from: { x: 0, y: 0, width: 100, height: 100 }, to: { x, y: 0, width: 100, height: 100 }, rotationDeg: 0, opacity,
})
const told = (list: readonly DrawCommand[]): string[] => list.map(({ itemId, to, opacity }) => `${itemId} at ${to.x} ${opacity}`)

describe('going from one arrangement to another', () => {
  it('moves what is in both, fades in what is new and fades out what is gone, over what it lay over', () => {
    const from = [command('backdrop', 0), command('gone', 10, 0.8), command('a', 0)]
    const to = [command('backdrop', 0), command('a', 200), command('new', 50, 0.5)]
    expect(told(tweenList(from, to, 0.25))).toEqual(['backdrop at 0 1', 'gone at 10 0.6000000000000001', 'a at 50 1', 'new at 50 0.125'])
    expect(told(tweenList(from, to, 0))).toEqual(['backdrop at 0 1', 'gone at 10 0.8', 'a at 0 1'])
    expect(told(tweenList(from, to, 1))).toEqual(told(to))
  })

  it('goes on from wherever it is when interrupted, without a jump', () => {
    const middle = tweenList([command('a', 0)], [command('a', 100)], 0.5)
    expect(told(tweenList(middle, [command('a', 0)], 0))).toEqual(['a at 50 1'])
  })

  it('changes the crop along, but not from that of another source', () => {
    const wide = { ...command('a', 0), from: { x: 0, y: 0, width: 200, height: 100 } }
    expect(tweenList([wide], [command('a', 0)], 0.5)[0]?.from.width).toBe(150)
    expect(tweenList([{ ...wide, sourceId: 'other' }], [command('a', 0)], 0.5)[0]?.from.width).toBe(100)
  })

  it('puts what a hand has moved where it belongs', () => {
    expect(told(tweenList([command('a', 0)], [command('a', 100)], 0.1, new Set(['a'])))).toEqual(['a at 100 1'])
  })

  it('is slow at both ends and even in the middle', () => {
    expect([0, 0.5, 1].map(easeInOut)).toEqual([0, 0.5, 1])
    expect(easeInOut(0.1)).toBeLessThan(0.01)
    expect(easeInOut(0.9)).toBeGreaterThan(0.99)
  })
})

describe('what is a change of layout', () => {
  const item = (id: string, change: Partial<SceneItem> = {}): SceneItem => ({
    id, sourceId: id, x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP, ...change,
  })
  const scene = (items: SceneItem[], layout?: Scene['layout']): Scene => ({ id: 's', name: '', background: '#000000', items, ...(layout && { layout }) })

  it('another template, another main participant, somebody more or hidden; not a drag, nor a new item where nothing is laid out', () => {
    const grid = scene([item('a')], { template: 'grid' })
    expect(layoutChanged(grid, scene([item('a')], { template: 'floating' }))).toBe(true)
    expect(layoutChanged(grid, scene([item('a')], { template: 'grid', mainSourceId: 'a' }))).toBe(true)
    expect(layoutChanged(grid, scene([item('a'), item('b')], { template: 'grid' }))).toBe(true)
    expect(layoutChanged(grid, scene([item('a', { visible: false })], { template: 'grid' }))).toBe(true)
    expect(layoutChanged(grid, scene([item('a', { x: 5 })], { template: 'grid' }))).toBe(false)
    expect(layoutChanged(scene([item('a')]), scene([item('a'), item('b')]))).toBe(false)
    expect(layoutChanged(scene([item('a')]), grid)).toBe(true)
  })

  it('names what a hand has moved', () => {
    expect([...movedByHand(scene([item('a'), item('b')]), scene([item('a', { x: 1 }), item('b', { opacity: 0.5 }), item('c')]))]).toEqual(['a'])
  })
})
