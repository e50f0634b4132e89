import { describe, expect, it } from 'vitest'
import type { Layout, Region } from '@shared/domain/layout.ts'
import { asCustom } from '@shared/domain/layouts/as-custom.ts'
import { laidOut } from '@shared/domain/layouts/laid-out.ts'
import { currentScene, type Show, show as showSchema } from '@shared/domain/show.ts'
import { layoutsOnCanvas } from '@shared/domain/layouts/on-canvas.ts'
import { editByHand, setLayout, setLayoutAnimationMs, setMain, setPlacedBy, takeOut } from './layout-edits.ts'
import { addRegion, changeRegion, moveRegionTo, removeRegion, setLayoutBackground } from './region-edits.ts'
import { sourceOfEachKind } from './sample-show.ts'
import { addWatermark, changeWatermark, newWatermark, removeWatermark } from './watermark-edits.ts'

const region = (id: string, patch: Partial<Region> = {}): Region => ({ id, x: 0, y: 0, width: 100, height: 100, zOrder: 0, fit: 'fill', ...patch })
const custom = (regions: Region[]): Layout => ({ template: 'custom', regions })
const layoutOf = (show: Show) => currentScene(show).layout
const regionsOf = (show: Show) => { const layout = layoutOf(show); return layout?.template === 'custom' ? layout.regions : [] }
const sample = (): Show => sourceOfEachKind('show')
const seen = (show: Show) =>
  laidOut(currentScene(show), show.sources, show.encoding).items.filter((each) => each.visible).map(({ x, y, width, height, fit }) => ({ x, y, width, height, fit }))
const counter = () => { let next = 0; return () => `new-${next++}` }

