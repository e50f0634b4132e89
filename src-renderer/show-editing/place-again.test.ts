import { describe, expect, it } from 'vitest'
import { show as schema } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import { newItem, newSource } from './new-sources.ts'
import { placeable, placeAgain } from './place-again.ts'
import { emptyShow } from './sample-show.ts'
import { addSource, removeItem } from './show-edits.ts'

/** Scenes a and b; a shows a camera and scene b; a microphone is heard. */
function twoScenes(): Show {
  let show: Show = { ...emptyShow('two'), scenes: ['a', 'b'].map((id) => ({ id, name: id, background: '#000000', items: [] })), currentSceneId: 'a' }
  for (const choice of [{ kind: 'camera', name: 'Camera' }, { kind: 'scene', name: 'b', sceneId: 'b' }, { kind: 'microphone', name: 'Voice' }] as const) {
    const source = newSource(choice, choice.kind)
    show = addSource(source, newItem(source, show.encoding, `in a: ${choice.kind}`))(show, 'a')
  }
  return show
}
const ids = (show: Show, sceneId: string): string[] => placeable(show, sceneId).map((each) => each.id)

describe('a source in several scenes', () => {
  it('is offered where it is not yet, has a picture and makes no circle', () => {
    const show = twoScenes()
    expect(ids(show, 'a')).toEqual([])
    expect(ids(show, 'b')).toEqual(['camera'])
  })

  it('is one source with a place in each, and stays for as long as it has one', () => {
    const before = twoScenes()
    const both = placeAgain('camera', 'in b')(before, 'b')
    expect(schema.safeParse(both).success).toBe(true)
    expect(both.sources).toBe(before.sources)
    expect(both.scenes[1]?.items).toMatchObject([{ id: 'in b', sourceId: 'camera', width: both.encoding.width }])
    expect(ids(both, 'b')).toEqual([])
    expect(removeItem('in a: camera')(both, 'a').sources).toHaveLength(3)
  })

  it('is not placed where it may not be', () => {
    const show = twoScenes()
    for (const id of ['scene', 'microphone', 'nobody']) expect(placeAgain(id, 'new')(show, 'b')).toBe(show)
  })
})
