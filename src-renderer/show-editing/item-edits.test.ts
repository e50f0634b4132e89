import { describe, expect, it } from 'vitest'
import { currentScene, show as showSchema } from '@shared/domain/show.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Show } from '@shared/domain/show.ts'
import { aligned, centred, distributed, flipped, overCanvas, reset, turned } from './arrange-edits.ts'
import { copyItems, newIdsFor, pasteItems } from './clipboard.ts'
import { changeGroup, groupItems, ungroupItems } from './group-edits.ts'
import { changeItems, orderItems, patchItems, placeItems, removeItems } from './item-edits.ts'
import { dropRow, listRows } from './list-rows.ts'
import { sourceOfEachKind } from './sample-show.ts'
import { clicked, itemsAt, rangeTo, within } from './selection.ts'
import { changeItem } from './show-edits.ts'

/** Items a to f (back to front), 100 x 50 each, side by side from x = 0. */
function sample(): Show {
  const show = sourceOfEachKind('show')
  const [scene] = show.scenes
  if (!scene) throw new Error('no scene')
  scene.items = scene.items.map((each, index) => ({ ...each, id: 'abcdef'[index] ?? '', x: index * 150, y: index * 10, width: 100, height: 50, fit: 'stretch' }))
  return show
}
const order = (show: Show): string => currentScene(show).items.map((each) => each.id).join('')
const find = (show: Show, id: string) => currentScene(show).items.find((each) => each.id === id)
const withGroup = (ids: string, show = sample()): Show => groupItems([...ids], 'g', 'Group')(show)
const canvas = { width: 1280, height: 720 }
const sizeOf = () => ({ width: 1000, height: 1000 })

describe('order', () => {
  it.each([
    ['b', 'forward', 'acbdef'], ['b', 'backward', 'bacdef'], ['b', 'front', 'acdefb'], ['b', 'back', 'bacdef'],
    ['bd', 'forward', 'acbedf'], ['ef', 'forward', 'abcdef'], ['ab', 'backward', 'abcdef'], ['ac', 'backward', 'acbdef'], ['bd', 'front', 'acefbd'], ['df', 'forward', 'abcedf'],
  ] as const)('%s %s gives %s', (ids, move, expected) => {
    const before = sample()
    expect(order(orderItems([...ids], move)(before))).toBe(expected)
    if (expected === 'abcdef') expect(orderItems([...ids], move)(before)).toBe(before)
  })

  it('moves past a group as a whole, and a part of a group within it', () => {
    const show = withGroup('bd')
    expect(order(show)).toBe('acbdef')
    expect(order(orderItems(['c'], 'forward')(show))).toBe('abdcef')
    expect(order(orderItems(['b', 'd'], 'forward')(show))).toBe('acebdf')
    expect(order(orderItems(['b'], 'front')(show))).toBe('acdbef')
    expect(order(orderItems(['d'], 'front')(show))).toBe('acbdef')
  })
})

describe('groups', () => {
  it('lie where their front-most item is, and dissolve where they are', () => {
    const show = withGroup('ae')
    expect(order(show)).toBe('bcdaef')
    expect(currentScene(show).groups).toEqual([{ id: 'g', name: 'Group', collapsed: false }])
    const free = ungroupItems(['a'])(show)
    expect(order(free)).toBe('bcdaef')
    expect(currentScene(free).groups).toEqual([])
    expect(find(free, 'a')).not.toHaveProperty('groupId')
    expect(showSchema.safeParse(free).error).toBeUndefined()
  })

  it('take items from each other, and go when nobody is left', () => {
    const show = groupItems(['a', 'b', 'c'], 'h', 'Other')(withGroup('ab'))
    expect(currentScene(show).groups?.map((each) => each.id)).toEqual(['h'])
    expect(changeGroup('g', { name: 'x' })(show)).toBe(show)
    expect(currentScene(changeGroup('h', { collapsed: true })(show)).groups?.[0]).toMatchObject({ name: 'Other', collapsed: true })
  })

  it('are shown as folders, and items are dropped into and out of them', () => {
    const show = withGroup('cd')
    const rows = (of: Show) => listRows(currentScene(of))
    const names = (of: Show) => rows(of).map((each) => each.id).join('')
    expect(names(show)).toBe('fegdcba')
    const dropped = (from: number, to: number) => dropRow(rows(show), from, to)?.(show) ?? show
    expect(find(dropped(0, 1), 'f')).not.toHaveProperty('groupId')
    expect(names(dropped(0, 2))).toBe('egfdcba')
    expect(find(dropped(0, 4), 'f')).not.toHaveProperty('groupId')
    expect(names(dropped(0, 3))).toBe('egdfcba')
    expect(find(dropped(0, 3), 'f')).toHaveProperty('groupId', 'g')
    expect(names(dropped(3, 0))).toBe('dfegcba')
    expect(find(dropped(3, 0), 'd')).not.toHaveProperty('groupId')
    expect(names(dropped(3, 4))).toBe('fegcdba')
    expect(find(dropped(3, 4), 'd')).toHaveProperty('groupId', 'g')
    expect(names(dropped(2, 0))).toBe('gdcfeba')
    const collapsed = changeGroup('g', { collapsed: true })(show)
    expect(names(collapsed)).toBe('fegba')
    expect(order(dropRow(rows(collapsed), 2, 4)?.(collapsed) ?? show)).toBe('cdabef')
    expect(order(dropRow(rows(collapsed), 1, 2)?.(collapsed) ?? show)).toBe('abecdf')
  })
})

