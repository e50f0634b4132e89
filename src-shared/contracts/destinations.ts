import { z } from 'zod'
import { tokenSource } from '../domain/addresses/token-source.ts'
import { destination, destinationView, MAX_ADDRESS_LENGTH } from '../domain/destination.ts'
import { call, nothing, service } from './service.ts'

/** The key as typed: kept by the host's secret store, never sent back except by `revealKey`. */
const key = z.string().max(2048)

/** SRT's passphrase (10 to 79 characters), or the secret of a WHIP destination's own TURN servers. Empty = none. */
const passphrase = z.string().max(512)

/** What stands behind the `?` of an address, with or without it: some services put a token there. Empty = none. */
const query = z.string().max(MAX_ADDRESS_LENGTH)

export const destinations = service('destinations', {
  calls: {
    /**
     * `key` or `passphrase` undefined = unchanged; so is `query` as long as the rest of the address is. An address with a key or a
     * query in it may be given whole; it is split. `tokenSource`: where fresh tokens come from, null = nowhere, undefined = unchanged.
     * Takes effect at once, live or not.
     */
    save: call(z.object({ destination, key: key.optional(), passphrase: passphrase.optional(), query: query.optional(), tokenSource: tokenSource.nullable().optional() }), destinationView),
    remove: call(z.object({ destinationId: z.string() }), nothing),
    setEnabled: call(z.object({ destinationId: z.string(), enabled: z.boolean() }), nothing),
    reorder: call(z.object({ destinationIds: z.array(z.string()) }), nothing),
    revealKey: call(z.object({ destinationId: z.string() }), z.object({ key: z.string(), passphrase: z.string(), query: z.string(), tokenSource: tokenSource.optional() })),
  },
  topics: { list: z.array(destinationView) },
})
