import { z } from 'zod'
import { encoding } from './encoding.ts'
import { layout, MAX_LAYOUT_ANIMATION_MS, MAX_WATERMARKS, watermark } from './layout.ts'
import { type Scene, scene } from './scene.ts'
import { source } from './source.ts'
import { strip } from './strip.ts'
import { transition } from './transition.ts'

export const SHOW_VERSION = 1

/** At most so many sources are heard at a time; the rest are said to be left out. */
export const MAX_MIXED_SOURCES = 16

/** A second picture of the same show at the same time, e.g. in portrait: its own size, layout, encoder and destinations. */
export const secondCanvas = z.object({
  enabled: z.boolean(),
  encoding,
  layout,
})
export type SecondCanvas = z.infer<typeof secondCanvas>

/** Everything that is composed: a saved show is exactly this, as JSON. */
export const show = z
  .object({
    version: z.literal(SHOW_VERSION),
    id: z.string().min(1).max(64),
    name: z.string().max(200),
    encoding,
    sources: z.array(source).max(200),
    scenes: z.array(scene).min(1).max(200),
    currentSceneId: z.string(),
    /** By source id; a sound source without an entry plays at 0 dB. */
    strips: z.record(z.string(), strip),
    /** How scenes follow each other unless one says otherwise; absent = DEFAULT_TRANSITION. */
    transition: transition.optional(),
    /** Moving from one layout to another takes so long; absent = at once. */
    layoutAnimationMs: z.int().min(0).max(MAX_LAYOUT_ANIMATION_MS).optional(),
    /** Always in front, in every scene. */
    watermarks: z.array(watermark).max(MAX_WATERMARKS).optional(),
    /** Whose sound is mixed, by source id; absent = everybody's, at most MAX_MIXED_SOURCES. */
    mixedSourceIds: z.array(z.string()).max(MAX_MIXED_SOURCES).optional(),
    /** A program of sound alone has a black picture, one of pictures alone is silent; absent = both. */
    media: z.enum(['both', 'sound', 'picture']).optional(),
    second: secondCanvas.optional(),
  })
  .superRefine((value, context) => {
    const sources = new Set(value.sources.map((each) => each.id))
    if (sources.size !== value.sources.length) context.addIssue({ code: 'custom', message: 'two sources share an id' })
    if (!value.scenes.some((each) => each.id === value.currentSceneId)) {
      context.addIssue({ code: 'custom', message: 'the current scene does not exist' })
    }
    for (const each of value.scenes) {
      if (scenesInside(value, each.id).has(each.id)) context.addIssue({ code: 'custom', message: `scene "${each.name}" shows itself` })
      for (const item of each.items) {
        if (!sources.has(item.sourceId)) context.addIssue({ code: 'custom', message: `an item of scene "${each.name}" uses a source that does not exist` })
      }
    }
  })
export type Show = z.infer<typeof show>

/** The scene on air. */
export const currentScene = (of: Show): Scene => sceneOf(of)

/** A scene by its id, or the one on air; the first one where neither exists. */
export function sceneOf(of: Show, sceneId = of.currentSceneId): Scene {
  const found = of.scenes.find((each) => each.id === sceneId) ?? of.scenes.find((each) => each.id === of.currentSceneId) ?? of.scenes[0]
  if (!found) throw new Error('a show has at least one scene')
  return found
}

/** The scenes that this one shows inside, however deep, by their ids; contains the scene itself when it goes in circles. */
export function scenesInside(of: Pick<Show, 'sources' | 'scenes'>, sceneId: string): Set<string> {
  const nested = new Map(of.sources.flatMap((each) => (each.kind === 'scene' ? [[each.id, each.sceneId] as const] : [])))
  const found = new Set<string>()
  const visit = (id: string): void => {
    for (const { sourceId } of of.scenes.find((each) => each.id === id)?.items ?? []) {
      const inner = nested.get(sourceId)
      if (inner === undefined || found.has(inner)) continue
      found.add(inner)
      visit(inner)
    }
  }
  visit(sceneId)
  return found
}