describe('what is selected', () => {
  const scene = (): Scene => currentScene(withGroup('bd'))

  it('is the whole group, and within an entered group one item', () => {
    expect(clicked(scene(), [], 'd', false)).toEqual(['b', 'd'])
    expect(clicked(scene(), ['b'], 'd', false)).toEqual(['d'])
    expect(clicked(scene(), ['a'], 'd', true)).toEqual(['a', 'b', 'd'])
    expect(clicked(scene(), ['a', 'b', 'd'], 'd', true)).toEqual(['a'])
  })

  it('is a range of the list, from the primary one', () => {
    expect(rangeTo(scene(), ['c'], 'f')).toEqual(['c', 'b', 'd', 'e', 'f'])
    expect(rangeTo(scene(), ['f'], 'd')).toEqual(['f', 'e', 'd'])
    expect(rangeTo(scene(), [], 'd')).toEqual(['d'])
  })

  it('is what a rubber band touches, and what lies under the pointer', () => {
    expect(within(scene(), { left: 140, top: 0, right: 320, bottom: 100 })).toEqual(['c', 'd', 'b'])
    const locked = currentScene(changeItems(['c'], { locked: true })(withGroup('bd')))
    expect(within(locked, { left: 290, top: 0, right: 420, bottom: 100 })).toEqual([])
    expect(itemsAt(locked, { x: 310, y: 30 })).toEqual([])
    expect(itemsAt(scene(), { x: 310, y: 30 }).map((each) => each.id)).toEqual(['c'])
  })
})

