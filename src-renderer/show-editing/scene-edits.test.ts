import { describe, expect, it } from 'vitest'
import { show as showSchema } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import { newItem, newSource } from './new-sources.ts'
import { emptyShow } from './sample-show.ts'
import {
  addScene, duplicateScene, keepOnAir, MAX_SCENES, moveSceneTo, neighbour, removeScene, renameScene, setBackground, setSceneTransition, setShowTransition, shownIn, switchScene,
} from './scene-edits.ts'
import { addSource } from './show-edits.ts'

/** `scene-1` shows a camera and, nested, `b`; `b` shows the same camera and a text of its own; `c` is empty. */
function threeScenes(): Show {
  const put = (show: Show, kind: 'camera' | 'text' | 'scene', id: string, sceneId: string, inner = ''): Show => {
    const source = show.sources.find((each) => each.id === id) ?? newSource({ kind, name: id, sceneId: inner }, id)
    const item = newItem(source, show.encoding, `${id} in ${sceneId}`)
    if (!show.sources.includes(source)) return addSource(source, item)(show, sceneId)
    return { ...show, scenes: show.scenes.map((each) => (each.id === sceneId && item ? { ...each, items: [...each.items, item] } : each)) }
  }
  let show = addScene('c', 'C')(addScene('b', 'B')(emptyShow('show', 'Show')))
  show = put(show, 'camera', 'camera', 'scene-1')
  show = put(show, 'scene', 'inner', 'scene-1', 'b')
  show = put(show, 'camera', 'camera', 'b')
  return put(show, 'text', 'title', 'b')
}
const ids = (show: Show) => show.scenes.map((each) => each.id)
const check = (show: Show): Show => showSchema.parse(show)

describe('scenes', () => {
  it('come in behind the one that is worked on, as many as a show may hold', () => {
    const show = threeScenes()
    expect(ids(addScene('d', 'D', 'scene-1')(show))).toEqual(['scene-1', 'd', 'b', 'c'])
    expect(ids(addScene('d', 'D')(show))).toEqual(['scene-1', 'b', 'c', 'd'])
    expect(addScene('b', 'B')(show)).toBe(show)
    let full = show
    for (let index = 0; index < MAX_SCENES + 5; index++) full = addScene(`s${index}`, 'S')(full)
    expect(check(full).scenes).toHaveLength(MAX_SCENES)
  })

  it('go with their places in other scenes and with the sources that nobody else shows', () => {
    const next = check(removeScene('b')(threeScenes()))
    expect(ids(next)).toEqual(['scene-1', 'c'])
    expect(next.sources.map((each) => each.id)).toEqual(['camera'])
    expect(next.scenes[0]?.items.map((each) => each.sourceId)).toEqual(['camera'])
  })

  it('leave the air to their neighbour when they go, and the last one stays', () => {
    const show = threeScenes()
    expect(removeScene('scene-1')(show).currentSceneId).toBe('b')
    expect(removeScene('c')({ ...show, currentSceneId: 'c' }).currentSceneId).toBe('b')
    expect(removeScene('b')(show).currentSceneId).toBe('scene-1')
    const last = removeScene('c')(removeScene('b')(show))
    expect(removeScene('scene-1')(last)).toBe(last)
    expect(removeScene('gone')(show)).toBe(show)
  })

  it('are copied with places of their own for the same sources, groups kept', () => {
    const show = threeScenes()
    show.scenes[1] = { ...show.scenes[1]!, groups: [{ id: 'g', name: 'G', collapsed: true }], items: show.scenes[1]!.items.map((each) => ({ ...each, groupId: 'g' })), transition: { kind: 'cut', durationMs: 300 } }
    let number = 0
    const next = duplicateScene('b', 'B 2', 'copy', () => `new ${++number}`)(show)
    check(next)
    const [original, copy] = [next.scenes[1], next.scenes[2]]
    expect(copy).toMatchObject({ id: 'copy', name: 'B 2', transition: { kind: 'cut' }, groups: original?.groups })
    expect(copy?.items.map((each) => [each.id, each.sourceId, each.groupId])).toEqual([['new 1', 'camera', 'g'], ['new 2', 'title', 'g']])
    expect(next.sources).toBe(show.sources)
    expect(original).toBe(show.scenes[1])
  })

  it('are renamed, coloured and moved; what changes nothing gives the very same show', () => {
    const show = threeScenes()
    expect(renameScene('b', 'Bee')(show).scenes[1]?.name).toBe('Bee')
    expect(renameScene('b', 'B')(show)).toBe(show)
    expect(setBackground('c', '#123456')(show).scenes[2]?.background).toBe('#123456')
    expect(setBackground('c', '#000000')(show)).toBe(show)
    expect(ids(moveSceneTo('c', 0)(show))).toEqual(['c', 'scene-1', 'b'])
    expect(ids(moveSceneTo('scene-1', 99)(show))).toEqual(['b', 'c', 'scene-1'])
    expect(moveSceneTo('scene-1', -4)(show)).toBe(show)
  })

  it('have a transition of their own or that of the show', () => {
    const wipe = { kind: 'wipe', durationMs: 500, direction: 'up' } as const
    const own = setSceneTransition('b', wipe)(threeScenes())
    expect(own.scenes[1]?.transition).toEqual(wipe)
    expect(setSceneTransition('b', undefined)(own).scenes[1]).not.toHaveProperty('transition')
    expect(check(setShowTransition(wipe)(own)).transition).toEqual(wipe)
  })

  it('know in which others they are shown', () => {
    const show = threeScenes()
    expect(shownIn(show, 'b').map((each) => each.id)).toEqual(['scene-1'])
    expect(shownIn(show, 'c')).toEqual([])
  })

  it('stay on air whatever is taken back', () => {
    const before = threeScenes()
    const now = switchScene('b')(renameScene('c', 'Sea')(before))
    expect(now.currentSceneId).toBe('b')
    expect(keepOnAir(before, now)).toMatchObject({ currentSceneId: 'b', scenes: before.scenes })
    expect(keepOnAir(removeScene('b')(before), now).currentSceneId).toBe('scene-1')
    expect(switchScene('gone')(before)).toBe(before)
  })

  it('have neighbours up to the ends', () => {
    const show = threeScenes()
    expect(neighbour(show, 'scene-1', 1)?.id).toBe('b')
    expect(neighbour(show, 'scene-1', -1)).toBeUndefined()
    expect(neighbour(show, 'c', 1)).toBeUndefined()
  })
})
