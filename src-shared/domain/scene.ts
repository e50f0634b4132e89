import { z } from 'zod'
import { layout } from './layout.ts'
import { transition } from './transition.ts'

const fraction = z.number().min(0).max(1)

/**
 * One source placed on the canvas. Items are drawn in the order of the list: the last is in front.
 * Geometry is in canvas pixels; x and y are the top left corner before rotation, which is about the centre.
 */
export const sceneItem = z.object({
  id: z.string().min(1).max(64),
  sourceId: z.string().min(1).max(64),
  x: z.number().min(-20_000).max(20_000),
  y: z.number().min(-20_000).max(20_000),
  width: z.number().min(1).max(20_000),
  height: z.number().min(1).max(20_000),
  rotationDeg: z.number().min(-360).max(360),
  opacity: fraction,
  visible: z.boolean(),
  locked: z.boolean(),
  /** How the picture meets the item's box: crop to cover, letter-box, or stretch. */
  fit: z.enum(['fill', 'fit', 'stretch']),
  /** What is cut off each side of the source, as a fraction of its size. */
  crop: z.object({ left: fraction, top: fraction, right: fraction, bottom: fraction }),
  flipX: z.boolean().optional(),
  flipY: z.boolean().optional(),
  /** Items of one group are selected, moved, hidden and locked together. */
  groupId: z.string().min(1).max(64).optional(),
  /** With a layout: whether it takes part in it or keeps its own place. Absent = as its source's kind usually does (`takesPart`). */
  placedBy: z.enum(['layout', 'hand']).optional(),
})
export type SceneItem = z.infer<typeof sceneItem>

export const scene = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  background: z.string().regex(/^#[0-9a-f]{6}$/i),
  items: z.array(sceneItem).max(500),
  /** Where pictures go; absent = each item where it was put by hand. */
  layout: layout.optional(),
  /** How this scene is come to; absent = as the show says. */
  transition: transition.optional(),
  groups: z.array(z.object({ id: z.string().min(1).max(64), name: z.string().max(200), collapsed: z.boolean() })).max(200).optional(),
})
export type Scene = z.infer<typeof scene>

export const NO_CROP: SceneItem['crop'] = { left: 0, top: 0, right: 0, bottom: 0 }
