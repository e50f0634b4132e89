import { join } from 'node:path'
import { z } from 'zod'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import { MAX_PROFILES, profile } from '@shared/domain/profile.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { REHEARSAL } from '../settings/destinations.ts'

/** While `arriving`, the active profile's destinations are still to be put in place: the studio may be ended in between. */
const kept = z
  .object({ activeId: z.string(), arriving: z.boolean(), profiles: z.array(profile).min(1).max(MAX_PROFILES) })
  .refine(({ activeId, profiles }) => profiles.some(({ id }) => id === activeId), 'the profile in use does not exist')
export type KeptProfiles = z.infer<typeof kept>

export interface ProfilesFileOptions {
  dataDir: string
  /** A run whose destinations come from the command line leaves the profiles alone: there is one, and nothing is kept. */
  forgets: boolean
  /** Of the first profile. */
  encoding: Encoding
  newId: () => string
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  onFailure: (failure: StudioError) => void
}

/** The file with the user's profiles; at first there is one, which is in use and has the destinations that there are. */
export async function openProfilesFile({ dataDir, forgets, encoding, newId, clock, onFailure }: ProfilesFileOptions): Promise<JsonStore<KeptProfiles>> {
  const initial = (): KeptProfiles => {
    const id = newId()
    return { activeId: id, arriving: false, profiles: [{ id, name: '', encoding, destinations: [REHEARSAL] }] }
  }
  if (forgets) return JsonStore.inMemory(initial())
  return JsonStore.open({ path: join(dataDir, 'profiles.json'), version: 1, schema: kept, initial, clock, onFailure })
}
