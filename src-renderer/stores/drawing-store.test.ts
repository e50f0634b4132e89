import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from 'vue'
import { FakePageClock } from '../base/fake-page-clock.ts'
import { give } from '../base/given.ts'
import { FakeBridge } from '../dev/fake-bridge.ts'
import { FakeEngine } from '../dev/fake-engine.ts'
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

  it('is no part of the show', () => {
    const [drawing, shows] = [useDrawingStore(), useShowStore()]
    const before = JSON.stringify(shows.show)
    drawing.begin()
    drawing.act((board) => board.begin('pen', '#ff0000', 8, [1, 2]))
    drawing.end()
    expect(JSON.stringify(shows.show)).toBe(before)
    expect(shows.canUndo).toBe(false)
  })
})
