import type { SceneItem } from '@shared/domain/scene.ts'
import type { ObsItem } from './obs-collection.ts'
import { clamp } from './obs-values.ts'

export interface Size {
  width: number
  height: number
}

/** Where an item is, in pixels of whatever it is in; turned about its centre, as ours are. */
export interface ObsPlace extends Size {
  centreX: number
  centreY: number
  rotationDeg: number
  flipX: boolean
  flipY: boolean
  fit: SceneItem['fit']
  crop: SceneItem['crop']
}

const ALIGN = { left: 1, right: 2, top: 4, bottom: 8 } as const
const FITS: Readonly<Record<number, SceneItem['fit']>> = { 1: 'stretch', 2: 'fit', 3: 'fill', 4: 'fit', 5: 'fit', 6: 'fit' }
/** Two kinds of bounds have no counterpart: the picture fits into them all the same. */
export const isLooseBounds = (item: ObsItem): boolean => item.bounds_type === 4 || item.bounds_type === 5

/**
 * OBS turns and scales an item about the point that `align` names, which stands at `pos`; a negative scale mirrors it about
 * that point (update_item_transform in obs-scene.c). `isSizeKnown` false: the picture is fitted, not stretched, into a guess.
 */
export function placeOf(item: ObsItem, size: Size, isSizeKnown: boolean): ObsPlace {
  const crop = {
    left: part(item.crop_left, size.width), top: part(item.crop_top, size.height), right: part(item.crop_right, size.width), bottom: part(item.crop_bottom, size.height),
  }
  const fit = FITS[item.bounds_type] ?? (isSizeKnown ? 'stretch' : 'fit')
  const isBound = item.bounds_type !== 0
  const width = isBound ? item.bounds.x : size.width * (1 - crop.left - crop.right) * item.scale.x
  const height = isBound ? item.bounds.y : size.height * (1 - crop.top - crop.bottom) * item.scale.y
  const offset = turned((0.5 - alignOf(item.align, ALIGN.left, ALIGN.right)) * width, (0.5 - alignOf(item.align, ALIGN.top, ALIGN.bottom)) * height, item.rot)
  return {
    centreX: item.pos.x + offset.x, centreY: item.pos.y + offset.y, width: Math.abs(width), height: Math.abs(height),
    rotationDeg: item.rot, flipX: item.scale.x < 0, flipY: item.scale.y < 0, fit, crop,
  }
}

/** The place in the scene of something that is at `inner` in a group of this size, which is at `group`. */
export function placeInGroup(inner: ObsPlace, group: ObsPlace, size: Size): ObsPlace {
  const by = groupScale(group, size)
  const [signX, signY] = [group.flipX ? -1 : 1, group.flipY ? -1 : 1]
  const offset = turned((inner.centreX - size.width / 2) * by.x * signX, (inner.centreY - size.height / 2) * by.y * signY, group.rotationDeg)
  return {
    ...inner,
    centreX: group.centreX + offset.x, centreY: group.centreY + offset.y, width: inner.width * by.x, height: inner.height * by.y,
    rotationDeg: group.rotationDeg + inner.rotationDeg * signX * signY, flipX: inner.flipX !== group.flipX, flipY: inner.flipY !== group.flipY,
  }
}

/** What is left of a place in our item, on a canvas of another size: as large as it can be, in the middle. */
export function itemPlace(place: ObsPlace, from: Size, to: Size): Pick<SceneItem, 'x' | 'y' | 'width' | 'height' | 'rotationDeg' | 'fit' | 'crop' | 'flipX' | 'flipY'> {
  const scale = Math.min(to.width / from.width, to.height / from.height)
  const [width, height] = [clamp(round(place.width * scale), 1, 20_000), clamp(round(place.height * scale), 1, 20_000)]
  const x = (to.width - from.width * scale) / 2 + place.centreX * scale - width / 2
  const y = (to.height - from.height * scale) / 2 + place.centreY * scale - height / 2
  return {
    x: clamp(round(x), -20_000, 20_000), y: clamp(round(y), -20_000, 20_000), width, height, rotationDeg: round(place.rotationDeg % 360), fit: place.fit, crop: place.crop,
    ...(place.flipX ? { flipX: true } : {}), ...(place.flipY ? { flipY: true } : {}),
  }
}

function groupScale(group: ObsPlace, size: Size): { x: number; y: number } {
  const [x, y] = [group.width / size.width, group.height / size.height]
  if (group.fit === 'stretch') return { x, y }
  const both = group.fit === 'fit' ? Math.min(x, y) : Math.max(x, y)
  return { x: both, y: both }
}

/** OBS turns clockwise, as the canvas does, since y points down. */
function turned(x: number, y: number, degrees: number): { x: number; y: number } {
  const angle = (degrees * Math.PI) / 180
  return { x: x * Math.cos(angle) - y * Math.sin(angle), y: x * Math.sin(angle) + y * Math.cos(angle) }
}

const alignOf = (align: number, start: number, end: number): number => ((align & start) !== 0 ? 0 : (align & end) !== 0 ? 1 : 0.5)
/** Never so much that nothing is left. */
const part = (pixels: number, of: number): number => clamp(pixels / of, 0, 0.49)
/** Hundredths of a pixel are beyond what anyone sees. */
const round = (value: number): number => Math.round(value * 100) / 100
