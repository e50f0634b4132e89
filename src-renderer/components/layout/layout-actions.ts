import type { Layout } from '@shared/domain/layout.ts'
import { participants } from '@shared/domain/layouts/participants.ts'
import { LAYOUT_PRESET_IDS, type LayoutPresetId, presetLayout } from '@shared/domain/layouts/presets.ts'
import type { Roles } from '@shared/domain/layouts/roles.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Show } from '@shared/domain/show.ts'
import { setLayout, setMain } from '../../show-editing/layout-edits.ts'
import type { ShowEdit } from '../../show-editing/show-edits.ts'

/** What the actions need of the show store. */
export interface LayoutTarget {
  readonly show: Show | null
  readonly scene: Scene | null
  edit(change: ShowEdit): void
}

/** Something that a key, a button or a menu may do. */
export interface LayoutAction {
  /** Stays the same for good: keys are kept under it. */
  id: string
  /** Of the messages. */
  titleKey: string
  /** Who has to be in the scene first; empty = it can be done now. */
  missing(target: LayoutTarget): readonly (keyof Roles)[]
  /** Does nothing while somebody is missing. */
  run(target: LayoutTarget): void
}

function answer(id: LayoutPresetId, { show, scene }: LayoutTarget): { layout: Layout; missing: readonly (keyof Roles)[] } | null {
  return show && scene ? presetLayout(id, scene, show.sources, show.encoding) : null
}

const preset = (id: LayoutPresetId): LayoutAction => ({
  id: `layout:${id}`,
  titleKey: `layouts.presets.${id}`,
  missing: (target) => answer(id, target)?.missing ?? [],
  run(target) {
    const given = answer(id, target)
    if (given && given.missing.length === 0) target.edit(setLayout(given.layout))
  },
})

/** The next one in the scene's order becomes the main one; after the last, the first. */
function nextMain(target: LayoutTarget): void {
  const { show, scene } = target
  if (!show || !scene?.layout) return
  const present = participants(scene, show.sources)
  const next = present[(present.findIndex((each) => each.source.id === mainOf(scene.layout)) + 1) % present.length]
  if (next) target.edit(setMain(next.source.id))
}

/** Who is named as the main one; in a custom layout that is whoever is fixed in the largest region. */
export function mainOf(layout: Layout | undefined): string | undefined {
  if (layout?.template !== 'custom') return layout?.mainSourceId
  return layout.regions.toSorted((a, b) => b.width * b.height - a.width * a.height)[0]?.sourceId
}

/** Everything about layouts that can be done with one key. */
export const LAYOUT_ACTIONS: readonly LayoutAction[] = [
  ...LAYOUT_PRESET_IDS.map(preset),
  { id: 'layout:next-main', titleKey: 'layouts.nextMain', missing: () => [], run: nextMain },
  { id: 'layout:none', titleKey: 'layouts.none', missing: () => [], run: (target) => target.edit(setLayout(undefined)) },
]
