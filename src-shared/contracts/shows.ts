import { z } from 'zod'
import { show } from '../domain/show.ts'
import { call, nothing, service } from './service.ts'

export const showSummary = z.object({ id: z.string(), name: z.string(), savedAtMs: z.number() })

/** The page edits the show; main keeps, saves and restores it. */
export const shows = service('shows', {
  calls: {
    /** The show to go on with: the last one, the one named on the command line, or a new one. `firstRun` when nothing was ever saved. */
    current: call(z.object({}), z.object({ show, firstRun: z.boolean() })),
    save: call(show, nothing),
    open: call(z.object({ showId: z.string() }), show),
    create: call(z.object({ name: z.string().max(200) }), show),
    remove: call(z.object({ showId: z.string() }), nothing),
    /** The text of a show file chosen by the user. Fails with `show-broken`, `show-newer` or `show-invalid`. */
    importText: call(z.object({ text: z.string().max(20_000_000) }), show),
    exportText: call(z.object({ showId: z.string() }), z.object({ fileName: z.string(), text: z.string() })),
    /** Keeps a picture; the page loads it from `assets/<assetId>`. */
    addAsset: call(
      z.object({ mimeType: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif']), base64: z.string().max(40_000_000) }),
      z.object({ assetId: z.string() }),
    ),
  },
  topics: { list: z.array(showSummary) },
})
