import { z } from 'zod'
import { obsImport } from '../domain/obs-import.ts'
import { show } from '../domain/show.ts'
import { call, nothing, service } from './service.ts'

export const showSummary = z.object({ id: z.string(), name: z.string(), savedAtMs: z.number() })

/** An older state of a show. */
export const generation = z.object({
  id: z.string().max(64),
  /** When that state was saved. */
  savedAtMs: z.number(),
  name: z.string(),
  sceneCount: z.int(),
  sourceCount: z.int(),
})
export type Generation = z.infer<typeof generation>

/** A file goes to main in pieces of at most so many characters. */
export const IMPORT_PART_LENGTH = 4_000_000

/** The page edits the show; main keeps, saves and restores it. What puts another show, or another state of one, in its place fails with `not-while-live`. */
export const shows = service('shows', {
  calls: {
    /** The show to go on with: the last one, the one named on the command line, or a new one. `firstRun` when nothing was ever saved. */
    current: call(z.object({}), z.object({ show, firstRun: z.boolean() })),
    save: call(show, nothing),
    open: call(z.object({ showId: z.string() }), show),
    create: call(z.object({ name: z.string().max(200) }), show),
    /** The copy is open then, and has no older states. */
    duplicate: call(z.object({ showId: z.string(), name: z.string().max(200) }), show),
    /** Its file goes to the trash in the data folder. */
    remove: call(z.object({ showId: z.string() }), nothing),
    /** Its older states, youngest first: at most ten, the nearer to now the closer together. */
    generations: call(z.object({ showId: z.string() }), z.array(generation)),
    /** The show as it was then takes its place; what it was until now becomes an older state. Fails with `not-found`. */
    restore: call(z.object({ showId: z.string(), generationId: z.string().max(64) }), show),
    /** The text of a show file chosen by the user. Fails with `show-broken`, `show-newer` or `show-invalid`. */
    importText: call(z.object({ text: z.string().max(20_000_000) }), show),
    /** A show with its media as JSON Lines: part 0 and as many more as it has pictures, each asked for in turn. */
    beginExport: call(z.object({ showId: z.string() }), z.object({ exportId: z.string(), fileName: z.string(), parts: z.int() })),
    exportPart: call(z.object({ exportId: z.string(), part: z.int().min(0) }), z.object({ text: z.string() })),
    /** A file of `beginExport` or of `exportText`, in pieces; `importId` null with the first. The show comes with the last. Fails as `importText`, and has then changed nothing. */
    importPart: call(
      z.object({ importId: z.string().nullable(), text: z.string().max(IMPORT_PART_LENGTH), isLast: z.boolean() }),
      z.object({ importId: z.string(), show: show.nullable() }),
    ),
    /** A scene collection of OBS 28 to 31, onto the canvas of the show that is open. `canvas`: that of the collection, where the file does not tell. */
    importObs: call(
      z.object({ text: z.string().max(20_000_000), canvas: z.object({ width: z.int().min(16).max(16_384), height: z.int().min(16).max(16_384) }).nullable() }),
      obsImport,
    ),
    exportText: call(z.object({ showId: z.string() }), z.object({ fileName: z.string(), text: z.string() })),
    /** Keeps a picture or the video of a stinger; the page loads it from `assets/<assetId>`. */
    addAsset: call(
      z.object({ mimeType: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif', 'video/webm', 'video/mp4']), base64: z.string().max(40_000_000) }),
      z.object({ assetId: z.string() }),
    ),
  },
  topics: { list: z.array(showSummary) },
})