describe('edits of a layout', () => {
  it('leave a show that can be saved, and the one before untouched; what changes nothing gives the same show', () => {
    const before = sample()
    const frozen = structuredClone(before)
    let after = before
    for (const edit of [
      setLayout({ template: 'grid' }), setMain('source-screen'), setPlacedBy('item-image', 'layout'), takeOut('item-camera'), setLayout(custom([region('a'), region('b', { sourceId: 'source-camera' })])),
      addRegion(region('c', { x: 99_999, width: 0 })), changeRegion('a', { sourceId: 'source-camera', background: '#123456' }), moveRegionTo('c', 0), setLayoutBackground('wall'),
      addWatermark(newWatermark('w', 'logo', { width: 300, height: 100 }, before.encoding)), changeWatermark('w', { opacity: 7 }), setLayoutAnimationMs(99_999), editByHand(counter(), { colour: 'Colour', image: 'Picture' }),
    ]) {
      const next = edit(after)
      expect(next).not.toBe(after)
      expect(showSchema.safeParse(next).error).toBeUndefined()
      // Saying the same thing once more would be a step to undo that nobody sees.
      if (edit !== undefined && layoutOf(next)?.template !== 'custom') expect(setLayout(layoutOf(next))(next)).toBe(next)
      after = next
    }
    expect(before).toEqual(frozen)
    expect(after.layoutAnimationMs).toBe(1000)
  })

  it('go to the scene that is being edited', () => {
    const two: Show = { ...sample(), scenes: [...sample().scenes, { id: 'other', name: '', background: '#000000', items: [] }] }
    const after = setLayout({ template: 'floating' })(two, 'other')
    expect(after.scenes.map((each) => each.layout?.template)).toEqual([undefined, 'floating'])
    expect(setLayout(undefined)(after, 'other').scenes[1]).not.toHaveProperty('layout')
  })

  it('name and unname the main one; in a custom layout it changes places with whoever was in the largest region', () => {
    const grid = setLayout({ template: 'grid' })(sample())
    expect(layoutOf(setMain('source-camera')(grid))).toEqual({ template: 'grid', mainSourceId: 'source-camera' })
    expect(layoutOf(setMain(undefined)(setMain('source-camera')(grid)))).toEqual({ template: 'grid' })
    const regions = [region('small', { sourceId: 'source-camera' }), region('large', { width: 900, sourceId: 'source-screen' }), region('free')]
    const swapped = setMain('source-camera')(setLayout(custom(regions))(sample()))
    expect(regionsOf(swapped).map((each) => each.sourceId)).toEqual(['source-screen', 'source-camera', undefined])
  })

  it('fix nobody in two regions', () => {
    const show = setLayout(custom([region('a', { sourceId: 'source-camera' }), region('b')]))(sample())
    expect(regionsOf(changeRegion('b', { sourceId: 'source-camera' })(show)).map((each) => each.sourceId)).toEqual([undefined, 'source-camera'])
  })

  it('add regions in front, move and remove them', () => {
    const show = addRegion(region('c'))(setLayout(custom([region('a', { zOrder: 7 }), region('b')]))(sample()))
    expect(regionsOf(show).at(-1)).toMatchObject({ id: 'c', zOrder: 8 })
    expect(regionsOf(moveRegionTo('c', -5)(show)).map((each) => each.id)).toEqual(['c', 'a', 'b'])
    expect(regionsOf(removeRegion('a')(show)).map((each) => each.id)).toEqual(['b', 'c'])
    expect(regionsOf(changeRegion('a', { background: '#000000' })(show))[0]).toHaveProperty('background')
    expect(regionsOf(changeRegion('a', { background: undefined })(changeRegion('a', { background: '#000000' })(show)))[0]).not.toHaveProperty('background')
  })

  it('turn any layout into regions that look the same', () => {
    for (const template of ['grid', 'floating', 'screen-share'] as const) {
      const show = setLayout({ template, mainSourceId: 'source-screen' })(sample())
      const after = setLayout(asCustom(currentScene(show), show.sources, show.encoding))(show)
      expect(layoutOf(after)?.template).toBe('custom')
      expect(seen(after)).toEqual(seen(show))
    }
  })

  it('leave a layout with everything where it was seen, backgrounds and all', () => {
    const layout: Layout = { template: 'custom', backgroundAssetId: 'wall', regions: [region('a', { x: 10, background: '#112233', zOrder: 4, fit: 'fit' }), region('b', { x: 500, sourceId: 'source-screen', placeholderAssetId: 'face' })] }
    const before = setLayout(layout)(sample())
    const after = editByHand(counter(), { colour: 'Colour', image: 'Picture' })(before)
    expect(layoutOf(after)).toBeUndefined()
    const placeholders = (show: Show) => laidOut(currentScene(show), show.sources, show.encoding).items.filter((each) => each.insteadOf !== undefined).length
    expect(placeholders(before)).toBe(1)
    expect(seen(after)).toEqual(seen({ ...before, scenes: before.scenes.map((each) => ({ ...each, layout: { ...layout, regions: layout.regions.map(({ placeholderAssetId: _none, ...rest }) => rest) } })) }))
    expect(after.sources.slice(before.sources.length)).toMatchObject([{ kind: 'image', assetId: 'wall' }, { kind: 'colour', colour: '#112233' }])
  })

  it('go over to another canvas with regions and watermarks', () => {
    const before = addWatermark({ id: 'w', assetId: 'logo', top: 20, left: 1160, width: 100, height: 50 })(setLayout(custom([region('a', { x: 640, width: 640, height: 720 })]))(sample()))
    const after = layoutsOnCanvas(before, { width: 1280, height: 720 }, { width: 1920, height: 1080 })
    expect(regionsOf(after)[0]).toMatchObject({ x: 960, y: 0, width: 960, height: 1080 })
    expect(after.watermarks).toMatchObject([{ top: 30, left: 1740, width: 150, height: 75 }])
    expect(layoutsOnCanvas(sample(), { width: 1280, height: 720 }, { width: 1920, height: 1080 })).toEqual(sample())
  })

  it('take one item out where it stands, and the others close ranks', () => {
    const before = setLayout({ template: 'grid' })(sample())
    const box = laidOut(currentScene(before), before.sources, before.encoding).items.find((each) => each.id === 'item-camera')
    const after = takeOut('item-camera')(before)
    expect(currentScene(after).items.find((each) => each.id === 'item-camera')).toMatchObject({ x: box?.x, y: box?.y, width: box?.width, height: box?.height, placedBy: 'hand' })
    expect(laidOut(currentScene(after), after.sources, after.encoding).items.find((each) => each.id === 'item-screen')).toMatchObject({ width: 640, height: 720 })
    expect(takeOut('item-camera')(after)).toBe(after)
  })
})

describe('edits of watermarks', () => {
  it('take 25 and no more', () => {
    let show = sample()
    for (let index = 0; index < 25; index++) show = addWatermark({ id: `w${index}`, assetId: 'logo', top: 0, left: 0, width: 10, height: 10 })(show)
    expect(show.watermarks).toHaveLength(25)
    expect(addWatermark({ id: 'more', assetId: 'logo', top: 0, left: 0, width: 10, height: 10 })(show)).toBe(show)
    expect(removeWatermark('gone')(show)).toBe(show)
    for (let index = 0; index < 25; index++) show = removeWatermark(`w${index}`)(show)
    expect(show).not.toHaveProperty('watermarks')
  })

  it('begin inside the canvas in their own shape', () => {
    for (const canvas of [{ width: 1280, height: 720 }, { width: 360, height: 640 }]) {
      const mark = newWatermark('w', 'logo', { width: 400, height: 100 }, canvas)
      expect(mark.left >= 0 && mark.left + mark.width <= canvas.width && mark.top + mark.height <= canvas.height).toBe(true)
      expect(Math.abs(mark.width / mark.height - 4)).toBeLessThan(0.2)
    }
  })
})
