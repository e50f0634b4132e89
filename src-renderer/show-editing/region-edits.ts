import type { Layout, Region } from '@shared/domain/layout.ts'
import { withLayout } from './layout-edits.ts'
import { setSecondLayout } from './second-edits.ts'
import type { ShowEdit } from './show-edits.ts'

export const MAX_REGIONS = 50
export type RegionPatch = Partial<Omit<Region, 'id'>>

type Custom = Extract<Layout, { template: 'custom' }>

/** Whose custom layout is meant: the edited scene's or the second canvas'. */
export type RegionsOf = 'scene' | 'second'

/** Other layouts have no regions and stay as they are. */
const custom = (change: (before: Custom) => Custom, of: RegionsOf): ShowEdit => (show, sceneId) => {
  if (of === 'scene') return withLayout(show, sceneId, (before) => (before?.template === 'custom' ? change(before) : before))
  return show.second?.layout.template === 'custom' ? setSecondLayout(change(show.second.layout))(show) : show
}

const regions = (change: (before: readonly Region[]) => Region[], of: RegionsOf): ShowEdit => custom((before) => ({ ...before, regions: change(before.regions) }), of)

/** Adds one in front of the others; nothing when there are as many as there may be. */
export const addRegion = (region: Region, of: RegionsOf = 'scene'): ShowEdit =>
  regions((before) => (before.length >= MAX_REGIONS ? [...before] : [...before, { ...limited(region), zOrder: Math.min(1000, Math.max(-1, ...before.map((each) => each.zOrder)) + 1) }]), of)

/** A key that is given as undefined is taken out: no background, no placeholder, whoever comes next. Nobody is fixed in two regions. */
export const changeRegion = (regionId: string, patch: RegionPatch, of: RegionsOf = 'scene'): ShowEdit =>
  regions((before) => before.map((each) => {
    if (each.id === regionId) return limited(without({ ...each, ...patch }))
    return patch.sourceId !== undefined && each.sourceId === patch.sourceId ? without({ ...each, sourceId: undefined }) : each
  }), of)

export const removeRegion = (regionId: string, of: RegionsOf = 'scene'): ShowEdit => regions((before) => before.filter((each) => each.id !== regionId), of)

/** Another place in the list, 0 = first: it takes whoever comes next before the later ones. What is in front is zOrder's matter. */
export const moveRegionTo = (regionId: string, index: number, of: RegionsOf = 'scene'): ShowEdit =>
  regions((before) => {
    const from = before.findIndex((each) => each.id === regionId)
    const moved = before[from]
    return moved ? before.toSpliced(from, 1).toSpliced(Math.min(before.length - 1, Math.max(0, index)), 0, moved) : [...before]
  }, of)

export const setLayoutBackground = (assetId: string | undefined, of: RegionsOf = 'scene'): ShowEdit =>
  custom(({ backgroundAssetId: _before, ...rest }) => (assetId === undefined ? rest : { ...rest, backgroundAssetId: assetId }), of)

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

function limited(region: Region): Region {
  return {
    ...region,
    x: clamp(region.x, -20_000, 20_000), y: clamp(region.y, -20_000, 20_000), width: clamp(region.width, 1, 20_000), height: clamp(region.height, 1, 20_000),
    zOrder: clamp(Math.round(region.zOrder), 0, 1000),
  }
}

const without = (region: Region): Region => Object.fromEntries(Object.entries(region).filter(([, value]) => value !== undefined)) as Region
