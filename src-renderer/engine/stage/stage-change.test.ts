import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { NO_CROP, type Scene } from '@shared/domain/scene.ts'
import type { Show } from '@shared/domain/show.ts'
import { Stage } from './stage.ts'
import { StageChanges } from './stage-change.ts'

const scene = (id: string): Scene => ({
  id, name: id, background: '#000000',
  items: [{ id: 'i', sourceId: 's', x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP }],
})
const show = (count: number): Show => ({
  version: 1, id: 'show', name: '', encoding: DEFAULT_ENCODING, sources: [{ id: 's', name: '', kind: 'test-pattern' }],
  scenes: Array.from({ length: count }, (_, index) => scene(`scene-${index}`)), currentSceneId: 'scene-0', strips: {},
})

describe('what of a show is posted', () => {
  it('everything at first, then one scene for a drag, and nothing for nothing', () => {
    const changes = new StageChanges()
    const of = show(200)
    const first = changes.since(of, null)
    expect(first?.scenes).toHaveLength(200)
    expect(Object.keys(first ?? {}).toSorted()).toEqual(['designed', 'look', 'onAirId', 'order', 'previewId', 'scenes', 'second', 'sources'])
    expect(changes.since(of, null)).toBeNull()
    // Stores change objects in place.
    const [item] = of.scenes[7]?.items ?? []
    if (item) item.x = 5
    expect(changes.since(of, null)).toEqual({ scenes: [of.scenes[7]] })
  })

  it('only the name of a scene for a switch, and copies of everything', () => {
    const changes = new StageChanges()
    const of = show(3)
    expect(changes.since(of, null)?.scenes?.[0]).not.toBe(of.scenes[0])
    of.currentSceneId = 'scene-2'
    expect(changes.since(of, null)).toEqual({ onAirId: 'scene-2' })
    expect(changes.since(of, 'scene-1')).toEqual({ previewId: 'scene-1' })
    of.scenes.splice(1, 1)
    expect(changes.since(of, null)).toEqual({ order: ['scene-0', 'scene-2'], previewId: null })
  })
})

describe('the stage', () => {
  it('changes only the revision of the scene that has changed, and that of all with what all depend on', () => {
    const changes = new StageChanges()
    const stage = new Stage()
    const of = show(2)
    const follow = () => stage.apply(changes.since(of, null) ?? {})
    follow()
    const before = ['scene-0', 'scene-1', 'none'].map((id) => stage.revisionOf(id))
    expect(before[2]).toBe(0)
    if (of.scenes[1]) of.scenes[1].background = '#ffffff'
    follow()
    expect(stage.revisionOf('scene-0')).toBe(before[0])
    expect(stage.revisionOf('scene-1')).toBeGreaterThan(before[1] ?? 0)
    of.watermarks = [{ id: 'w', assetId: 'logo', top: 0, left: 0, width: 10, height: 10 }]
    const after = stage.revisionOf('scene-0')
    follow()
    expect(stage.revisionOf('scene-0')).toBeGreaterThan(after)
    expect(stage.resolve('scene-0', DEFAULT_ENCODING, true)?.items.map((item) => item.sourceId)).toEqual(['s', 'asset:logo'])
    expect(stage.resolve('scene-0', DEFAULT_ENCODING, false)?.items).toHaveLength(1)
    of.scenes.pop()
    follow()
    expect(stage.scene('scene-1')).toBeNull()
  })

  it('knows all videos of stingers, and how a scene is come to', () => {
    const stage = new Stage()
    const of = show(2)
    of.transition = { kind: 'stinger', durationMs: 300, assetId: 'a' }
    const [, second] = of.scenes
    if (second) second.transition = { kind: 'stinger', durationMs: 300, assetId: 'b' }
    stage.apply(new StageChanges().since(of, null) ?? {})
    expect([...stage.stingerAssets()].toSorted()).toEqual(['a', 'b'])
    expect([stage.transitionTo('scene-0').assetId, stage.transitionTo('scene-1').assetId]).toEqual(['a', 'b'])
  })
})
