import { z } from 'zod'
import { destination } from './destination.ts'
import { encoding } from './encoding.ts'

export const MAX_PROFILES = 50
export const MAX_PROFILE_DESTINATIONS = 50

/** How and where to: the encoder's settings and the destinations. Their secrets are in the secret store, under the destinations' ids. */
export const profile = z.object({
  id: z.string().min(1).max(64),
  /** Empty = the one from the first start, which the studio names. */
  name: z.string().max(200),
  encoding,
  destinations: z.array(destination).max(MAX_PROFILE_DESTINATIONS),
})
export type Profile = z.infer<typeof profile>

/** What the page shows of a profile. */
export const profileSummary = z.object({ id: z.string(), name: z.string(), encoding, destinationNames: z.array(z.string()) })
export type ProfileSummary = z.infer<typeof profileSummary>

/** `activeId`: the one in use. Its destinations are those of the studio. */
export const profilesState = z.object({ activeId: z.string(), profiles: z.array(profileSummary) })
export type ProfilesState = z.infer<typeof profilesState>

/** A profile as a file: without ids, and without anything secret. */
export const profileFile = profile.omit({ id: true }).extend({ castwright: z.literal('profile'), version: z.literal(1) })
export type ProfileFile = z.infer<typeof profileFile>
