import { describe, expect, it } from 'vitest'
import { drawList } from '../draw-list.ts'
import { NO_CROP, type SceneItem } from '@shared/domain/scene.ts'
import { blueAt, lumaAt, quarters } from '../pictures/plane-picture-sample.ts'
import { CompositorPlanes } from './compositor-planes.ts'
import { PlaneKernels } from './plane-kernels.ts'
import { allocatePlanes, type Planes } from './planes.ts'
import { planScale, scalePlanes } from './scale-planes.ts'

const CANVAS = { width: 64, height: 64 }

async function drawn(change: Partial<SceneItem>, size = { width: 32, height: 16 }): Promise<Planes> {
  const item: SceneItem = {
    id: 'i', sourceId: 's', x: 16, y: 24, width: 32, height: 16, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP, ...change,
  }
  const pictures = new Map([['s', quarters(size.width, size.height)]])
  const list = drawList({ id: 'scene', name: '', background: '#000000', items: [item] }, (id) => pictures.get(id) ?? null, 0)
  const compositor = new CompositorPlanes(CANVAS)
  await compositor.draw(list, '#000000', pictures)
  return compositor.canvas
}

/** Luma of the four quarters of the box, by rows. */
const lumas = (planes: Planes, left: number, top: number, right: number, bottom: number): number[] =>
  [[left, top], [right, top], [left, bottom], [right, bottom]].map(([x = 0, y = 0]) => lumaAt(planes, x, y))

describe('mirrored items in planes', () => {
  it.each([
    [{}, [50, 100, 150, 200]],
    [{ flipX: true }, [100, 50, 200, 150]],
    [{ flipY: true }, [150, 200, 50, 100]],
    [{ flipX: true, flipY: true }, [200, 150, 100, 50]],
  ])('%o at the same size, shrunk and magnified', async (flips, expected) => {
    for (const size of [{ width: 32, height: 16 }, { width: 128, height: 64 }, { width: 16, height: 8 }]) {
      const planes = await drawn(flips, size)
      expect(lumas(planes, 18, 26, 45, 37)).toEqual(expected)
      expect(blueAt(planes, 18, 26)).toBe((expected[0] ?? 0) + 10)
    }
  })

  it('mirrors before it turns: a quarter clockwise', async () => {
    const straight = await drawn({ rotationDeg: 90 })
    expect(lumas(straight, 26, 18, 37, 45)).toEqual([150, 50, 200, 100])
    const flipped = await drawn({ rotationDeg: 90, flipX: true })
    expect(lumas(flipped, 26, 18, 37, 45)).toEqual([200, 100, 150, 50])
    const both = await drawn({ rotationDeg: 90, flipX: true, flipY: true }, { width: 128, height: 64 })
    expect(lumas(both, 26, 18, 37, 45)).toEqual([100, 200, 50, 150])
  })

  it('shows the right part where the box hangs over the canvas', async () => {
    // Only the right half of the box is on the canvas: mirrored, that is the left half of the picture.
    const planes = await drawn({ x: -16, flipX: true })
    expect([lumaAt(planes, 2, 26), lumaAt(planes, 13, 26), lumaAt(planes, 2, 37)]).toEqual([50, 50, 150])
  })

  it('is drawn anew when only the mirroring changes', async () => {
    const picture = quarters(32, 16)
    const compositor = new CompositorPlanes({ width: 32, height: 16 })
    const from = { x: 0, y: 0, width: 32, height: 16 }
    const command = { itemId: 'i', sourceId: 's', from, to: from, rotationDeg: 0, opacity: 1 }
    await compositor.draw([command], '#000000', new Map([['s', picture]]))
    await compositor.draw([{ ...command, flipX: true }], '#000000', new Map([['s', picture]]))
    expect(lumaAt(compositor.canvas, 4, 4)).toBe(100)
  })
})

describe('mirrored scaling', () => {
  it.each([[[640, 480], [322, 180]], [[97, 55], [640, 362]], [[1280, 720], [320, 180]]] as const)('%o to %o: the vector kernels do as the plain loops', (from, to) => {
    const source = allocatePlanes(from[0], from[1])
    source.data.forEach((_, index) => (source.data[index] = (index * 7 + (index >> 5)) & 255))
    const plan = planScale(source, { x: 0, y: 0, width: from[0], height: from[1] }, to[0], to[1], true, true)
    const [plain, quick] = [allocatePlanes(to[0], to[1]), allocatePlanes(to[0], to[1])]
    scalePlanes(source, plain, plan)
    PlaneKernels.create()?.scale(source, quick, plan)
    const worst = plain.data.reduce((most, value, index) => Math.max(most, Math.abs(value - (quick.data[index] ?? 999))), 0)
    expect(worst).toBeLessThanOrEqual(3)
    const straight = allocatePlanes(to[0], to[1])
    scalePlanes(source, straight, planScale(source, { x: 0, y: 0, width: from[0], height: from[1] }, to[0], to[1]))
    expect(Math.abs((plain.y[0] ?? 0) - (straight.y.at(-1) ?? 0))).toBeLessThanOrEqual(1)
  })
})
