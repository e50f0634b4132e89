import { describe, expect, it } from 'vitest'
import type { Show } from '@shared/domain/show.ts'
import type { SourceOf } from '@shared/domain/source.ts'
import { newItem, newSource } from '../../show-editing/new-sources.ts'
import { emptyShow } from '../../show-editing/sample-show.ts'
import { addSource } from '../../show-editing/show-edits.ts'
import { openedList } from './action-rig-sample.ts'
import { sourceActions } from './source-actions.ts'

/** Scene a, on air, shows a countdown; scene b a camera. */
function twoScenes(): Show {
  let show: Show = { ...emptyShow('two'), scenes: ['a', 'b'].map((id) => ({ id, name: id, background: '#000000', items: [] })), currentSceneId: 'a' }
  for (const [kind, sceneId] of [['countdown', 'a'], ['camera', 'b']] as const) {
    const source = newSource({ kind, name: kind }, kind)
    show = addSource(source, newItem(source, show.encoding, `item ${kind}`))(show, sceneId)
  }
  return show
}

const opened = () => openedList(sourceActions, twoScenes())
const countdown = (show: Show | null) => show?.sources.find((each): each is SourceOf<'countdown'> => each.kind === 'countdown')

describe('actions on sources', () => {
  it('show a source of another scene in this one, and hide and show it', async () => {
    const { shows, run, possible } = await opened()
    expect(possible('source:show:camera')).toBeUndefined()
    run('source:place:camera')
    expect(shows.scene?.items.map((each) => each.sourceId)).toEqual(['countdown', 'camera'])
    expect(shows.selectedSource?.id).toBe('camera')
    expect(possible('source:place:camera')).toBeUndefined()
    const visible = () => shows.scene?.items.map((each) => each.visible)
    run('source:show:camera')
    expect(visible()).toEqual([true, false])
    run('source:show:camera')
    expect(visible()).toEqual([true, true])
  })

  it('start, pause and reset a countdown', async () => {
    const { clock, shows, run } = await opened()
    run('source:countdown:countdown')
    expect(countdown(shows.show)?.startedAtMs).toBe(clock.now())
    clock.advance(10_000)
    run('source:countdown:countdown')
    expect(countdown(shows.show)).toMatchObject({ startedAtMs: null, leftMs: 290_000 })
    run('source:countdown-reset:countdown')
    expect(countdown(shows.show)?.leftMs).toBeUndefined()
  })
})
