import { z } from 'zod'
import { destination, destinationView } from '../domain/destination.ts'
import { call, nothing, service } from './service.ts'

/** The key as typed: kept by the host's secret store, never sent back except by `revealKey`. */
const key = z.string().max(2048)

/** SRT's passphrase (10 to 79 characters), or the secret of a WHIP destination's own TURN servers. Empty = none. */
const passphrase = z.string().max(512)

export const destinations = service('destinations', {
  calls: {
    /** `key` or `passphrase` undefined = unchanged. An address with a key in it may be given whole; it is split. Takes effect at once, live or not. */
    save: call(z.object({ destination, key: key.optional(), passphrase: passphrase.optional() }), destinationView),
    remove: call(z.object({ destinationId: z.string() }), nothing),
    setEnabled: call(z.object({ destinationId: z.string(), enabled: z.boolean() }), nothing),
    reorder: call(z.object({ destinationIds: z.array(z.string()) }), nothing),
    revealKey: call(z.object({ destinationId: z.string() }), z.object({ key: z.string(), passphrase: z.string() })),
  },
  topics: { list: z.array(destinationView) },
})
