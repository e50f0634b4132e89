import type { Layout } from '@shared/domain/layout.ts'
import { participants } from '@shared/domain/layouts/participants.ts'
import { presetLayout } from '@shared/domain/layouts/presets.ts'
import { currentScene, type Show } from '@shared/domain/show.ts'
import type { SourceKind } from '@shared/domain/source.ts'
import { newItem, newSource } from '../show-editing/new-sources.ts'
import { emptyShow } from '../show-editing/sample-show.ts'
import type { Scenario } from './scenario.types.ts'

const CAST: readonly [SourceKind, string][] = [
  ['screen', 'Slides'], ['camera', 'Teacher'], ['camera', 'Visualiser over the desk in the second laboratory'], ['camera', 'Guest 1'], ['camera', 'Guest 2'], ['camera', 'Guest 3'], ['image', 'School logo'], ['text', 'Title'],
]

function lessonShow(): Show {
  const show = emptyShow('layouts', 'Physics, Tuesday')
  for (const [index, [kind, name]] of CAST.entries()) {
    const source = newSource({ kind, name }, `cast-${index}`)
    const item = newItem(source, show.encoding, `item-${index}`)
    show.sources.push(source)
    if (item) show.scenes[0]?.items.push(index === 4 ? { ...item, visible: false } : item)
  }
  show.watermarks = [{ id: 'mark', assetId: 'logo', top: 18, left: 1100, width: 160, height: 60, opacity: 0.8 }]
  return show
}

function withLayout(layout: (show: Show) => Layout): Show {
  const show = lessonShow()
  return { ...show, layoutAnimationMs: 350, scenes: [{ ...currentScene(show), layout: layout(show) }] }
}

/** A lesson in which not everybody finds a place, and a screen share with nobody large. */
export const LAYOUTS_SCENARIOS: Readonly<Record<string, Scenario>> = {
  'layout-lesson': { options: { show: withLayout((show) => presetLayout('side-by-side', currentScene(show), show.sources, show.encoding).layout) } },
  'layout-floating': { options: { show: withLayout((show) => ({ template: 'floating', mainSourceId: participants(currentScene(show), show.sources)[1]?.source.id ?? '' })) } },
}
