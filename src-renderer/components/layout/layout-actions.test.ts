import { describe, expect, it } from 'vitest'
import { currentScene, type Show } from '@shared/domain/show.ts'
import en from '../../i18n/en/messages.ts'
import { emptyShow, sourceOfEachKind } from '../../show-editing/sample-show.ts'
import { LAYOUT_ACTIONS, type LayoutTarget, mainOf } from './layout-actions.ts'

function target(show: Show) {
  const of = { show, scene: currentScene(show), edit: (change: Parameters<LayoutTarget['edit']>[0]) => { of.show = change(of.show); of.scene = currentScene(of.show) } }
  return of
}

const action = (id: string) => {
  const found = LAYOUT_ACTIONS.find((each) => each.id === id)
  if (!found) throw new Error(`no action ${id}`)
  return found
}

describe('actions', () => {
  it('have ids of their own and a title in the messages', () => {
    expect(new Set(LAYOUT_ACTIONS.map((each) => each.id)).size).toBe(LAYOUT_ACTIONS.length)
    for (const each of LAYOUT_ACTIONS) {
      const title = each.titleKey.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], en)
      expect(title, each.titleKey).toBeTypeOf('string')
    }
  })

  it('choose a preset, or none', () => {
    const of = target(sourceOfEachKind('show'))
    action('layout:floating').run(of)
    expect(of.scene.layout).toEqual({ template: 'floating' })
    action('layout:lesson').run(of)
    expect(of.scene.layout).toMatchObject({ template: 'custom', regions: [{ sourceId: 'source-screen' }, { sourceId: 'source-camera' }, {}, {}, {}] })
    action('layout:none').run(of)
    expect(of.scene.layout).toBeUndefined()
  })

  it('say who is missing, and then do nothing', () => {
    const of = target(emptyShow('empty'))
    expect(action('layout:screen-only').missing(of)).toEqual(['screen'])
    action('layout:screen-only').run(of)
    expect(of.scene.layout).toBeUndefined()
  })

  it('go from one main participant to the next and around', () => {
    const of = target(sourceOfEachKind('show'))
    action('layout:grid').run(of)
    const seen = Array.from({ length: 4 }, () => { action('layout:next-main').run(of); return mainOf(of.scene.layout) })
    expect(seen).toEqual(['source-test-pattern', 'source-camera', 'source-screen', 'source-test-pattern'])
  })
})
