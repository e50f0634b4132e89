import { describe, expect, it } from 'vitest'
import { NO_CROP, type Scene, type SceneItem } from '@shared/domain/scene.ts'
import { type DrawCommand, drawList, fitScene, place, type Size, visibleOnly } from './draw-list.ts'

const item = (change: Partial<SceneItem> = {}): SceneItem => ({
  id: 'i', sourceId: 's', x: 0, y: 0, width: 400, height: 400, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP,
  ...change,
})
const scene = (...items: SceneItem[]): Scene => ({ id: 'scene', name: '', background: '#000000', items })
const sized = (width: number, height: number) => (): Size => ({ width, height })
const only = (list: DrawCommand[]): DrawCommand => {
  expect(list).toHaveLength(1)
  return list[0] as DrawCommand
}

describe('drawList', () => {
  it('keeps the order of the items, the last in front', () => {
    const list = drawList(scene(item({ id: 'a' }), item({ id: 'b' }), item({ id: 'c' })), sized(10, 10), 0)
    expect(list.map((command) => command.itemId)).toEqual(['a', 'b', 'c'])
  })

  it('leaves out what is hidden, transparent, without a picture, or cropped to nothing', () => {
    const list = drawList(
      scene(
        item({ visible: false }), item({ opacity: 0 }), item({ sourceId: 'gone' }), item({ sourceId: 'empty' }),
        item({ crop: { left: 0.6, right: 0.4, top: 0, bottom: 0 } }), item({ crop: { left: 0, right: 0, top: 0.9, bottom: 0.9 } }),
        item({ id: 'seen' }),
      ),
      (id) => (id === 'gone' ? null : id === 'empty' ? { width: 0, height: 0 } : { width: 100, height: 100 }),
      0,
    )
    expect(only(list).itemId).toBe('seen')
  })

  it('stretches the whole source over the box', () => {
    expect(only(drawList(scene(item({ x: 5, y: 7, width: 301, height: 99 })), sized(1281, 721), 0))).toMatchObject({
      from: { x: 0, y: 0, width: 1281, height: 721 }, to: { x: 5, y: 7, width: 301, height: 99 },
    })
  })

  it('letter-boxes a wide source in a square box and pillar-boxes a tall one', () => {
    expect(place(item({ fit: 'fit' }), { width: 1600, height: 800 })?.to).toEqual({ x: 0, y: 100, width: 400, height: 200 })
    expect(place(item({ fit: 'fit' }), { width: 800, height: 1600 })?.to).toEqual({ x: 100, y: 0, width: 200, height: 400 })
  })

  it('fills the box by cutting equally from both ends', () => {
    expect(place(item({ fit: 'fill' }), { width: 1600, height: 800 })).toEqual({
      from: { x: 400, y: 0, width: 800, height: 800 }, to: { x: 0, y: 0, width: 400, height: 400 },
    })
    expect(place(item({ fit: 'fill' }), { width: 301, height: 601 })?.from).toEqual({ x: 0, y: 150, width: 301, height: 301 })
  })

  it('crops before it fits', () => {
    const crop = { left: 0.5, top: 0, right: 0, bottom: 0 }
    expect(place(item({ crop }), { width: 800, height: 400 })?.from).toEqual({ x: 400, y: 0, width: 400, height: 400 })
    // The right half of 800x400 is square, so it fits the square box exactly, both ways.
    expect(place(item({ crop, fit: 'fit' }), { width: 800, height: 400 })?.to).toEqual({ x: 0, y: 0, width: 400, height: 400 })
    expect(place(item({ crop, fit: 'fill' }), { width: 800, height: 400 })?.from).toEqual({ x: 400, y: 0, width: 400, height: 400 })
  })

  it('never leaves the source, whatever the sizes', () => {
    for (const [width, height] of [[1, 1], [3, 7], [1279, 719], [641, 481], [2, 4001]] as const) {
      for (const fit of ['fill', 'fit', 'stretch'] as const) {
        for (const crop of [NO_CROP, { left: 0.13, top: 0.07, right: 0.21, bottom: 0.33 }]) {
          const placed = place(item({ fit, crop, width: 333, height: 77 }), { width, height })
          if (!placed) continue
          const { from, to } = placed
          expect(from.x).toBeGreaterThanOrEqual(0)
          expect(from.y).toBeGreaterThanOrEqual(0)
          expect(from.x + from.width).toBeLessThanOrEqual(width + 1e-9)
          expect(from.y + from.height).toBeLessThanOrEqual(height + 1e-9)
          expect(to.width).toBeLessThanOrEqual(333 + 1e-9)
          expect(to.height).toBeLessThanOrEqual(77 + 1e-9)
          // Nothing but `stretch` changes the proportions.
          if (fit !== 'stretch') expect(to.width / from.width).toBeCloseTo(to.height / from.height, 6)
        }
      }
    }
  })

  it('passes rotation (whole turns taken off) and opacity on', () => {
    expect(only(drawList(scene(item({ rotationDeg: 360, opacity: 0.25 })), sized(2, 2), 0))).toMatchObject({ rotationDeg: 0, opacity: 0.25 })
    expect(only(drawList(scene(item({ rotationDeg: -30 })), sized(2, 2), 0)).rotationDeg).toBe(-30)
  })
})

