import { describe, expect, it } from 'vitest'
import { multiviewGrid } from '../../engine/stage/multiview-grid.ts'
import { cellAt, fitted } from './projector.ts'
import { reached, sceneKey } from './scene-keys.ts'
import { ofKind } from './transitions.ts'

describe('a picture in a window', () => {
  it('keeps its shape and lies in the middle', () => {
    expect(fitted(1000, 1000, 16 / 9)).toEqual({ left: 0, top: 218, width: 1000, height: 563 })
    expect(fitted(1920, 600, 9 / 16)).toEqual({ left: 791, top: 0, width: 338, height: 600 })
    expect(fitted(333, 77, null)).toEqual({ left: 0, top: 0, width: 333, height: 77 })
    expect(fitted(0, 0, 16 / 9)).toEqual({ left: 0, top: 0, width: 0, height: 0 })
  })

  it.each([4, 9, 16, 25])('knows which of %i cells was clicked, as they are drawn', (cells) => {
    const canvas = { width: 1003, height: 611 }
    for (const [index, { box }] of multiviewGrid(cells, canvas, { width: 16, height: 9 }).entries()) {
      expect(cellAt((box.x + box.width / 2) / canvas.width, (box.y + box.height / 2) / canvas.height, cells)).toBe(index)
    }
    expect(cellAt(1, 1, cells)).toBe(cells - 1)
    expect(cellAt(-0.1, 0, cells)).toBe(0)
  })
})

describe('keys on a scene', () => {
  const key = (name: string, more: Partial<KeyboardEvent> = {}) => sceneKey({ key: name, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, ...more })

  it('mean what the menu says', () => {
    expect([key('F2'), key('Delete'), key('d', { ctrlKey: true }), key('ArrowUp', { altKey: true }), key('ArrowDown', { altKey: true }), key('Enter', { shiftKey: true })]).toEqual(['rename', 'remove', 'duplicate', 'earlier', 'later', 'take'])
    expect([key('Enter'), key(' '), key('z', { ctrlKey: true }), key('x')]).toEqual([null, null, null, null])
  })

  it('go along rows and columns, and stay where nothing is further on', () => {
    expect([reached('next', 0, 7, 3), reached('next', 6, 7, 3), reached('below', 1, 7, 3), reached('below', 5, 7, 3), reached('above', 1, 7, 3), reached('first', 5, 7, 3), reached('last', 1, 7, 3)]).toEqual([1, 6, 4, 5, 1, 0, 6])
  })
})

it('gives a transition what its kind needs and keeps what another kind needed', () => {
  const wipe = ofKind('wipe', { kind: 'cut', durationMs: 700 })
  expect(wipe).toEqual({ kind: 'wipe', durationMs: 700, direction: 'left' })
  expect(ofKind('stinger', { ...wipe, assetId: 'v' })).toMatchObject({ kind: 'stinger', direction: 'left', assetId: 'v', cutAtMs: 500 })
  expect(ofKind('fade-to-colour', wipe)).toMatchObject({ colour: '#000000' })
})
