import { describe, expect, it } from 'vitest'
import { NO_CROP, type Scene } from '@shared/domain/scene.ts'
import type { Source } from '@shared/domain/source.ts'
import { resolveScene } from './draw-scene.ts'

const camera: Source = { id: 's', name: '', kind: 'test-pattern' }
const region = { id: 'r', x: 320, y: 180, width: 640, height: 360, zOrder: 0, fit: 'fill' as const }
const scene: Scene = {
  id: 'scene', name: '', background: '#000000', layout: { template: 'custom', regions: [region] },
  items: [{ id: 'i', sourceId: 's', x: 0, y: 0, width: 10, height: 10, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP }],
}

describe('a scene on its canvas', () => {
  it.each([
    ['its own', { width: 1280, height: 720 }, { x: 320, y: 180, width: 640, height: 360 }],
    ['half of it', { width: 640, height: 360 }, { x: 160, y: 90, width: 320, height: 180 }],
  ])('keeps the regions of a custom layout where they were made: %s', (_, canvas, place) => {
    expect(resolveScene(scene, [camera], { width: 1280, height: 720 }, canvas).items.find(({ id }) => id === 'i')).toMatchObject(place)
  })
})
