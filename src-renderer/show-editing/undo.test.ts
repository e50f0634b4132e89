import { describe, expect, it } from 'vitest'
import { currentScene, show as showSchema } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import { aligned, distributed, flipped, overCanvas, reset, turned } from './arrange-edits.ts'
import { copyItems, newIdsFor, pasteItems } from './clipboard.ts'
import { nameOfEdit } from './edit-name.ts'
import type { EditName } from './edit-name.ts'
import { changeGroup, groupItems, putItem, ungroupItems } from './group-edits.ts'
import { abandon, record, redo, settle, startHistory, undo } from './history.ts'
import { changeItems, orderItems, patchItems, removeItems } from './item-edits.ts'
import { newItem, newSource } from './new-sources.ts'
import { sourceOfEachKind } from './sample-show.ts'
import { addSource, changeSource, changeStrip, renameShow } from './show-edits.ts'
import type { ShowEdit } from './show-edits.ts'

/** Repeatable chance: 0 to 1. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const canvas = { width: 1280, height: 720 }
const sizeOf = () => ({ width: 640, height: 480 })

/** Any edit, of anything that is there. */
function randomEdit(show: Show, random: () => number, newId: () => string): ShowEdit {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const { items } = currentScene(show)
  const chosen = items.filter(() => random() < 0.4)
  const ids = chosen.map((each) => each.id)
  const number = (most: number) => Math.round((random() - 0.3) * most)
  const source = newSource({ kind: pick(['camera', 'image', 'text', 'colour'] as const), name: newId() }, newId())
  const copied = copyItems(show, currentScene(show), ids)
  return pick<() => ShowEdit>([
    () => patchItems(new Map(chosen.map((each) => [each.id, { x: number(1500), y: number(900) }]))),
    () => patchItems(new Map(chosen.map((each) => [each.id, { width: number(900), rotationDeg: number(300) }]))),
    () => changeItems(ids, { locked: random() < 0.2, visible: random() < 0.8 }),
    () => changeItems(ids, { opacity: random() }),
    () => patchItems(aligned(chosen, canvas, pick(['left', 'middle', 'bottom']), pick(['canvas', 'selection']))),
    () => patchItems(distributed(chosen, pick(['x', 'y']))),
    () => patchItems(flipped(chosen, pick(['x', 'y']))),
    () => patchItems(turned(chosen, number(200))),
    () => patchItems(overCanvas(chosen, canvas, pick(['fit', 'fill', 'stretch']), sizeOf)),
    () => patchItems(reset(chosen, canvas, sizeOf)),
    () => orderItems(ids, pick(['forward', 'backward', 'front', 'back'])),
    () => groupItems(ids, newId(), 'Group'),
    () => ungroupItems(ids),
    () => changeGroup(pick(currentScene(show).groups ?? [])?.id ?? 'none', { collapsed: random() < 0.5, name: newId() }),
    () => putItem(pick(items)?.id ?? 'none', number(10), pick(currentScene(show).groups ?? [])?.id),
    () => pasteItems(copied, newIdsFor(copied, newId), 20),
    () => removeItems(ids.slice(0, 2)),
    () => addSource(source, newItem(source, show.encoding, newId())),
    () => changeSource({ ...pick(show.sources), name: newId() }),
    () => changeStrip(pick(show.sources).id, { volumeDb: -number(30) }),
    () => renameShow(newId()),
  ])()
}

describe('undo and redo', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('of 120 random edits, some of them gestures, gives back every state exactly (%d)', (seed) => {
    const random = chance(seed)
    let count = 0
    const newId = () => `id-${(count += 1)}`
    const first = sourceOfEachKind('show')
    const frozen = structuredClone(first)
    let history = startHistory<Show>(first)
    for (let each = 0; each < 120; each++) {
      const steps = random() < 0.3 ? 5 : 1
      for (let step = 0; step < steps; step++) history = record(history, randomEdit(history.present, random, newId)(history.present), steps > 1 ? 'drag' : null)
      history = settle(history)
      expect(showSchema.safeParse(history.present).error).toBeUndefined()
    }
    expect(history.past.length).toBeGreaterThan(60)
    expect(history.past.length).toBeLessThanOrEqual(120)
    const last = structuredClone(history.present)
    const states = [...history.past, history.present]
    let steps = 0
    while (history.past.length > 0) {
      history = undo(history)
      expect(history.present).toBe(states[states.length - 2 - steps])
      steps += 1
    }
    expect(history.present).toBe(first)
    expect(history.present).toEqual(frozen)
    while (history.future.length > 0) history = redo(history)
    expect(history.present).toEqual(last)
  })

  it('keep 500 steps in the memory of what has changed: untouched parts are the same objects', () => {
    let history = startHistory<Show>(sourceOfEachKind('show'))
    for (let each = 1; each <= 500; each++) history = record(history, changeItems(['item-camera'], { x: each })(history.present))
    expect(history.past.length).toBe(500)
    const all = [...history.past, history.present]
    expect(new Set(all.map((each) => each.sources)).size).toBe(1)
    expect(new Set(all.flatMap((each) => currentScene(each).items)).size).toBe(currentScene(history.present).items.length + 500)
  })

  it('give up a gesture as if it had never begun', () => {
    let history = record(startHistory('a'), 'b')
    history = record(record(history, 'c', 'drag'), 'd', 'drag')
    expect(abandon(history)).toMatchObject({ past: ['a'], present: 'b', mergeKey: null })
    expect(abandon(settle(history)).present).toBe('d')
  })
})

describe('the name of an edit', () => {
  const show = sourceOfEachKind('show')
  const id = ['item-camera']
  const copied = copyItems(show, currentScene(show), id)
  const EDITS: [EditName, ShowEdit][] = [
    ['move', changeItems(id, { x: 5 })], ['resize', changeItems(id, { x: 5, width: 50 })], ['turn', changeItems(id, { rotationDeg: 5, x: 3 })],
    ['crop', changeItems(id, { crop: { left: 0.1, top: 0, right: 0, bottom: 0 }, x: 4, width: 9 })], ['flip', changeItems(id, { flipX: true })], ['opacity', changeItems(id, { opacity: 0.5 })],
    ['visibility', changeItems(id, { visible: false })], ['lock', changeItems(id, { locked: true })], ['order', orderItems(id, 'front')], ['group', groupItems(['item-camera', 'item-screen'], 'g', 'G')],
    ['addItem', pasteItems(copied, new Map([['item-camera', 'x']]), 0)], ['removeSource', removeItems(id)], ['sound', changeStrip('source-microphone', { muted: true })], ['rename', renameShow('x')],
    ['changeSource', changeSource({ ...newSource({ kind: 'camera', name: 'x' }, 'source-camera') })],
  ]
  it.each(EDITS)('is %s', (name, edit) => {
    expect(nameOfEdit(show, edit(show))).toBe(name)
  })
})
