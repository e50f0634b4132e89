import { describe, expect, it } from 'vitest'
import { emptyShow } from '../../show-editing/sample-show.ts'
import { useDrawingStore } from '../../stores/drawing-store.ts'
import { openedList } from './action-rig-sample.ts'
import { drawingActions } from './drawing-actions.ts'

async function opened() {
  const list = await openedList(drawingActions, emptyShow('lesson'))
  return { ...list, drawing: useDrawingStore(), kinds: () => list.shows.scene?.items.map(({ sourceId }) => list.shows.show?.sources.find(({ id }) => id === sourceId)?.kind) }
}

describe('drawing over the picture', () => {
  it('begins at once where there is no sheet yet, goes on with another tool, and ends', async () => {
    const { drawing, kinds, run } = await opened()
    run('drawing:toggle')
    expect(kinds()).toEqual(['annotation'])
    expect(drawing.active).toBe(true)
    run('drawing:tool:arrow')
    expect([drawing.tool, drawing.active]).toEqual(['arrow', true])
    run('drawing:toggle')
    expect(drawing.active).toBe(false)
    run('drawing:tool:laser')
    expect([drawing.tool, drawing.active]).toEqual(['laser', true])
    expect(kinds()).toEqual(['annotation'])
  })

  it('shows a hidden sheet instead of adding another', async () => {
    const { shows, drawing, kinds, run } = await opened()
    run('drawing:toggle')
    run('drawing:toggle')
    shows.edit((show) => ({ ...show, scenes: show.scenes.map((scene) => ({ ...scene, items: scene.items.map((each) => ({ ...each, visible: false })) })) }))
    expect(drawing.item).toBeNull()
    run('drawing:toggle')
    expect(kinds()).toEqual(['annotation'])
    expect([shows.scene?.items[0]?.visible, drawing.active]).toEqual([true, true])
  })
})
