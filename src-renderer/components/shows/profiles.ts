import { onScopeDispose, shallowRef } from 'vue'
import type { ProfilesState } from '@shared/domain/profile.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { useBridge } from '../../base/given.ts'
import { changeEncoding } from '../../show-editing/show-edits.ts'
import { useNoticesStore } from '../../stores/notices-store.ts'
import { useShowStore } from '../../stores/show-store.ts'

/** The profiles as main has them, and switching between them with the open show. */
export function useProfiles() {
  const bridge = useBridge()
  const shows = useShowStore()
  const notices = useNoticesStore()
  const state = shallowRef<ProfilesState>({ activeId: '', profiles: [] })
  onScopeDispose(bridge.profiles.watch('state', (next) => (state.value = next)))

  const applyEncoding = (encoding: Encoding): void => shows.edit(changeEncoding(encoding))

  /** What was set in the show until now is still the old profile's: it is saved first. */
  async function switchTo(profileId: string): Promise<void> {
    shows.flush()
    const answer = await notices.guard(() => bridge.profiles.switchTo({ profileId }))
    if (answer) applyEncoding(answer.encoding)
  }
  return { state, switchTo, applyEncoding }
}

export const sameEncoding = (a: Encoding, b: Encoding): boolean => (Object.keys(a) as (keyof Encoding)[]).every((key) => a[key] === b[key])
