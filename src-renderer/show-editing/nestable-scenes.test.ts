import { describe, expect, it } from 'vitest'
import { show as schema } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import { newItem, newSource } from './new-sources.ts'
import { nestableFor, nestableScenes, scenesWith } from './nestable-scenes.ts'
import { emptyShow } from './sample-show.ts'

/** Scenes a, b, c, d, where a shows b and b shows c. */
function nested(): Show {
  const show = emptyShow('nested')
  show.scenes = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id, background: '#000000', items: [] }))
  show.currentSceneId = 'a'
  for (const [outer, inner] of [['a', 'b'], ['b', 'c']] as const) {
    const source = newSource({ kind: 'scene', name: inner, sceneId: inner }, `shows-${inner}`)
    const item = newItem(source, show.encoding, `${outer}-${inner}`)
    show.sources.push(source)
    if (item) show.scenes.find((each) => each.id === outer)?.items.push(item)
  }
  return show
}
const ids = (scenes: { id: string }[]): string => scenes.map((each) => each.id).join('')

describe('scenes inside scenes', () => {
  it('offers only scenes that make no circle', () => {
    expect(['a', 'b', 'c', 'd'].map((id) => ids(nestableScenes(nested(), id)))).toEqual(['bcd', 'cd', 'd', 'abc'])
  })

  it('offers a nested scene what it may show instead, in every scene that has it; each choice is a valid show', () => {
    const show = nested()
    expect(ids(nestableFor(show, 'shows-c'))).toBe('cd')
    expect(ids(nestableFor(show, 'shows-b'))).toBe('bcd')
    for (const { id } of nestableFor(show, 'shows-b')) {
      const sources = show.sources.map((each) => (each.id === 'shows-b' && each.kind === 'scene' ? { ...each, sceneId: id } : each))
      expect(schema.safeParse({ ...show, sources }).success).toBe(true)
    }
    expect(scenesWith(show, 'shows-b')).toBe(1)
  })
})
