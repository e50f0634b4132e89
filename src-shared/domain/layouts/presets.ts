import type { Layout } from '../layout.ts'
import type { Scene } from '../scene.ts'
import type { Source } from '../source.ts'
import { participants } from './participants.ts'
import type { Size } from './rectangle.ts'
import { type Roles, rolesOf } from './roles.ts'
import { cameraOnly, screenOnly, sideBySide, slidesAndCamera, twoCameras } from './teacher-presets.ts'
import { lesson, panelOverPicture } from './worked-examples.ts'

/** What a preset may look at. */
interface Given {
  canvas: Size
  roles: Roles
  /** The layout until now. */
  before: Layout | undefined
}

interface Preset {
  /** Without these nobody would be seen; the other roles may still come, into regions that wait for whoever is next. */
  needs: readonly (keyof Roles)[]
  layout(given: Given): Layout
}

/** Whoever was the main one stays it. */
const main = ({ before }: Given): { mainSourceId?: string } =>
  before && before.template !== 'custom' && before.mainSourceId !== undefined ? { mainSourceId: before.mainSourceId } : {}

const background = ({ before }: Given): string | undefined => (before?.template === 'custom' ? before.backgroundAssetId : undefined)

export const LAYOUT_PRESETS = {
  'slides-and-camera': { needs: [], layout: ({ canvas, roles }) => slidesAndCamera(canvas, roles) },
  'side-by-side': { needs: [], layout: ({ canvas, roles }) => sideBySide(canvas, roles) },
  'camera-only': { needs: ['camera'], layout: ({ canvas, roles }) => cameraOnly(canvas, roles) },
  'screen-only': { needs: ['screen'], layout: ({ canvas, roles }) => screenOnly(canvas, roles) },
  'two-cameras': { needs: ['camera', 'secondCamera'], layout: ({ canvas, roles }) => twoCameras(canvas, roles) },
  grid: { needs: [], layout: (given) => ({ template: 'grid', ...main(given) }) },
  floating: { needs: [], layout: (given) => ({ template: 'floating', ...main(given) }) },
  'screen-share': {
    needs: [],
    layout: ({ roles, ...given }) => ({ template: 'screen-share', ...(roles.screen !== undefined && { mainSourceId: roles.screen }), ...main({ roles, ...given }) }),
  },
  panel: { needs: [], layout: (given) => panelOverPicture(given.canvas, given.roles, background(given)) },
  lesson: { needs: [], layout: ({ canvas, roles }) => lesson(canvas, roles) },
} as const satisfies Record<string, Preset>

export type LayoutPresetId = keyof typeof LAYOUT_PRESETS

/** In the order in which they are offered. */
export const LAYOUT_PRESET_IDS = Object.keys(LAYOUT_PRESETS) as LayoutPresetId[]

export interface PresetAnswer {
  layout: Layout
  /** Who has to be there first; the layout would show nobody. */
  missing: readonly (keyof Roles)[]
}

/** A preset's layout for those who are in the scene, on a canvas of this size. Whoever joins later goes into its free places. */
export function presetLayout(id: LayoutPresetId, scene: Scene, sources: readonly Source[], canvas: Size): PresetAnswer {
  const preset: Preset = LAYOUT_PRESETS[id]
  // Roles are those of the scene itself, not of who its layout happens to name.
  const { layout: before, ...bare } = scene
  const roles = rolesOf(participants(bare, sources))
  return { layout: preset.layout({ canvas, roles, before }), missing: preset.needs.filter((each) => roles[each] === undefined) }
}

/** Which preset gave the scene the layout that it has; null for none of them. */
export function presetOf(scene: Scene, sources: readonly Source[], canvas: Size): LayoutPresetId | null {
  const now = scene.layout
  if (!now) return null
  if (now.template !== 'custom') return now.template
  return LAYOUT_PRESET_IDS.find((id) => same(presetLayout(id, scene, sources, canvas).layout, now)) ?? null
}

/** Places are compared, not who is in them, nor the picture behind. */
function same(a: Layout, b: Layout): boolean {
  if (a.template !== 'custom' || b.template !== 'custom' || a.regions.length !== b.regions.length) return false
  return a.regions.every((one, index) => {
    const other = b.regions[index]
    return one.x === other?.x && one.y === other.y && one.width === other.width && one.height === other.height && one.fit === other.fit && one.background === other.background
  })
}
