import { expect, it } from 'vitest'
import { emptyShow } from '../../show-editing/sample-show.ts'
import { openedList } from './action-rig-sample.ts'
import { sceneListActions } from './scene-list-actions.ts'

it('duplicates the edited scene and moves it, not past the ends', async () => {
  const show = { ...emptyShow('lesson'), scenes: ['a', 'b'].map((id) => ({ id, name: id, background: '#000000', items: [] })), currentSceneId: 'a' }
  const { shows, possible, run } = await openedList(sceneListActions, show)
  const names = () => shows.show?.scenes.map((each) => each.name)
  run('scene:duplicate')
  expect(names()).toEqual(['a', 'a 2', 'b'])
  expect(possible('scene:earlier')).toBeUndefined()
  run('scene:later')
  run('scene:later')
  expect(names()).toEqual(['a 2', 'b', 'a'])
  expect(possible('scene:later')).toBeUndefined()
  run('scene:earlier')
  expect(names()).toEqual(['a 2', 'a', 'b'])
})
