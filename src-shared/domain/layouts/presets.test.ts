import { describe, expect, it } from 'vitest'
import { layout as layoutSchema } from '../layout.ts'
import { NO_CROP, type Scene, type SceneItem } from '../scene.ts'
import type { Source, SourceKind } from '../source.ts'
import { laidOut } from './laid-out.ts'
import { layoutOn } from './on-canvas.ts'
import { LAYOUT_PRESET_IDS, type LayoutPresetId, presetLayout, presetOf } from './presets.ts'
import type { Size } from './rectangle.ts'

const HD = { width: 1920, height: 1080 }
const source = (kind: SourceKind, id: string = kind): Source => ({ id, name: id, kind }) as Source
const item = ({ id }: Source): SceneItem => ({
  id: `item-${id}`, sourceId: id, x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP,
})
const sceneWith = (sources: readonly Source[]): Scene => ({ id: 's', name: '', background: '#000000', items: sources.map(item) })
const [camera, screen, second, guest] = [source('camera'), source('screen'), source('camera', 'second'), source('camera', 'guest')]

/** Who is where after choosing a preset, and after the later ones have joined. */
function shown(id: LayoutPresetId, sources: readonly Source[], canvas: Size = HD, later: readonly Source[] = []): Record<string, number[]> {
  const all = [...sources, ...later]
  const scene = { ...sceneWith(all), layout: presetLayout(id, sceneWith(sources), sources, canvas).layout }
  return Object.fromEntries(laidOut(scene, all, canvas).items.filter((each) => each.visible && !each.sourceId.includes(':')).map((each) => [each.sourceId, [each.x, each.y, each.width, each.height]]))
}

describe('presets', () => {
  it.each(LAYOUT_PRESET_IDS)('%s: can be saved, lies on every canvas, and is known again', (id) => {
    for (const canvas of [HD, { width: 1279, height: 717 }, { width: 720, height: 1280 }, { width: 161, height: 163 }]) {
      const sources = [camera, screen, second]
      const { layout, missing } = presetLayout(id, sceneWith(sources), sources, canvas)
      expect(missing).toEqual([])
      expect(layoutSchema.safeParse(layout).error).toBeUndefined()
      expect(presetOf({ ...sceneWith(sources), layout }, sources, canvas)).toBe(id)
      if (layout.template !== 'custom') continue
      for (const each of layout.regions) expect(each.x >= 0 && each.y >= 0 && each.x + each.width <= canvas.width && each.y + each.height <= canvas.height).toBe(true)
    }
  })

  it('lesson: as written down', () => {
    expect(shown('lesson', [camera, screen], HD, [second, guest])).toEqual({
      screen: [0, 180, 1280, 720], camera: [1620, 0, 300, 200], second: [1620, 220, 300, 200], guest: [1620, 440, 300, 200],
    })
    const { layout } = presetLayout('lesson', sceneWith([camera, screen]), [camera, screen], HD)
    expect(layout).toMatchObject({ regions: [{ fit: 'fit', background: '#000000', sourceId: 'screen' }, { fit: 'fill', sourceId: 'camera' }, { y: 220, fit: 'fill' }, { y: 440 }, { y: 660, height: 200 }] })
  })

  it('lesson: the same shares of a smaller canvas', () => {
    expect(shown('lesson', [camera, screen], { width: 1280, height: 720 })).toEqual({ screen: [0, 120, 853, 480], camera: [1080, 0, 200, 133] })
  })

  it('panel: one of 640 x 480 centred near the top, three below, over the picture chosen before', () => {
    const canvas = { width: 1280, height: 720 }
    const places = shown('panel', [camera], canvas, [screen, second, guest])
    expect(places).toEqual({ camera: [320, 32, 640, 480], screen: [224, 544, 256, 144], second: [512, 544, 256, 144], guest: [800, 544, 256, 144] })
    const before: Scene = { ...sceneWith([camera]), layout: { template: 'custom', regions: [], backgroundAssetId: 'wall' } }
    expect(presetLayout('panel', before, [camera], canvas).layout).toMatchObject({ backgroundAssetId: 'wall' })
  })

  it('for teachers: screen and camera are found whoever joined first', () => {
    for (const sources of [[camera, screen], [screen, camera]]) {
      expect(shown('slides-and-camera', sources)).toEqual({ screen: [0, 0, 1920, 1080], camera: [1446, 813, 451, 254] })
      expect(shown('side-by-side', sources)).toEqual({ screen: [0, 270, 960, 540], camera: [960, 270, 960, 540] })
      expect(shown('camera-only', sources)).toEqual({ camera: [0, 0, 1920, 1080] })
      expect(shown('screen-only', sources)).toEqual({ screen: [0, 0, 1920, 1080] })
      expect(shown('screen-share', sources)).toEqual({ screen: [0, 0, 1536, 1080], camera: [1536, 0, 384, 270] })
    }
    expect(shown('two-cameras', [screen, camera, second])).toEqual({ camera: [0, 0, 960, 1080], second: [960, 0, 960, 1080] })
    expect(shown('two-cameras', [camera, second], { width: 1080, height: 1920 })).toEqual({ camera: [0, 0, 1080, 960], second: [0, 960, 1080, 960] })
  })

  it('let a screen that comes later flow into its place', () => {
    expect(shown('slides-and-camera', [camera], HD, [screen]).screen).toEqual([0, 0, 1920, 1080])
    expect(shown('grid', [camera], HD, [screen, second])).toMatchObject({ camera: [0, 0, 960, 540], second: [0, 540, 960, 540] })
  })

  it('say who has to be there first', () => {
    expect(presetLayout('two-cameras', sceneWith([camera]), [camera], HD).missing).toEqual(['secondCamera'])
    expect(presetLayout('screen-only', sceneWith([camera]), [camera], HD).missing).toEqual(['screen'])
  })

  it('keep the main one from template to template', () => {
    const scene: Scene = { ...sceneWith([camera, screen]), layout: { template: 'grid', mainSourceId: 'camera' } }
    expect(presetLayout('screen-share', scene, [camera, screen], HD).layout).toEqual({ template: 'screen-share', mainSourceId: 'camera' })
  })

  it('go over to another canvas as the ones made for it', () => {
    const sources = [camera, screen]
    const { layout } = presetLayout('lesson', sceneWith(sources), sources, HD)
    const small = { width: 1279, height: 717 }
    expect(layoutOn(layout, HD, small)).toEqual(presetLayout('lesson', sceneWith(sources), sources, small).layout)
  })
})
