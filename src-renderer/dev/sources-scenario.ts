import type { Show } from '@shared/domain/show.ts'
import type { SourceKind } from '@shared/domain/source.ts'
import { newItem, newSource } from '../show-editing/new-sources.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import type { Scenario } from './scenario.types.ts'

const KINDS: readonly SourceKind[] = ['camera', 'screen', 'image', 'colour', 'text', 'slideshow', 'countdown', 'annotation', 'scene', 'web-page', 'microphone', 'test-pattern']

/** One source of every kind, with as many rows in its form as it can have; the first is in two scenes. */
function everyKind(): Show {
  const show = emptyShow('sources', 'Every kind of source')
  show.scenes.push({ id: 'inner', name: 'Inner scene', background: '#000000', items: [] })
  for (const [index, kind] of KINDS.entries()) {
    const source = newSource({ kind, name: kind, sceneId: 'inner', assetId: 'logo', text: kind === 'web-page' ? 'https://example.com/scores' : 'Welcome' }, kind)
    if (source.kind === 'text' || source.kind === 'countdown') Object.assign(source, { outline: { colour: '#000000', widthPx: 3 }, shadow: { colour: '#000000', offsetX: 3, offsetY: 3, blurPx: 6 }, background: '#203040ff' })
    if (source.kind === 'text') Object.assign(source, { from: { kind: 'clock', format: 'HH:mm:ss' }, scroll: { direction: 'left', speed: 100, boxPx: 1280 } })
    if (source.kind === 'colour') source.gradient = { to: '#101828', angleDeg: 45 }
    if (source.kind === 'slideshow') source.assetIds = ['a', 'b', 'c', 'd']
    const item = newItem(source, show.encoding, `item-${kind}`)
    show.sources.push(source)
    if (item) show.scenes[0]?.items.push({ ...item, x: (index % 4) * 310 + 20, y: Math.floor(index / 4) * 230 + 20, width: 280, height: 200 })
    if (item && kind === 'camera') show.scenes[1]?.items.push(item)
  }
  return show
}

export const SOURCES_SCENARIOS: Readonly<Record<string, Scenario>> = { sources: { options: { show: everyKind() } } }
