import { describe, expect, it } from 'vitest'
import { multiviewGrid } from '../stage/multiview-grid.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import type { Scenery } from './scenery.ts'
import { Turns } from './turns.ts'
import { Views } from './views.ts'

const canvas = () => ({ width: 0, height: 0, getContext: () => null }) as unknown as OffscreenCanvas

describe('views', () => {
  it('keep no time while nobody looks', () => {
    const clock = new FakeEngineClock()
    const views = new Views(clock, { setTime() {} }, new Turns(), { scenes: {}, stage: {} } as unknown as Scenery)
    expect(clock.timers).toBe(0)
    views.handle({ type: 'view-open', viewId: 1, canvas: canvas(), target: { kind: 'multiview', cells: 9 } })
    views.handle({ type: 'view-open', viewId: 2, canvas: canvas(), target: { kind: 'program' } })
    expect(clock.timers).toBe(1)
    views.handle({ type: 'view-visible', viewId: 1, visible: false })
    expect(clock.timers).toBe(0)
    views.handle({ type: 'view-visible', viewId: 1, visible: true })
    expect(clock.timers).toBe(1)
    views.handle({ type: 'view-close', viewId: 1 })
    expect(clock.timers).toBe(0)
  })
})

describe('the rate of views', () => {
  it('is twice the usual one for what is edited, and for that alone', async () => {
    const clock = new FakeEngineClock()
    const painted: string[] = []
    const named = (name: string) => ({ ...canvas(), getContext: () => ({ name }) }) as unknown as OffscreenCanvas
    const pictures = (sceneId: string) => ({ width: 0, height: 0, version: 1, surface: null, refresh: async () => void painted.push(sceneId), rest() {}, close() {} })
    const scenes = { thumbnail: (sceneId: string) => pictures(sceneId) }
    const views = new Views(clock, { setTime() {} }, new Turns(), { scenes, stage: {}, second: {} } as unknown as Scenery)
    const open = (viewId: number, sceneId: string, smooth: boolean) => {
      views.handle({ type: 'view-open', viewId, canvas: named(sceneId), target: { kind: 'scene', sceneId, smooth } })
      views.handle({ type: 'view-size', viewId, width: 320, height: 180 })
    }
    open(1, 'other', false)
    open(2, 'edited', true)
    await clock.advance(2000)
    const count = (sceneId: string) => painted.filter((each) => each === sceneId).length
    expect([Math.abs(count('edited') - 60) <= 2, Math.abs(count('other') - 30) <= 1]).toEqual([true, true])
    views.handle({ type: 'view-close', viewId: 2 })
    painted.length = 0
    await clock.advance(2000)
    expect(Math.abs(count('other') - 30)).toBeLessThanOrEqual(1)
    views.close()
    expect(clock.timers).toBe(0)
  })
})

describe('the grid of a multiview', () => {
  it.each([4, 9, 16, 25])('of %i places covers the canvas without a gap, pictures in the shape of the program', (cells) => {
    for (const size of [{ width: 1280, height: 720 }, { width: 1001, height: 563 }, { width: 400, height: 900 }]) {
      const grid = multiviewGrid(cells, size, { width: 1920, height: 1080 })
      expect(grid).toHaveLength(cells)
      expect(grid.reduce((sum, { box }) => sum + box.width * box.height, 0)).toBe(size.width * size.height)
      for (const { box, picture } of grid) {
        expect(picture.width % 2 + picture.height % 2).toBe(0)
        expect(picture.x >= box.x && picture.y >= box.y && picture.x + picture.width <= box.x + box.width && picture.y + picture.height <= box.y + box.height).toBe(true)
        expect(Math.abs(picture.width / picture.height - 16 / 9)).toBeLessThan(0.15)
      }
    }
  })
})
