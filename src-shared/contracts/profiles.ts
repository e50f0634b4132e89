import { z } from 'zod'
import { encoding } from '../domain/encoding.ts'
import { profilesState } from '../domain/profile.ts'
import { call, nothing, service } from './service.ts'

const profileId = z.string().max(64)
const name = z.string().max(200)
const made = z.object({ profileId: z.string() })

/** Profiles: encoder settings with destinations. One is in use; the others wait. */
export const profiles = service('profiles', {
  calls: {
    /** With the settings of the open show, and the rehearsal as its only destination. It is not in use yet. */
    create: call(z.object({ name }), made),
    /** Without its keys the copy's destinations are switched off, until they have some. */
    duplicate: call(z.object({ profileId, name, withKeys: z.boolean() }), made),
    rename: call(z.object({ profileId, name }), nothing),
    /** With the keys of its destinations. Fails with `profile-in-use`. */
    remove: call(z.object({ profileId }), nothing),
    /** Its destinations take the place of the present ones; the page gives the encoding to the open show. Fails with `not-while-live`. */
    switchTo: call(z.object({ profileId }), z.object({ encoding })),
    /** Without keys, and without what stands behind the `?` of an address. */
    exportText: call(z.object({ profileId }), z.object({ fileName: z.string(), text: z.string() })),
    /** Its destinations are switched off, until they have keys. Fails with `profile-broken`. */
    importText: call(z.object({ text: z.string().max(20_000_000) }), made),
  },
  topics: { state: profilesState },
})
