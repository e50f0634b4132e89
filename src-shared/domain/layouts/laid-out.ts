import { NO_CROP, type Scene, type SceneItem } from '../scene.ts'
import type { Source } from '../source.ts'
import { participants } from './participants.ts'
import { type Place, places } from './places.ts'
import type { Rect, Size } from './rectangle.ts'

/** An item of a scene that its layout has placed. */
export interface LaidOutItem extends SceneItem {
  /** Drawn only while this source has no picture: a region's placeholder image. */
  insteadOf?: string
}

export interface LaidOutScene extends Scene {
  items: LaidOutItem[]
}

/** Sources of what a layout adds: `colour:#000000` and `asset:` with the asset's id. They are not in the show. */
export const colourSourceId = (colour: string): string => `colour:${colour}`
export const assetSourceId = (assetId: string): string => `asset:${assetId}`

/** Something that the layout itself shows; its id stays the same from frame to frame. */
export function addedItem(id: string, sourceId: string, box: Rect, fit: SceneItem['fit']): LaidOutItem {
  return { id, sourceId, ...box, rotationDeg: 0, opacity: 1, visible: true, locked: true, fit, crop: NO_CROP, placedBy: 'layout' }
}

/**
 * The scene with everything where its layout puts it. Back to front: the layout's background image, items placed by hand that lie
 * behind every participant (a backdrop), the layout's places by z-order, all other items placed by hand. Participants for whom there
 * is no room are there but hidden. A scene without a layout is returned as it is. Pure; `canvas` is the size that the scene is made for.
 */
export function laidOut(scene: Scene, sources: readonly Source[], canvas: Size): LaidOutScene {
  const { layout } = scene
  if (!layout) return scene
  const present = participants(scene, sources)
  const taking = new Set(present.map((each) => each.item))
  const filled = places(layout, present, canvas)
  const shown = new Set(filled.map((each) => each.participant?.item))
  const firstTaking = scene.items.findIndex((each) => taking.has(each))
  const byHand = scene.items.map((item, index) => ({ item, behind: index < firstTaking })).filter(({ item }) => !taking.has(item))
  const backdrop = layout.template === 'custom' && layout.backgroundAssetId
    ? [addedItem('layout:background', assetSourceId(layout.backgroundAssetId), { x: 0, y: 0, width: canvas.width, height: canvas.height }, 'fill')]
    : []
  return {
    ...scene,
    items: [
      ...backdrop,
      ...byHand.filter((each) => each.behind).map((each) => each.item),
      ...filled.flatMap(itemsOf),
      ...present.filter((each) => !shown.has(each.item)).map(({ item }) => ({ ...item, visible: false })),
      ...byHand.filter((each) => !each.behind).map((each) => each.item),
    ],
  }
}

function itemsOf({ box, fit, participant, region }: Place): LaidOutItem[] {
  const items: LaidOutItem[] = []
  if (region?.background) items.push(addedItem(`layout:${region.id}:background`, colourSourceId(region.background), box, 'stretch'))
  if (region?.placeholderAssetId) {
    const placeholder = addedItem(`layout:${region.id}:placeholder`, assetSourceId(region.placeholderAssetId), box, fit)
    items.push(participant ? { ...placeholder, insteadOf: participant.source.id } : placeholder)
  }
  if (participant) items.push({ ...participant.item, ...box, rotationDeg: 0, fit })
  return items
}
