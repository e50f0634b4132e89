import { describe, expect, it } from 'vitest'
import type { Rect } from '../draw-list.ts'
import { pickCompositor } from './choose-compositor.ts'
import { canComposePlanes, toEven } from './compositor-planes.ts'

describe('choosing a compositor', () => {
  it('takes the quickest, and the quickest that draws everything beside it', () => {
    expect(pickCompositor({ planes: 1.2, '2d': 14.9, webgl: 30 })).toEqual({
      best: 'planes', general: '2d', reason: 'planes 1.2 ms, 2d 14.9 ms, webgl 30.0 ms',
    })
    expect(pickCompositor({ planes: 5, '2d': 14, webgl: 2 })).toMatchObject({ best: 'webgl', general: 'webgl' })
  })

  it('does without what does not work, and says why', () => {
    expect(pickCompositor({ planes: 'cannot be read', '2d': 14, webgl: 'no WebGL2' })).toEqual({
      best: '2d', general: '2d', reason: '2d 14.0 ms, planes cannot be read, webgl no WebGL2',
    })
  })

  it('falls back to the 2D canvas when nothing could be measured', () => {
    expect(pickCompositor({ planes: 'x', '2d': 'y', webgl: 'z' })).toMatchObject({ best: '2d', general: '2d' })
  })
})

describe('composing in planes', () => {
  it('puts boxes on even pixels, never to nothing', () => {
    const even = (x: number, y: number, width: number, height: number): Rect => toEven({ x, y, width, height })
    expect(even(3, 5, 7, 9)).toEqual({ x: 4, y: 6, width: 6, height: 8 })
    expect(even(-3.2, 0.4, 1, 1)).toEqual({ x: -4, y: 0, width: 2, height: 2 })
    expect(even(0, 0, 1280, 720)).toEqual({ x: 0, y: 0, width: 1280, height: 720 })
  })

  it('leaves rotation to the others', () => {
    const command = { itemId: 'a', sourceId: 'a', from: toEven({ x: 0, y: 0, width: 2, height: 2 }), to: toEven({ x: 0, y: 0, width: 2, height: 2 }), opacity: 1 }
    expect(canComposePlanes([{ ...command, rotationDeg: 0 }])).toBe(true)
    expect(canComposePlanes([{ ...command, rotationDeg: 0 }, { ...command, rotationDeg: 15 }])).toBe(false)
  })
})
