import { z } from 'zod'
import { encoding } from './encoding.ts'
import { scene } from './scene.ts'
import { source } from './source.ts'

export const SHOW_VERSION = 1

/** A sound source's place in the mixer. -100 dB and below is silence. */
export const strip = z.object({
  volumeDb: z.number().min(-100).max(20),
  muted: z.boolean(),
})
export type Strip = z.infer<typeof strip>

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
  })
  .superRefine((value, context) => {
    const sources = new Set(value.sources.map((each) => each.id))
    if (sources.size !== value.sources.length) context.addIssue({ code: 'custom', message: 'two sources share an id' })
    if (!value.scenes.some((each) => each.id === value.currentSceneId)) {
      context.addIssue({ code: 'custom', message: 'the current scene does not exist' })
    }
    for (const each of value.scenes) {
      for (const item of each.items) {
        if (!sources.has(item.sourceId)) context.addIssue({ code: 'custom', message: `an item of scene "${each.name}" uses a source that does not exist` })
      }
    }
  })
export type Show = z.infer<typeof show>

export const DEFAULT_STRIP: Strip = { volumeDb: 0, muted: false }

export function currentScene(of: Show): Show['scenes'][number] {
  const found = of.scenes.find((each) => each.id === of.currentSceneId) ?? of.scenes[0]
  if (!found) throw new Error('a show has at least one scene')
  return found
}