describe('several items', () => {
  it('are changed and removed together, but for what is locked', () => {
    const show = changeItem('b', { locked: true })(sample())
    const moved = patchItems(new Map([['a', { x: 7 }], ['b', { x: 7, visible: false }]]))(show)
    expect([find(moved, 'a')?.x, find(moved, 'b')?.x, find(moved, 'b')?.visible]).toEqual([7, 150, false])
    expect(patchItems(new Map([['a', { x: 0 }]]))(show)).toBe(show)
    expect(order(removeItems(['a', 'c', 'gone'])(show))).toBe('bdef')
  })

  it('leave their layout when they are moved by hand, from where the layout has them', () => {
    const show = sample()
    const [scene] = show.scenes
    if (scene) scene.layout = { template: 'grid' }
    const a = find(show, 'a')
    if (!a) throw new Error('no item')
    const after = placeItems([{ ...a, x: 640, width: 640, height: 360 }], new Map([['a', { x: 650 }]]))(show)
    expect(find(after, 'a')).toMatchObject({ x: 650, width: 640, height: 360, placedBy: 'hand' })
    expect(find(placeItems([a], new Map([['a', { visible: false }]]))(show), 'a')).not.toHaveProperty('placedBy')
  })

  it('align with each other or the canvas, groups as one', () => {
    const { items } = currentScene(withGroup('ab'))
    const chosen = items.filter((each) => 'abc'.includes(each.id))
    const left = aligned(chosen, canvas, 'right', 'selection')
    expect([left.get('a')?.x, left.get('b')?.x, left.get('c')?.x]).toEqual([150, 300, 300])
    expect(aligned(chosen.slice(0, 2), canvas, 'left', 'selection').get('b')?.x).toBe(0)
    expect(aligned(chosen, canvas, 'bottom', 'canvas').get('c')?.y).toBe(670)
    expect(distributed(items.filter((each) => 'acf'.includes(each.id)), 'x').get('c')?.x).toBe(375)
  })

  it('are laid over the canvas, centred as one, turned, mirrored and put back', () => {
    const [a, b] = currentScene(sample()).items
    if (!a || !b) throw new Error('no items')
    expect(overCanvas([a], canvas, 'fit', sizeOf).get('a')).toMatchObject({ x: 280, y: 0, width: 720, height: 720, fit: 'fit' })
    expect(overCanvas([{ ...a, crop: { left: 0.5, top: 0, right: 0, bottom: 0 } }], canvas, 'fit', sizeOf).get('a')).toMatchObject({ width: 360, height: 720 })
    expect(overCanvas([a], canvas, 'fill', sizeOf).get('a')).toMatchObject({ x: 0, width: 1280, height: 720, fit: 'fill' })
    const both = centred([a, b], canvas, 'both')
    expect([both.get('a')?.x, both.get('b')?.x]).toEqual([515, 665])
    expect(centred([a], canvas, 'x').get('a')).toEqual({ x: 590, y: 0 })
    expect(turned([a], 90).get('a')).toMatchObject({ x: 0, width: 100, rotationDeg: 90 })
    expect(flipped([a], 'x').get('a')).toEqual({ flipX: true, rotationDeg: 0 })
    expect(flipped([a, b], 'x').get('a')?.x).toBe(150)
    expect(reset([{ ...a, flipX: true, rotationDeg: 5 }], canvas, sizeOf).get('a')).toMatchObject({ x: 0, width: 1000, rotationDeg: 0, flipX: undefined })
  })
})

describe('copies', () => {
  const ids = () => {
    let count = 0
    return () => `new-${(count += 1)}`
  }

  it('show the same sources once more, in a group of their own', () => {
    const show = withGroup('ab')
    const copied = copyItems(show, currentScene(show), ['a', 'b'])
    const after = pasteItems(copied, newIdsFor(copied, ids()), 20)(show)
    const pasted = currentScene(after).items.slice(-2)
    expect(pasted.map((each) => [each.sourceId, each.x, each.groupId])).toEqual([[find(show, 'a')?.sourceId, 20, 'new-3'], [find(show, 'b')?.sourceId, 170, 'new-3']])
    expect(after.sources).toBe(show.sources)
    expect(currentScene(after).groups?.map((each) => each.id)).toEqual(['g', 'new-3'])
    expect(showSchema.safeParse(after).error).toBeUndefined()
  })

  it('bring back a source that went with its last place', () => {
    const show = sample()
    const copied = copyItems(show, currentScene(show), ['a'])
    const cut = removeItems(['a'])(show)
    expect(cut.sources.length).toBe(show.sources.length - 1)
    const after = pasteItems(copied, newIdsFor(copied, ids()), 0)(cut)
    expect(after.sources.length).toBe(show.sources.length)
    expect(showSchema.safeParse(after).error).toBeUndefined()
  })

  it('never show a scene inside itself, and never more than a show can hold', () => {
    const show = sample()
    show.scenes.push({ id: 'scene-2', name: '', background: '#000000', items: [] })
    show.sources.push({ id: 'nested', name: '', kind: 'scene', sceneId: 'scene-1' })
    const inner = { ...(currentScene(show).items[0] ?? never()), id: 'n', sourceId: 'nested' }
    const copied = { items: [inner], sources: [], groups: [] }
    expect(pasteItems(copied, new Map(), 0)(show)).toBe(show)
    expect(showSchema.safeParse(pasteItems(copied, new Map(), 0)(show, 'scene-2')).error).toBeUndefined()
    const many = { items: Array.from({ length: 499 }, (_, index) => ({ ...inner, id: `i${index}`, sourceId: 'source-image' })), sources: [], groups: [] }
    expect(pasteItems(many, new Map(), 0)(show)).toBe(show)
  })
})

function never(): never {
  throw new Error('no item')
}
