import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { profileFile, type Profile, type ProfileFile } from '@shared/domain/profile.ts'
import { firstProblem } from '../base/json-store-problem.ts'

/** A profile's text: readable JSON, without anything that is or may hold a secret. */
export function profileText({ name, encoding, destinations }: Profile): string {
  const file: ProfileFile = { castwright: 'profile', version: 1, name, encoding, destinations: destinations.map(withoutSecrets) }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** Throws StudioError `profile-broken` with what is wrong. */
export function readProfile(text: string): ProfileFile {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch (error) {
    throw new StudioError('profile-broken', 'it is not JSON', { cause: error })
  }
  const read = profileFile.safeParse(parsed)
  if (!read.success) throw new StudioError('profile-broken', firstProblem(read.error))
  return { ...read.data, destinations: read.data.destinations.map(withoutSecrets) }
}

/** Some services put a token into an address: behind the `?`, or before the `@`. */
function withoutSecrets(of: Destination): Destination {
  return { ...of, address: of.address.replace(/[?#].*$/s, '').replace(/^([a-z0-9+.-]+:\/\/)[^/@]*@/i, '$1') }
}
