import { describe, expect, it } from 'vitest'
import { show as showSchema, currentScene } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { sourceOfEachKind } from './sample-show.ts'
import { freeName, newItem, newSource } from './new-sources.ts'
import {
  addSource, changeEncoding, changeItem, changeSource, changeStrip, removeItem, removeSource,
} from './show-edits.ts'

function sample(): Show {
  return sourceOfEachKind('show')
}

describe('edits of a show', () => {
  it('leave a show that can be saved, and the one before untouched', () => {
    const before = sample()
    const frozen = structuredClone(before)
    const source = newSource({ kind: 'camera', name: 'Camera', deviceId: 'c1' }, 'new')
    const edits = [
      addSource(source, newItem(source, before.encoding, 'item-new')),
      changeItem('item-image', { x: 99_999, width: -4, opacity: 7 }),
      changeStrip('source-microphone', { volumeDb: -6 }),
      removeSource('source-camera'),
      changeEncoding({ ...DEFAULT_ENCODING, width: 720, height: 1280 }),
    ]
    let after = before
    for (const edit of edits) {
      after = edit(after)
      expect(showSchema.safeParse(after).error).toBeUndefined()
    }
    expect(before).toEqual(frozen)
  })

  it('does not move a locked item, but hides and unlocks it', () => {
    const locked = changeItem('item-image', { locked: true })(sample())
    expect(changeItem('item-image', { x: 1 })(locked)).toBe(locked)
    const hidden = changeItem('item-image', { visible: false, locked: false })(locked)
    expect(currentScene(hidden).items.find((each) => each.id === 'item-image')).toMatchObject({ visible: false, locked: false })
  })

  it('removes the source with its last place, and its strip', () => {
    const before = changeStrip('source-test-pattern', { muted: true })(sample())
    const after = removeItem('item-test-pattern')(before)
    expect(after.sources.some((each) => each.id === 'source-test-pattern')).toBe(false)
    expect(after.strips).not.toHaveProperty('source-test-pattern')
  })

  it('mixes a removed source no more', () => {
    const before: Show = { ...sample(), mixedSourceIds: ['source-microphone', 'source-test-pattern'] }
    expect(removeSource('source-microphone')(before).mixedSourceIds).toEqual(['source-test-pattern'])
  })

  it('changes nothing when the thing is gone', () => {
    const before = sample()
    const gone = newSource({ kind: 'camera', name: 'x' }, 'gone')
    for (const edit of [changeItem('gone', { x: 1 }), removeItem('gone'), removeSource('gone'), changeSource(gone)]) {
      expect(edit(before)).toBe(before)
    }
  })

  it('lays the scene out anew on another canvas', () => {
    const after = changeEncoding({ ...DEFAULT_ENCODING, width: 1920, height: 1080 })(sample())
    expect(currentScene(after).items.find((each) => each.id === 'item-camera')).toMatchObject({ x: 0, y: 0, width: 1920, height: 1080 })
  })

  it('takes custom layouts over to another canvas', () => {
    const region = { id: 'r', x: 640, y: 0, width: 640, height: 360, zOrder: 0, fit: 'fill' as const }
    const before: Show = { ...sample(), scenes: sample().scenes.map((each) => ({ ...each, layout: { template: 'custom', regions: [region] } })) }
    const after = changeEncoding({ ...DEFAULT_ENCODING, width: 1920, height: 1080 })(before)
    expect(currentScene(after).layout).toMatchObject({ regions: [{ x: 960, y: 0, width: 960, height: 540 }] })
  })

  it('finds a free name', () => {
    expect(freeName('Camera', ['Screen'])).toBe('Camera')
    expect(freeName('Camera', ['Camera', 'Camera 2'])).toBe('Camera 3')
  })
})
