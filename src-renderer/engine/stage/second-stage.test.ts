import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { NO_CROP, type Scene, type SceneItem } from '@shared/domain/scene.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Source } from '@shared/domain/source.ts'
import { OnSecondCanvas } from './second-stage.ts'
import { Stage } from './stage.ts'
import { StageChanges } from './stage-change.ts'

const PORTRAIT = { ...DEFAULT_ENCODING, width: 360, height: 640 }
const item = (sourceId: string, patch: Partial<SceneItem> = {}): SceneItem => ({
  id: `item-${sourceId}`, sourceId, x: 0, y: 0, width: 640, height: 360, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP, ...patch,
})
const scene = (id: string, ...items: SceneItem[]): Scene => ({ id, name: id, background: '#000000', items, layout: { template: 'floating' } })

function setUp() {
  const show: Show = {
    version: 1, id: 'show', name: '', encoding: { ...DEFAULT_ENCODING, width: 640, height: 360 },
    sources: ['a', 'b', 'text'].map((id): Source => (id === 'text' ? ({ id, name: id, kind: 'text' } as Source) : { id, name: id, kind: 'test-pattern' })),
    scenes: [scene('one', item('a'), item('b'), item('text', { x: 320, y: 0, width: 160, height: 90 })), scene('two', item('b'))], currentSceneId: 'one', strips: {},
    watermarks: [{ id: 'w', assetId: 'logo', top: 0, left: 540, width: 100, height: 50 }],
    second: { enabled: true, encoding: PORTRAIT, layout: { template: 'custom', regions: [{ id: 'r', x: 0, y: 0, width: 360, height: 320, zOrder: 0, fit: 'fill' }, { id: 's', x: 0, y: 320, width: 360, height: 320, zOrder: 1, fit: 'fill' }] } },
  }
  const stage = new Stage()
  const changes = new StageChanges()
  const follow = (patch: Partial<Show> = {}) => stage.apply(changes.since(Object.assign(show, patch), null) ?? {})
  follow()
  return { show, stage, second: new OnSecondCanvas(stage), follow }
}

const boxes = (of: Scene | null) => of?.items.filter((each) => each.visible).map(({ sourceId, x, y, width, height }) => [sourceId, x, y, width, height])

describe('the show on its second canvas', () => {
  it('has that canvas\' layout in place of the scene\'s own, in its own pixels, and what is placed by hand scaled into it', () => {
    const { second, stage } = setUp()
    expect(boxes(second.resolve('one', PORTRAIT, true))).toEqual([['a', 0, 0, 360, 320], ['b', 0, 320, 360, 320], ['text', 180, 218.75, 90, 50.625], ['asset:logo', 304, 0, 56, 28]])
    expect(boxes(stage.resolve('one', { width: 640, height: 360 }, false))?.[0]).toEqual(['a', 0, 0, 640, 360])
    expect(boxes(second.resolve('one', { width: 180, height: 320 }, false))?.slice(0, 2)).toEqual([['a', 0, 0, 180, 160], ['b', 0, 160, 180, 160]])
    expect(boxes(second.onAir({ width: 90, height: 160 }))?.slice(0, 2)).toEqual([['a', 0, 0, 90, 80], ['b', 0, 80, 90, 80]])
  })

  it('changes with its layout, with the scene on air and with the scene\'s own items, and not with other scenes', () => {
    const { second, stage, show, follow } = setUp()
    const mix = stage.revisionOf('two')
    const seen = [second.onAirRevision()]
    const look = () => void seen.push(second.onAirRevision())
    look()
    expect(seen[1]).toBe(seen[0])
    follow({ scenes: show.scenes.map((each) => (each.id === 'two' ? { ...each, background: '#ffffff' } : each)) })
    look()
    expect(seen[2]).toBe(seen[0])
    const before = second.scene('one')
    expect(second.scene('one')).toBe(before)
    follow({ second: { enabled: true, encoding: PORTRAIT, layout: { template: 'grid' } } })
    look()
    expect(second.scene('one')).not.toBe(before)
    expect(second.scene('one')?.layout).toEqual({ template: 'grid' })
    follow({ currentSceneId: 'two' })
    look()
    expect(boxes(second.onAir(PORTRAIT))?.[0]).toEqual(['b', 0, 0, 360, 640])
    follow({ currentSceneId: 'one' })
    look()
    expect(new Set(seen.slice(2)).size).toBe(4)
    expect(stage.revisionOf('two')).toBeGreaterThan(mix)
  })

  it('is not there while it is switched off', () => {
    const { second, show, follow } = setUp()
    follow({ second: { ...show.second!, enabled: false } })
    expect([second.onAirRevision(), second.scene('one'), second.onAir(PORTRAIT), second.resolve('one', PORTRAIT, true)]).toEqual([0, null, null, null])
  })
})
