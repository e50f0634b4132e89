import { z } from 'zod'
import { webPageSource } from '../domain/source.ts'
import { call, nothing, service } from './service.ts'

/** Web pages drawn out of sight by the host, for the page's engine to capture. */
export const webPages = service('webPages', {
  calls: {
    /** Draws it, in place of the one before of the same source. Fails with `not-found` where the host cannot, `address-invalid` for anything but http and https. */
    open: call(webPageSource, z.object({ /** For `getUserMedia`, by this page alone and within 10 s. */ mediaSourceId: z.string() })),
    close: call(z.object({ sourceId: z.string() }), nothing),
  },
  topics: {},
})
