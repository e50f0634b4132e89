import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { sourceOfEachKind } from '../show-editing/sample-show.ts'
import { addScene, switchScene } from '../show-editing/scene-edits.ts'
import { changeItem, renameShow } from '../show-editing/show-edits.ts'
import { useShowStore } from '../stores/show-store.ts'
import { useUndoneStore } from '../stores/undone-store.ts'
import { useHistory } from './history.ts'

let clock: FakePageClock

beforeEach(async () => {
  clock = new FakePageClock()
  const app = createApp({ render: () => null })
  give(app, { bridge: new FakeBridge({ show: sourceOfEachKind('show-1') }), engine: new FakeEngine(), clock })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
  await useShowStore().load()
  const shows = useShowStore()
  shows.edit(addScene('b', 'B'))
  shows.edit(changeItem('item-camera', { x: 77 }))
  shows.edit(renameShow('later'))
})

describe('undo after a change of scenes', () => {
  it('says what it changed in which scene, for a while, and leaves on air what is on air', () => {
    const [shows, undone, history] = [useShowStore(), useUndoneStore(), useHistory()]
    shows.pass(switchScene('b'))
    history.undo()
    expect(undone.last).toBeNull()
    history.undo()
    expect(undone.last).toEqual({ way: 'undo', what: 'move', sceneId: 'scene-1' })
    expect([shows.scene?.id, shows.show?.currentSceneId]).toEqual(['b', 'b'])
    history.redo()
    expect(undone.last).toMatchObject({ way: 'redo', what: 'move' })
    clock.advance(6000)
    expect(undone.last).toBeNull()
  })

  it('shows the scene in studio mode, where it is not on air for that', () => {
    const [shows, history] = [useShowStore(), useHistory()]
    shows.previewSceneId = 'b'
    history.undo()
    expect(shows.scene?.id).toBe('b')
    history.undo()
    expect([shows.previewSceneId, shows.show?.currentSceneId]).toEqual(['scene-1', 'scene-1'])
  })

  it('says nothing in the scene that is being edited', () => {
    const [undone, history] = [useUndoneStore(), useHistory()]
    history.undo()
    history.undo()
    expect(undone.last).toBeNull()
  })
})
