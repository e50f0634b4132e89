import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { SHOW_VERSION } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceKind } from '@shared/domain/source.ts'
import { newItem, newSource } from './new-sources.ts'

const KINDS: readonly SourceKind[] = ['test-pattern', 'camera', 'screen', 'image', 'colour', 'text', 'microphone']

export function emptyShow(id: string, name = ''): Show {
  return {
    version: SHOW_VERSION,
    id,
    name,
    encoding: DEFAULT_ENCODING,
    sources: [],
    scenes: [{ id: 'scene-1', name: '', background: '#000000', items: [] }],
    currentSceneId: 'scene-1',
    strips: {},
  }
}

/** A show with one source of each kind, ids `source-<kind>` and `item-<kind>`; for tests and the dev page. */
export function sourceOfEachKind(id: string): Show {
  const show = emptyShow(id, 'Sample')
  for (const kind of KINDS) {
    const source = newSource({ kind, name: kind }, `source-${kind}`)
    const item = newItem(source, show.encoding, `item-${kind}`)
    show.sources.push(source)
    if (item) show.scenes[0]?.items.push(item)
  }
  return show
}
