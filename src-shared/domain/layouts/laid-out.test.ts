import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '../encoding.ts'
import type { Layout, Region } from '../layout.ts'
import { NO_CROP, type Scene, type SceneItem } from '../scene.ts'
import type { Source, SourceKind } from '../source.ts'
import { laidOut } from './laid-out.ts'
import { leftOut } from './left-out.ts'
import { watermarks } from './watermark-items.ts'

const CANVAS = { width: 1920, height: 1080 }
const source = (kind: SourceKind, id: string): Source => ({ id, name: id, kind }) as Source
const item = (sourceId: string, patch: Partial<SceneItem> = {}): SceneItem => ({
  id: `item-${sourceId}`, sourceId, x: 5, y: 6, width: 70, height: 80, rotationDeg: 9, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP, ...patch,
})
const scene = (layout: Layout | undefined, items: SceneItem[]): Scene => ({ id: 's', name: '', background: '#000000', items, ...(layout && { layout }) })
const region = (id: string, patch: Partial<Region> = {}): Region => ({ id, x: 0, y: 0, width: 100, height: 100, zOrder: 0, fit: 'fill', ...patch })
const ids = (of: Scene) => of.items.filter((each) => each.visible).map((each) => each.id)

const [a, b, c] = [source('camera', 'a'), source('camera', 'b'), source('screen', 'c')]
const text = source('text', 'text')
const image = source('image', 'image')

describe('a scene laid out', () => {
  it('is the very same scene without a layout', () => {
    const plain = scene(undefined, [item('a')])
    expect(laidOut(plain, [a], CANVAS)).toBe(plain)
  })

  it('places those who take part upright, fills faces and fits screens, and leaves the rest of them alone', () => {
    const before = scene({ template: 'grid' }, [item('a', { opacity: 0.5, flipX: true }), item('c')])
    const frozen = structuredClone(before)
    const [first, second] = laidOut(before, [a, c], CANVAS).items
    expect(first).toEqual({ ...item('a'), opacity: 0.5, flipX: true, x: 0, y: 0, width: 960, height: 1080, rotationDeg: 0, fit: 'fill' })
    expect(second).toEqual({ ...item('c'), x: 960, y: 0, width: 960, height: 1080, rotationDeg: 0, fit: 'fit' })
    expect(before).toEqual(frozen)
  })

  it('puts the main participant first in any order, and goes on without one that is not there', () => {
    const items = [item('a'), item('b'), item('c')]
    const sources = [a, b, c]
    for (const template of ['grid', 'floating'] as const) {
      expect(ids(laidOut(scene({ template, mainSourceId: 'b' }, items), sources, CANVAS))).toEqual(['item-b', 'item-a', 'item-c'])
      expect(ids(laidOut(scene({ template, mainSourceId: 'gone' }, items), sources, CANVAS))).toEqual(['item-a', 'item-b', 'item-c'])
      expect(ids(laidOut(scene({ template }, items.toReversed()), sources, CANVAS))).toEqual(['item-c', 'item-b', 'item-a'])
    }
    const shared = laidOut(scene({ template: 'screen-share', mainSourceId: 'c' }, items), sources, CANVAS)
    expect(shared.items.map(({ id, x, width }) => [id, x, width])).toEqual([['item-c', 0, 1536], ['item-a', 1536, 384], ['item-b', 1536, 384]])
    const nobody = laidOut(scene({ template: 'screen-share' }, items), sources, CANVAS)
    expect(nobody.items.map(({ x, y }) => [x, y])).toEqual([[1536, 0], [1536, 270], [1536, 540]])
  })

  it('keeps what is placed by hand: behind when it was behind everybody, else in front', () => {
    const before = scene({ template: 'floating' }, [item('image'), item('a'), item('text'), item('b', { placedBy: 'hand' }), item('c')])
    const after = laidOut(before, [a, b, c, text, image], CANVAS)
    expect(ids(after)).toEqual(['item-image', 'item-a', 'item-c', 'item-text', 'item-b'])
    expect(after.items[3]).toBe(before.items[2])
    expect(after.items[4]).toBe(before.items[3])
  })

  it('takes in what it names or what says so, whatever its kind', () => {
    const before = scene({ template: 'screen-share', mainSourceId: 'image' }, [item('image'), item('text', { placedBy: 'layout' })])
    expect(laidOut(before, [image, text], CANVAS).items.map(({ id, width }) => [id, width])).toEqual([['item-image', 1536], ['item-text', 384]])
  })

  it('gives a hidden one no place', () => {
    const after = laidOut(scene({ template: 'grid' }, [item('a', { visible: false }), item('b')]), [a, b], CANVAS)
    expect(after.items.find((each) => each.sourceId === 'b')).toMatchObject({ x: 0, width: 1920 })
    expect(ids(after)).toEqual(['item-b'])
  })

  it.each([['grid', 25], ['floating', 25], ['screen-share', 24]] as const)('hides whoever is more than %s takes, and says who', (template, most) => {
    const many = Array.from({ length: 30 }, (_, index) => source('camera', `p${index}`))
    const crowded = scene({ template, mainSourceId: 'p29' }, many.map((each) => item(each.id)))
    const after = laidOut(crowded, many, CANVAS)
    expect(after.items).toHaveLength(30)
    expect(ids(after)).toHaveLength(most)
    expect(ids(after)[0]).toBe('item-p29')
    const out = leftOut(crowded, many, CANVAS)
    expect(out.map((each) => [each.item.id, each.why])).toEqual(many.slice(most - 1, 29).map((each) => [`item-${each.id}`, 'no-room']))
  })
})

