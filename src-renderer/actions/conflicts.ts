import type { StudioAction } from './action.ts'

export interface Conflict {
  combination: string
  /** The other action's id. */
  withId: string
}

/**
 * Actions that share a combination, by id. In the preview and the list of sources the keys of what is selected come first, so an action
 * there and one of the whole window may share one.
 */
export function conflictsOf(actions: readonly StudioAction[], keysOf: (action: StudioAction) => readonly string[]): Map<string, Conflict[]> {
  const users = new Map<string, StudioAction[]>()
  for (const action of actions) {
    for (const combination of keysOf(action)) {
      const place = `${action.where ?? 'anywhere'} ${combination}`
      users.set(place, [...(users.get(place) ?? []), action])
    }
  }
  const found = new Map<string, Conflict[]>()
  for (const [place, sharing] of users) {
    const combination = place.slice(place.indexOf(' ') + 1)
    for (const action of sharing) {
      const others = sharing.filter((each) => each.id !== action.id).map((each): Conflict => ({ combination, withId: each.id }))
      if (others.length > 0) found.set(action.id, [...(found.get(action.id) ?? []), ...others])
    }
  }
  return found
}
