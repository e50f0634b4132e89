import { describe, expect, it } from 'vitest'
import { NO_CROP } from '@shared/domain/scene.ts'
import type { SceneItem } from '@shared/domain/scene.ts'
import { pictureScale, toPicture } from './drawing-point.ts'

const ITEM: SceneItem = {
  id: 'i', sourceId: 's', x: 100, y: 50, width: 640, height: 360, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP,
}
const SIZE = { width: 1280, height: 720 }
const near = (point: { x: number; y: number } | null) => point && [Math.round(point.x * 100) / 100 + 0, Math.round(point.y * 100) / 100 + 0]

describe('a point of the canvas on a picture', () => {
  it.each([
    ['moved and scaled', {}, { x: 100, y: 50 }, [0, 0]],
    ['at its other end', {}, { x: 740, y: 410 }, [1280, 720]],
    ['beside it', {}, { x: 90, y: 50 }, [-20, 0]],
    ['mirrored', { flipX: true }, { x: 260, y: 140 }, [960, 180]],
    ['upside down', { flipY: true }, { x: 260, y: 140 }, [320, 540]],
    // A quarter turn clockwise about (420, 230): what was at the top left is at the top right.
    ['turned', { rotationDeg: 90 }, { x: 600, y: -90 }, [0, 0]],
    ['cropped', { crop: { left: 0.25, top: 0, right: 0.25, bottom: 0 }, width: 320 }, { x: 100, y: 50 }, [320, 0]],
    ['with bars at its sides', { width: 840 }, { x: 200, y: 50 }, [0, 0]],
    ['cut to fill its box', { fit: 'fill', width: 320 }, { x: 260, y: 230 }, [640, 360]],
    ['stretched', { fit: 'stretch', width: 1280 }, { x: 740, y: 230 }, [640, 360]],
  ] as const)('%s', (_how, patch, point, expected) => {
    expect(near(toPicture(point, { ...ITEM, ...patch }, SIZE))).toEqual(expected)
  })

  it('turned by any angle, comes back where the compositor draws it', () => {
    const item = { ...ITEM, rotationDeg: 33, flipX: true }
    const angle = (33 * Math.PI) / 180
    // (960, 180) of the picture, mirrored: a quarter from the left and from the top of its box.
    const [dx, dy] = [-160, -90]
    const seen = { x: 420 + dx * Math.cos(angle) - dy * Math.sin(angle), y: 230 + dx * Math.sin(angle) + dy * Math.cos(angle) }
    expect(near(toPicture(seen, item, SIZE))).toEqual([960, 180])
  })

  it('says how much wider a line must be drawn than it should look', () => {
    expect(pictureScale(ITEM, SIZE)).toBe(2)
    expect(toPicture({ x: 0, y: 0 }, { ...ITEM, crop: { left: 0.6, top: 0, right: 0.6, bottom: 0 } }, SIZE)).toBeNull()
  })
})