describe('a custom layout', () => {
  it('gives fixed regions to those they name, and the others in turn to whoever else comes', () => {
    const layout: Layout = { template: 'custom', regions: [region('free1', { x: 1 }), region('forC', { sourceId: 'c', x: 2, fit: 'fit' }), region('free2', { x: 3 }), region('gone', { sourceId: 'gone', x: 4 })] }
    const d = source('camera', 'd')
    const crowded = scene(layout, [item('c'), item('b'), item('a'), item('d')])
    const after = laidOut(crowded, [a, b, c, d], CANVAS)
    expect(Object.fromEntries(after.items.filter((each) => each.visible).map((each) => [each.sourceId, each.x]))).toEqual({ b: 1, c: 2, a: 3 })
    expect(after.items.find((each) => each.sourceId === 'c')?.fit).toBe('fit')
    expect(leftOut(crowded, [a, b, c, d], CANVAS)).toMatchObject([{ item: { id: 'item-d' }, why: 'no-region' }])
  })

  it('stacks by zOrder, each region with its background and its placeholder, over the background image', () => {
    const layout: Layout = {
      template: 'custom', backgroundAssetId: 'wall',
      regions: [region('front', { zOrder: 5, background: '#112233', placeholderAssetId: 'face' }), region('back', { zOrder: 1, placeholderAssetId: 'nobody', sourceId: 'gone' })],
    }
    const after = laidOut(scene(layout, [item('image'), item('a'), item('text')]), [a, image, text], CANVAS)
    expect(after.items.map(({ id, sourceId, insteadOf }) => [id, sourceId, insteadOf])).toEqual([
      ['layout:background', 'asset:wall', undefined],
      ['item-image', 'image', undefined],
      ['layout:back:placeholder', 'asset:nobody', undefined],
      ['layout:front:background', 'colour:#112233', undefined],
      ['layout:front:placeholder', 'asset:face', 'a'],
      ['item-a', 'a', undefined],
      ['item-text', 'text', undefined],
    ])
    expect(after.items[0]).toMatchObject({ x: 0, y: 0, ...CANVAS, fit: 'fill' })
  })

  it('rounds edges, so that regions which meet still meet', () => {
    const layout: Layout = { template: 'custom', regions: [region('l', { x: 0.5, width: 100.7 }), region('r', { x: 101.2, width: 50.4 })] }
    const [left, right] = laidOut(scene(layout, [item('a'), item('b')]), [a, b], CANVAS).items
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBe(right?.x)
  })
})

describe('watermarks', () => {
  const show = { encoding: { ...DEFAULT_ENCODING, width: 1280, height: 720 }, watermarks: [{ id: 'w', assetId: 'logo', top: 10, left: 1170, width: 100, height: 50, opacity: 0.5 }, { id: 'empty', assetId: '', top: 0, left: 0, width: 1, height: 1 }] }

  it('lie exactly where they are put', () => {
    expect(watermarks(show)).toMatchObject([{ id: 'watermark:w', sourceId: 'asset:logo', x: 1170, y: 10, width: 100, height: 50, opacity: 0.5 }])
  })

  it('keep to their corner on another canvas', () => {
    const [mark] = watermarks(show, { width: 360, height: 640 })
    const scale = 360 / 1280
    expect(mark).toMatchObject({ width: Math.round(100 * scale), height: Math.round(50 * scale) })
    expect((mark?.x ?? 0) + (mark?.width ?? 0)).toBeGreaterThan(355)
    expect(mark?.y).toBeLessThan(12)
  })
})
