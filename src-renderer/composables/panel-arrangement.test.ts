import { describe, expect, it } from 'vitest'
import { moved, movedTo, readArrangement, shownIn, USUAL_ARRANGEMENT, withShown } from './panel-arrangement.ts'

describe('the arrangement of panels', () => {
  it('is made whole, whatever was kept', () => {
    for (const kept of [undefined, null, 7, [], 'x', { bottom: 'mixer' }]) expect(readArrangement(kept)).toEqual(USUAL_ARRANGEMENT)
    expect(readArrangement({ bottom: ['mixer', 'nonsense', 'sources', 'mixer'], side: ['mixer', 'properties'], hidden: ['sources', 3] })).toEqual({
      bottom: ['mixer', 'sources', 'scenes'], side: ['properties', 'destinations'], hidden: ['sources'],
    })
  })

  it('hides and shows in place', () => {
    const hidden = withShown(USUAL_ARRANGEMENT, 'sources', false)
    expect(shownIn(hidden, 'bottom')).toEqual(['scenes', 'mixer', 'properties'])
    expect(withShown(hidden, 'sources', true)).toEqual(USUAL_ARRANGEMENT)
  })

  it('moves past what is seen, and stops at the ends', () => {
    const hidden = withShown(USUAL_ARRANGEMENT, 'sources', false)
    expect(shownIn(moved(hidden, 'scenes', 1), 'bottom')).toEqual(['mixer', 'scenes', 'properties'])
    expect(moved(USUAL_ARRANGEMENT, 'scenes', -1)).toBe(USUAL_ARRANGEMENT)
    expect(moved(USUAL_ARRANGEMENT, 'properties', 1)).toBe(USUAL_ARRANGEMENT)
  })

  it('goes to the other area and is shown there; every panel stays in exactly one', () => {
    const next = movedTo(withShown(USUAL_ARRANGEMENT, 'properties', false), 'properties', 'side')
    expect(next).toEqual({ bottom: ['scenes', 'sources', 'mixer'], side: ['destinations', 'properties'], hidden: [] })
    expect(movedTo(next, 'properties', 'side')).toBe(next)
  })
})
