import type { Show } from '@shared/domain/show.ts'
import { newItem, newSource } from '../show-editing/new-sources.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import { addScene } from '../show-editing/scene-edits.ts'
import { addSource } from '../show-editing/show-edits.ts'
import type { Scenario } from './scenario.types.ts'

const NAMES = [
  'Welcome', 'Slides with the camera in the corner', 'Camera', 'Experiment: pendulum, seen by the visualiser over the desk in the second laboratory', 'Questions and answers', '第二实验室：单摆演示（俯拍展示台）与讲台机位画中画',
  'Break — back at ten past', 'Guest', 'Panel of four guests', 'Film', 'Whiteboard', 'Goodbye, and where to find the recording afterwards',
]

/** Scenes with names of all lengths; the last one shows the first inside. */
function withScenes(count: number, studio: boolean): Scenario {
  let show: Show = { ...emptyShow('scenes', 'Physics, Tuesday'), scenes: [{ id: 'scene-0', name: NAMES[0] ?? '', background: '#203040', items: [] }], currentSceneId: 'scene-0' }
  const put = (kind: 'camera' | 'screen' | 'text' | 'scene', id: string, sceneId: string): void => {
    const source = newSource({ kind, name: id, sceneId: 'scene-0' }, id)
    const item = newItem(source, show.encoding, `${id} item`)
    show = addSource(source, item)(show, sceneId)
  }
  for (let index = 1; index < count; index++) show = addScene(`scene-${index}`, NAMES[index] ?? `Scene ${index + 1}`)(show)
  put('text', 'Welcome text', 'scene-0')
  if (count > 2) {
    put('screen', 'Slides', 'scene-1')
    put('camera', 'Camera', 'scene-2')
    put('scene', 'Welcome inside', `scene-${count - 1}`)
  }
  return { options: { show: { ...show, ...(studio && { transition: { kind: 'slide', durationMs: 700, direction: 'up' } as const }) } } }
}

/** One scene, twelve with long names, and as many as a show may hold. */
export const SCENES_SCENARIOS: Readonly<Record<string, Scenario>> = { 'scenes-one': withScenes(1, false), scenes: withScenes(12, true), 'scenes-many': withScenes(200, false) }