describe('visibleOnly', () => {
  const canvas = { width: 100, height: 100 }
  const command = (id: string, change: Partial<DrawCommand> = {}): DrawCommand => ({
    itemId: id, sourceId: id, from: { x: 0, y: 0, width: 10, height: 10 }, to: { x: 0, y: 0, width: 100, height: 100 }, rotationDeg: 0, opacity: 1, ...change,
  })
  const ids = (list: DrawCommand[]) => list.map((each) => each.itemId)

  it('drops what an opaque item wholly covers', () => {
    expect(ids(visibleOnly([command('a'), command('b')], () => true, canvas))).toEqual(['b'])
  })

  it('keeps what is seen through opacity, transparency or beside a turned item', () => {
    expect(ids(visibleOnly([command('a'), command('b', { opacity: 0.5 })], () => true, canvas))).toEqual(['a', 'b'])
    expect(ids(visibleOnly([command('a'), command('b')], (id) => id !== 'b', canvas))).toEqual(['a', 'b'])
    expect(ids(visibleOnly([command('a'), command('b', { rotationDeg: 1 })], () => true, canvas))).toEqual(['a', 'b'])
    expect(ids(visibleOnly([command('a'), command('b', { to: { x: 1, y: 0, width: 100, height: 100 } })], () => true, canvas))).toEqual(['a', 'b'])
  })

  it('judges only the part on the canvas', () => {
    const big = command('a', { to: { x: -50, y: -50, width: 300, height: 300 } })
    expect(ids(visibleOnly([big, command('b')], () => true, canvas))).toEqual(['b'])
  })

  it('drops what is off the canvas, but not what turns into it', () => {
    const beside = command('a', { to: { x: 100, y: 0, width: 50, height: 400 } })
    expect(ids(visibleOnly([beside], () => true, canvas))).toEqual([])
    expect(ids(visibleOnly([{ ...beside, rotationDeg: 90 }], () => true, canvas))).toEqual(['a'])
  })
})

describe('fitScene', () => {
  it('is the very same scene on its own canvas', () => {
    const own = scene(item())
    expect(fitScene(own, { width: 1280, height: 720 }, { width: 1280, height: 720 })).toBe(own)
  })

  it('scales evenly and centres on another', () => {
    const moved = fitScene(scene(item({ x: 100, y: 100, width: 200, height: 100 })), { width: 1280, height: 720 }, { width: 640, height: 640 })
    expect(moved.items[0]).toMatchObject({ x: 50, y: 190, width: 100, height: 50 })
  })

  it('takes the regions of a layout along', () => {
    const region = { id: 'r', x: 100, y: 100, width: 200, height: 100, zOrder: 0, fit: 'fill' as const }
    const own: Scene = { ...scene(), layout: { template: 'custom', regions: [region] } }
    const { layout } = fitScene(own, { width: 1280, height: 720 }, { width: 640, height: 640 })
    expect(layout).toEqual({ template: 'custom', regions: [{ ...region, x: 50, y: 190, width: 100, height: 50 }] })
  })
})
