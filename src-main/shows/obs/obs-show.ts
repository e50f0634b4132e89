import { MAX_MIXED_SOURCES, scenesInside, SHOW_VERSION, type Show } from '@shared/domain/show.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { LeftOut, ObsReason } from '@shared/domain/obs-import.ts'
import type { Scene } from '@shared/domain/scene.ts'
import { canHaveSound, type Source } from '@shared/domain/source.ts'
import type { ObsCollection, ObsSource } from './obs-collection.ts'
import { ObsItems } from './obs-items.ts'
import type { Size } from './obs-place.ts'
import { convertSource, type ConvertedSource, type ObsAsset } from './obs-source.ts'
import { filterOf, stripOf } from './obs-sound.ts'
import { sceneTransition, transitionOf } from './obs-transition.ts'

/** OBS takes the size of the display; most have this one. */
export const USUAL_CANVAS: Size = { width: 1920, height: 1080 }
const MAX_SOURCES = 200
const MAX_SCENES = 200
const BLACK = '#000000'

export interface ObsOptions {
  /** What the show is composed for; everything is scaled to it. */
  encoding: Encoding
  /** The collection's canvas, where the file does not tell; null = the usual one. */
  canvas: Size | null
  assetOf: (path: string) => ObsAsset
  newId: () => string
}

/** One show from one scene collection, and what is not in it or not as it was. Pure but for ids; never throws on a collection that could be read. */
export function showOfObs(collection: ObsCollection, { encoding, canvas: given, assetOf, newId }: ObsOptions): { show: Show; leftOut: LeftOut[] } {
  const canvas = collection.resolution ? { width: collection.resolution.x, height: collection.resolution.y } : (given ?? USUAL_CANVAS)
  const notes = new Map<string, LeftOut>()
  const note = (what: string, why: ObsReason, detail: string): void => {
    const short = { what: what.slice(0, 200), why, detail: detail.slice(0, 500) }
    if (notes.size < 1000) notes.set(JSON.stringify(short), short)
  }
  const scenes = orderedScenes(collection, note)
  const sceneIds = new Map(scenes.map((each) => [each, newId()]))
  const all = [...collection.sources, ...collection.groups]
  const byUuid = new Map(all.filter(({ uuid }) => uuid !== '').map((each) => [each.uuid, each]))
  const byName = new Map(all.map((each) => [each.name, each]))

  const converted = new Map<ObsSource, ConvertedSource | null>()
  const nested = new Map<ObsSource, Source>()
  const count = () => [...converted.values()].filter((each) => each !== null).length + nested.size
  const takeSource = (obs: ObsSource): ConvertedSource | null => {
    const known = converted.get(obs)
    if (known !== undefined) return known
    const fits = count() < MAX_SOURCES
    if (!fits) note(obs.name, 'too-many', String(MAX_SOURCES))
    const taken = fits ? convertSource(obs, newId(), { canvas, assetOf, note }) : null
    converted.set(obs, taken)
    return taken
  }
  const takeScene = (obs: ObsSource): ConvertedSource | null => {
    const sceneId = sceneIds.get(obs)
    if (sceneId === undefined || (!nested.has(obs) && count() >= MAX_SOURCES)) return null
    const source: Source = nested.get(obs) ?? { kind: 'scene', id: newId(), name: obs.name.slice(0, 200), sceneId }
    nested.set(obs, source)
    return { source, size: canvas, isSizeKnown: true }
  }

  for (const obs of collection.globalSound) takeSource(obs)
  const items = new ObsItems({ canvas, encoding, newId, note, takeSource, takeScene, find: (item) => byUuid.get(item.source_uuid) ?? byName.get(item.name) })
  const made: Scene[] = scenes.map((obs) => {
    const transition = sceneTransition(obs, collection, { assetOf, note })
    return { id: sceneIds.get(obs) ?? newId(), name: obs.name.slice(0, 200), background: BLACK, ...items.of(obs), ...(transition ? { transition } : {}) }
  })
  if (made.length === 0) made.push({ id: newId(), name: 'Scene', background: BLACK, items: [] })
  if ([...all, ...collection.globalSound].some(({ hotkeys }) => Object.values(hotkeys).some((keys) => Array.isArray(keys) && keys.length > 0))) note(collection.name, 'hotkeys', '')

  const sources = [...[...converted.values()].flatMap((each) => (each ? [each.source] : [])), ...nested.values()]
  const straight = withoutCircles(made, sources, note)
  const onAir = scenes.find(({ name }) => name === (collection.current_program_scene || collection.current_scene))
  return {
    show: {
      version: SHOW_VERSION, id: newId(), name: collection.name.slice(0, 200), encoding, sources, scenes: straight,
      currentSceneId: (onAir && sceneIds.get(onAir)) ?? straight[0]?.id ?? '',
      strips: strips(converted, note, newId),
      transition: transitionOf(collection.current_transition, collection.transition_duration, collection, { assetOf, note }),
    },
    leftOut: [...notes.values()],
  }
}

/** As they are listed, those that the list forgets behind. */
function orderedScenes({ sources, scene_order }: ObsCollection, note: (what: string, why: ObsReason, detail: string) => void): ObsSource[] {
  const place = new Map(scene_order.map(({ name }, index) => [name, index]))
  const all = sources.filter(({ id }) => id === 'scene').toSorted((a, b) => (place.get(a.name) ?? Infinity) - (place.get(b.name) ?? Infinity))
  for (const each of all.slice(MAX_SCENES)) note(each.name, 'too-many', String(MAX_SCENES))
  return all.slice(0, MAX_SCENES)
}

/** Scenes are taken one by one; the item that would close a circle is left out. OBS itself makes none. */
function withoutCircles(scenes: readonly Scene[], sources: Source[], note: (what: string, why: ObsReason, detail: string) => void): Scene[] {
  const inside = new Map(sources.flatMap((each) => (each.kind === 'scene' ? [[each.id, each.sceneId] as const] : [])))
  const taken: Scene[] = scenes.map((each) => ({ ...each, items: [] }))
  scenes.forEach(({ id, items, name }, index) => {
    const target = taken[index]
    if (!target) return
    const refused = new Set<string>()
    for (const inner of new Set(items.flatMap(({ sourceId }) => inside.get(sourceId) ?? []))) {
      if (inner === id || scenesInside({ sources, scenes: taken }, inner).has(id)) refused.add(inner)
      else target.items = [...target.items, ...items.filter(({ sourceId }) => inside.get(sourceId) === inner)]
    }
    if (refused.size > 0) note(name, 'circle', '')
    target.items = items.filter(({ sourceId }) => !refused.has(inside.get(sourceId) ?? ''))
  })
  return taken
}

function strips(converted: ReadonlyMap<ObsSource, ConvertedSource | null>, note: (what: string, why: ObsReason, detail: string) => void, newId: () => string): Show['strips'] {
  const idOfSource = (name: string) => [...converted].find(([obs]) => obs.name === name)?.[1]?.source.id
  const found: Show['strips'] = {}
  let heard = 0
  for (const [obs, taken] of converted) {
    const hasSound = taken !== null && canHaveSound(taken.source)
    const filters = obs.filters.flatMap((each) => {
      const filter = hasSound ? filterOf(each, newId(), idOfSource) : null
      if (!filter && taken) note(obs.name, 'filter-kind', each.id)
      return filter ?? []
    })
    if (!hasSound) continue
    if (++heard > MAX_MIXED_SOURCES) note(obs.name, 'too-many', String(MAX_MIXED_SOURCES))
    found[taken.source.id] = stripOf(obs, filters.slice(0, 20))
  }
  return found
}
