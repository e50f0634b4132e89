import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { show as showSchema } from '@shared/domain/show.ts'
import { createApp, nextTick } from 'vue'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
import { keepStrokes } from '../show-editing/drawing-edits.ts'
import { newItem, newSource } from '../show-editing/new-sources.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import { changeItem } from '../show-editing/show-edits.ts'
import { useDrawingStore } from './drawing-store.ts'
import { useShowStore } from './show-store.ts'

let engine: FakeEngine

beforeEach(async () => {
  const show = emptyShow('drawings')
  for (const id of ['back', 'front']) {
    const source = newSource({ kind: 'annotation', name: id }, id)
    const item = newItem(source, show.encoding, `item-${id}`)
    show.sources.push(source)
    if (item) show.scenes[0]?.items.push(item)
  }
  engine = new FakeEngine()
  const app = createApp({ render: () => null })
  give(app, { bridge: new FakeBridge({ show }), engine, clock: new FakePageClock() })
  const pinia = createPinia()
  app.use(pinia)
  setActivePinia(pinia)
  await useShowStore().load()
})

describe('drawing', () => {
  it('is on the selected drawing, else on the front-most one that is seen', () => {
    const [drawing, shows] = [useDrawingStore(), useShowStore()]
    expect(drawing.item?.sourceId).toBe('front')
    shows.selectedId = 'item-back'
    expect(drawing.item?.sourceId).toBe('back')
    shows.selectedId = null
    shows.edit(changeItem('item-front', { visible: false }))
    expect(drawing.item?.sourceId).toBe('back')
    shows.edit(changeItem('item-back', { visible: false }))
    drawing.begin()
    expect(drawing.active).toBe(false)
  })

  it('keeps each drawing by itself, and puts it on the picture again when it is begun', () => {
    const [drawing, shows] = [useDrawingStore(), useShowStore()]
    drawing.begin()
    drawing.act((board) => board.begin('pen', '#ff0000', 8, [1, 2]))
    drawing.act((board) => board.end())
    expect(drawing.can).toEqual({ undo: true, redo: false, clear: true })
    shows.selectedId = 'item-back'
    drawing.begin()
    expect(drawing.can).toEqual({ undo: false, redo: false, clear: false })
    shows.selectedId = null
    engine.asked.length = 0
    drawing.begin()
    expect(engine.asked).toEqual(['draw front {"kind":"all","strokes":[{"id":1,"tool":"pen","colour":"#ff0000","widthPx":8,"points":[1,2]}]}'])
  })

  const strokesOf = (sourceId: string) => {
    const source = useShowStore().show?.sources.find(({ id }) => id === sourceId)
    return source?.kind === 'annotation' ? source.strokes : null
  }
  const draw = (...points: number[]) => {
    const drawing = useDrawingStore()
    drawing.act((board) => board.begin('pen', '#ff0000', 8, points))
    drawing.act((board) => board.end())
  }

  it('is kept with the show once the tool is lifted, and is no step of the undo of the show', () => {
    const [drawing, shows] = [useDrawingStore(), useShowStore()]
    drawing.begin()
    drawing.act((board) => board.begin('pen', '#ff0000', 8, [1.4, 2, 1.3, 2.2, 9, 9]))
    expect(strokesOf('front')).toBeUndefined()
    drawing.end()
    expect(strokesOf('front')).toEqual([{ tool: 'pen', colour: '#ff0000', widthPx: 8, points: [1, 2, 9, 9] }])
    expect(() => showSchema.parse(shows.show)).not.toThrow()
    expect(shows.canUndo).toBe(false)
    shows.edit(changeItem('item-back', { visible: false }))
    drawing.begin()
    draw(5, 5)
    shows.undo()
    expect(strokesOf('front')).toHaveLength(2)
    drawing.act((board) => board.clear())
    expect(strokesOf('front')).toEqual([])
  })

  it('goes on with what the show brings along, and takes over what another state of it has', async () => {
    const [drawing, shows] = [useDrawingStore(), useShowStore()]
    shows.pass(keepStrokes('front', [{ tool: 'arrow', colour: '#00ff00', widthPx: 4, points: [0, 0, 9, 9] }]))
    drawing.begin()
    draw(5, 5)
    expect(strokesOf('front')?.map(({ tool }) => tool)).toEqual(['arrow', 'pen'])
    engine.asked.length = 0
    shows.pass(keepStrokes('front', [{ tool: 'ellipse', colour: '#00ff00', widthPx: 4, points: [0, 0, 9, 9] }]))
    await nextTick()
    expect(engine.asked).toHaveLength(1)
    expect(engine.asked[0]).toContain('ellipse')
    drawing.act(() => {})
    expect(drawing.can).toEqual({ undo: false, redo: false, clear: true })
  })
})
