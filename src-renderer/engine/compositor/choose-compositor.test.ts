import { describe, expect, it } from 'vitest'
import type { Rect } from '../draw-list.ts'
import { pickCompositor } from './choose-compositor.ts'
import { toEven } from './compositor-planes.ts'
import { rasterBox } from './item-raster.ts'

describe('choosing a compositor', () => {
  it('takes the quickest', () => {
    expect(pickCompositor({ planes: 1.2, '2d': 14.9, webgl: 30 })).toEqual({ best: 'planes', reason: 'planes 1.2 ms, 2d 14.9 ms, webgl 30.0 ms' })
    expect(pickCompositor({ planes: 5, '2d': 14, webgl: 2 })).toMatchObject({ best: 'webgl' })
  })

  it('stays with planes unless another is clearly quicker', () => {
    expect(pickCompositor({ planes: 2.4, '2d': 1.6, webgl: 30 })).toMatchObject({ best: 'planes' })
    expect(pickCompositor({ planes: 2.4, '2d': 1.4, webgl: 30 })).toMatchObject({ best: '2d' })
  })

  it('does without what does not work, and says why', () => {
    expect(pickCompositor({ planes: 'cannot be read', '2d': 14, webgl: 'no WebGL2' })).toEqual({
      best: '2d', reason: '2d 14.0 ms, planes cannot be read, webgl no WebGL2',
    })
  })

  it('falls back to the 2D canvas when nothing could be measured', () => {
    expect(pickCompositor({ planes: 'x', '2d': 'y', webgl: 'z' })).toMatchObject({ best: '2d' })
  })
})

describe('composing in planes', () => {
  it('puts boxes on even pixels, never to nothing', () => {
    const even = (x: number, y: number, width: number, height: number): Rect => toEven({ x, y, width, height })
    expect(even(3, 5, 7, 9)).toEqual({ x: 4, y: 6, width: 6, height: 8 })
    expect(even(-3.2, 0.4, 1, 1)).toEqual({ x: -4, y: 0, width: 2, height: 2 })
    expect(even(0, 0, 1280, 720)).toEqual({ x: 0, y: 0, width: 1280, height: 720 })
  })

  it('draws what it cannot scale in the smallest even box on the canvas', () => {
    const box = (to: Rect, rotationDeg: number) => rasterBox({ itemId: 'a', sourceId: 'a', from: to, to, rotationDeg, opacity: 1 }, { width: 1280, height: 720 })
    expect(box({ x: 100, y: 100, width: 200, height: 100 }, 90)).toEqual({ x: 150, y: 50, width: 100, height: 200 })
    expect(box({ x: 100, y: 100, width: 200, height: 100 }, 180)).toEqual({ x: 100, y: 100, width: 200, height: 100 })
    // A square of 100 on its corner reaches 70.7 from its centre each way.
    expect(box({ x: 100, y: 100, width: 100, height: 100 }, 45)).toEqual({ x: 78, y: 78, width: 144, height: 144 })
    expect(box({ x: -40, y: 700, width: 100, height: 100 }, 0)).toEqual({ x: 0, y: 700, width: 60, height: 20 })
    expect(box({ x: 1300, y: 0, width: 10, height: 10 }, 30)).toBeNull()
  })
})
