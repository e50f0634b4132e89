import { describe, expect, it } from 'vitest'
import en from '../../i18n/en/messages.ts'
import { SCENE_ACTIONS } from './scene-actions.ts'
import type { SceneTarget } from './scene-actions.ts'

function target(onAirId: string, previewId: string | null): SceneTarget & { done: unknown[] } {
  const done: unknown[] = []
  const note = (name: string) => (...what: unknown[]) => void done.push([name, ...what])
  return { sceneIds: ['a', 'b', 'c'], onAirId, previewId, done, choose: note('choose'), transition: note('transition'), setStudioMode: note('studio'), project: note('project') }
}
const done = (id: string, onAirId: string, previewId: string | null): unknown[] => {
  const [action, on] = [SCENE_ACTIONS.find((each) => each.id === id), target(onAirId, previewId)]
  if (!action) throw new Error(`no action ${id}`)
  action.run(on)
  expect(action.possible(on), 'what is possible is what does something').toBe(on.done.length > 0)
  return on.done
}

describe('actions of scenes', () => {
  it('have different ids and texts', () => {
    expect(new Set(SCENE_ACTIONS.map((each) => each.id)).size).toBe(SCENE_ACTIONS.length)
    const texts: Readonly<Record<string, string>> = en.scenes.actions
    for (const { titleKey } of SCENE_ACTIONS) expect(texts[titleKey.replace('scenes.actions.', '')], titleKey).toBeTruthy()
  })

  it('go from the prepared scene, or else the one on air, and stop at the ends', () => {
    expect(done('scene:next', 'a', null)).toEqual([['choose', 'b']])
    expect(done('scene:next', 'a', 'b')).toEqual([['choose', 'c']])
    expect(done('scene:next', 'a', 'c')).toEqual([])
    expect(done('scene:previous', 'a', null)).toEqual([])
  })

  it('take on air what is prepared, when there is something', () => {
    expect(done('scene:transition', 'a', 'b')).toEqual([['transition']])
    expect(done('scene:cut', 'a', 'b')).toMatchObject([['transition', { kind: 'cut' }]])
    expect(done('scene:transition', 'a', 'a')).toEqual([])
    expect(done('scene:transition', 'a', null)).toEqual([])
    expect(done('scene:studio-mode', 'a', null)).toEqual([['studio', true]])
    expect(done('scene:studio-mode', 'a', 'b')).toEqual([['studio', false]])
  })
})
