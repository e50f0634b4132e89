import { describe, expect, it } from 'vitest'
import { NO_CROP } from '@shared/domain/scene.ts'
import type { SceneItem } from '@shared/domain/scene.ts'
import { place } from '../engine/draw-list.ts'
import { rotate } from './box.ts'
import { cropByGrip, cropTo } from './crop.ts'
import type { SizeGrip } from './grips.ts'
import { snapLines } from './snap.ts'

const size = { width: 1920, height: 1080 }
const item = (part: Partial<SceneItem> = {}): SceneItem => ({
  id: 'i', sourceId: 's', x: 100, y: 100, width: 640, height: 360, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fit', crop: NO_CROP, ...part,
})
const grip = (x: -1 | 0 | 1, y: -1 | 0 | 1): SizeGrip => ({ kind: 'size', x, y })

/** Where a point of the source (fractions) is seen on the canvas. */
function seenAt(of: SceneItem, u: number, v: number): { x: number; y: number } {
  const placed = place(of, size)
  if (!placed) throw new Error('nothing to be seen')
  const { from, to } = placed
  const [across, down] = [(u * size.width - from.x) / from.width, (v * size.height - from.y) / from.height]
  const point = { x: to.x + to.width * (of.flipX ? 1 - across : across), y: to.y + to.height * (of.flipY ? 1 - down : down) }
  return rotate(point, { x: of.x + of.width / 2, y: of.y + of.height / 2 }, of.rotationDeg)
}

const CASES: [string, Partial<SceneItem>][] = [
  ['plain', {}], ['turned', { rotationDeg: 33 }], ['letter-boxed', { width: 500, height: 500 }], ['filled', { fit: 'fill', width: 300, height: 360 }],
  ['stretched', { fit: 'stretch', width: 200, height: 700 }], ['flipped', { flipX: true, flipY: true, rotationDeg: -20 }], ['cropped before', { crop: { left: 0.1, top: 0, right: 0.2, bottom: 0.3 }, fit: 'stretch' }],
]

describe('cropping by a grip', () => {
  it.each(CASES)('leaves the picture where it is seen: %s', (_name, part) => {
    const before = item(part)
    for (const [x, y] of [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1]] as const) {
      const by = rotate({ x: -x * 30, y: -y * 20 }, { x: 0, y: 0 }, before.rotationDeg)
      const { cropped } = cropByGrip(before, size, grip(x, y), by, null)
      const after = { ...before, ...cropped }
      expect(cropped.crop).not.toEqual(before.crop)
      for (const [u, v] of [[0.5, 0.5], [0.4, 0.55]] as const) {
        expect(seenAt(after, u, v).x).toBeCloseTo(seenAt(before, u, v).x, 1)
        expect(seenAt(after, u, v).y).toBeCloseTo(seenAt(before, u, v).y, 1)
      }
    }
  })

  it('cuts off the side that is dragged, by as much as it is dragged', () => {
    const { cropped } = cropByGrip(item(), size, grip(1, 0), { x: -64, y: 200 }, null)
    expect(cropped).toEqual({ x: 100, y: 100, width: 576, height: 360, crop: { left: 0, top: 0, right: 0.1, bottom: 0 } })
  })

  it('cuts the other side of the source where the picture is mirrored', () => {
    expect(cropByGrip(item({ flipX: true }), size, grip(1, 0), { x: -64, y: 0 }, null).cropped.crop).toEqual({ left: 0.1, top: 0, right: 0, bottom: 0 })
  })

  it('goes no further out than the source, and no further in than what can be grabbed', () => {
    const before = item({ crop: { left: 0, top: 0, right: 0.1, bottom: 0 }, width: 576 })
    expect(cropByGrip(before, size, grip(1, 0), { x: 500, y: 0 }, null).cropped).toEqual({ x: 100, y: 100, width: 640, height: 360, crop: NO_CROP })
    expect(cropByGrip(item(), size, grip(-1, 0), { x: 5000, y: 0 }, null).cropped).toMatchObject({ x: 732, width: 8 })
  })

  it('snaps its edge to lines', () => {
    const snapping = { lines: snapLines({ width: 1280, height: 720 }, []), reach: 8 }
    const { cropped, guides } = cropByGrip(item(), size, grip(1, 0), { x: -96, y: 0 }, snapping)
    expect(cropped.x + cropped.width).toBe(640)
    expect(guides).toEqual([{ axis: 'x', at: 640 }])
  })

  it('comes back to the item it began with', () => {
    const { cropped } = cropByGrip(item(), size, grip(-1, -1), { x: 64, y: 36 }, null)
    const { cropped: back } = cropByGrip({ ...item(), ...cropped }, size, grip(-1, -1), { x: -64, y: -36 }, null)
    expect(back).toEqual({ x: 100, y: 100, width: 640, height: 360, crop: NO_CROP })
  })
})

describe('cropping by figures', () => {
  it.each(CASES)('leaves the picture where it is seen: %s', (_name, part) => {
    const before = item(part)
    const after = { ...before, ...cropTo(before, size, { left: 0.2, top: 0.1, right: 0.25, bottom: 0.3 }) }
    expect(seenAt(after, 0.5, 0.5).x).toBeCloseTo(seenAt(before, 0.5, 0.5).x)
    expect(seenAt(after, 0.4, 0.55).y).toBeCloseTo(seenAt(before, 0.4, 0.55).y)
  })
})
