import { z } from 'zod'

const id = z.string().min(1).max(64)
const pixels = z.number().min(-20_000).max(20_000)
const length = z.number().min(1).max(20_000)
const colour = z.string().regex(/^#[0-9a-f]{6}$/i)

/** At most so many images over everything else. */
export const MAX_WATERMARKS = 25
/** A change of layout may be animated for at most this long. */
export const MAX_LAYOUT_ANIMATION_MS = 1000

/** One place of a custom layout, in canvas pixels. */
export const region = z.object({
  id,
  x: pixels,
  y: pixels,
  width: length,
  height: length,
  /** Higher is in front. */
  zOrder: z.int().min(0).max(1000),
  /** Crop to cover, or letter-box. */
  fit: z.enum(['fill', 'fit']),
  /** Behind the picture, where it leaves room; absent = nothing. */
  background: colour.optional(),
  /** Shown while there is no picture. */
  placeholderAssetId: z.string().max(200).optional(),
  /** Whose picture it is; absent = the next participant that has no region of its own. */
  sourceId: id.optional(),
})
export type Region = z.infer<typeof region>

const mainSourceId = id.optional()

/** How participants share the canvas. `mainSourceId`: who is large, or first; absent = the first in the scene's order (grid, floating) or nobody (screen share). */
export const layout = z.discriminatedUnion('template', [
  z.object({ template: z.literal('grid'), mainSourceId }),
  z.object({ template: z.literal('floating'), mainSourceId }),
  z.object({ template: z.literal('screen-share'), mainSourceId }),
  z.object({
    template: z.literal('custom'),
    regions: z.array(region).max(50),
    /** Behind everything, over the whole canvas. */
    backgroundAssetId: z.string().max(200).optional(),
  }),
])
export type Layout = z.infer<typeof layout>
export type LayoutTemplate = Layout['template']

/** An image that is always in front; canvas pixels. */
export const watermark = z.object({
  id,
  assetId: z.string().max(200),
  top: pixels,
  left: pixels,
  width: length,
  height: length,
  opacity: z.number().min(0).max(1).optional(),
})
export type Watermark = z.infer<typeof watermark>
