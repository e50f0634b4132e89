import type { Encoding } from '@shared/domain/encoding.ts'
import type { ObsReason } from '@shared/domain/obs-import.ts'
import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import { itemsOf, type ObsItem, type ObsSource } from './obs-collection.ts'
import { isLooseBounds, itemPlace, placeInGroup, placeOf, type ObsPlace, type Size } from './obs-place.ts'
import { isDesktopSound, type ConvertedSource } from './obs-source.ts'
import { numberIn, textIn } from './obs-values.ts'

const MAX_ITEMS = 500
const MAX_GROUPS = 200

export interface ObsItemsOptions {
  /** The canvas of the collection. */
  canvas: Size
  encoding: Encoding
  newId: () => string
  note: (what: string, why: ObsReason, detail: string) => void
  /** null = left out, and noted. */
  takeSource: (obs: ObsSource) => ConvertedSource | null
  takeScene: (obs: ObsSource) => ConvertedSource | null
  find: (item: ObsItem) => ObsSource | undefined
}

/** What the scenes of a collection show, as items of ours. */
export class ObsItems {
  readonly #options: ObsItemsOptions

  constructor(options: ObsItemsOptions) {
    this.#options = options
  }

  of(scene: ObsSource): Pick<Scene, 'items' | 'groups'> {
    const { find, note, newId } = this.#options
    const groups: NonNullable<Scene['groups']> = []
    const items: SceneItem[] = []
    for (const item of itemsOf(scene)) {
      const obs = find(item)
      if (!obs) note(item.name, 'nothing-to-show', scene.name)
      else if (obs.id === 'group' && groups.length < MAX_GROUPS) {
        const groupId = newId()
        const inside = this.#group(item, obs, groupId)
        if (inside.length > 0) groups.push({ id: groupId, name: obs.name.slice(0, 200), collapsed: false })
        items.push(...inside)
      } else items.push(...this.#one(item, obs))
    }
    if (items.length > MAX_ITEMS) note(scene.name, 'too-many', String(MAX_ITEMS))
    return { items: items.slice(0, MAX_ITEMS), ...(groups.length > 0 ? { groups } : {}) }
  }

  #group(item: ObsItem, obs: ObsSource, groupId: string): SceneItem[] {
    const { find, canvas, note } = this.#options
    const size = { width: numberIn(obs.settings, 'cx', canvas.width, 1, 20_000), height: numberIn(obs.settings, 'cy', canvas.height, 1, 20_000) }
    const group = placeOf(item, size, true)
    const isUneven = Math.abs(group.width / size.width - group.height / size.height) > 0.001
    return itemsOf(obs).flatMap((each) => {
      const inner = find(each)
      // A group holds no groups.
      if (!inner || inner.id === 'group') return []
      if (isUneven && group.fit === 'stretch' && each.rot % 90 !== 0) note(each.name, 'group-turned', obs.name)
      const one = this.#one(each, inner, (place) => placeInGroup(place, group, size))
      return one.map((mine) => ({ ...mine, groupId, visible: mine.visible && item.visible, locked: mine.locked || item.locked }))
    })
  }

  /** Nothing for what was left out, and for sound, which has no place. */
  #one(item: ObsItem, obs: ObsSource, within = (place: ObsPlace): ObsPlace => place): SceneItem[] {
    const { takeSource, takeScene, canvas, encoding, newId, note } = this.#options
    const taken = obs.id === 'scene' ? takeScene(obs) : takeSource(obs)
    if (!taken || taken.source.kind === 'microphone' || isDesktopSound(obs.id)) return []
    if (!taken.isSizeKnown && item.bounds_type === 0 && taken.source.kind !== 'text') note(obs.name, 'size-unknown', '')
    if (isLooseBounds(item)) note(obs.name, 'bounds', '')
    if (item.blend_type !== '' && item.blend_type !== 'normal') note(obs.name, 'blend', item.blend_type)
    // Without one there is still a duration of 0.
    if (textIn(item.show_transition, 'id') !== '' || textIn(item.hide_transition, 'id') !== '') note(obs.name, 'item-transition', '')
    const place = itemPlace(within(placeOf(item, taken.size, taken.isSizeKnown)), canvas, encoding)
    return [{ id: newId(), sourceId: taken.source.id, opacity: 1, visible: item.visible, locked: item.locked, placedBy: 'hand', ...place }]
  }
}
