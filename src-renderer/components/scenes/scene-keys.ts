/** What a key means on a scene of the list. */
export type SceneKey = 'take' | 'rename' | 'duplicate' | 'remove' | 'earlier' | 'later' | 'next' | 'previous' | 'first' | 'last' | 'above' | 'below'

export function sceneKey({ key, altKey, shiftKey, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>): SceneKey | null {
  const command = ctrlKey || metaKey
  if (altKey && !command) return key === 'ArrowUp' || key === 'ArrowLeft' ? 'earlier' : key === 'ArrowDown' || key === 'ArrowRight' ? 'later' : null
  if (command) return key.toLowerCase() === 'd' && !shiftKey ? 'duplicate' : null
  if (key === 'Enter') return shiftKey ? 'take' : null
  return PLAIN[key] ?? null
}

const PLAIN: Readonly<Record<string, SceneKey>> = {
  F2: 'rename', Delete: 'remove', ArrowRight: 'next', ArrowLeft: 'previous', ArrowDown: 'below', ArrowUp: 'above', Home: 'first', End: 'last',
}

/** Which of `count` scenes, in rows of `across`, is reached from one of them; stays at the ends. */
export function reached(key: SceneKey, at: number, count: number, across: number): number {
  const steps: Partial<Record<SceneKey, number>> = { next: 1, previous: -1, below: across, above: -across, first: -count, last: count }
  const to = at + (steps[key] ?? 0)
  if ((key === 'below' || key === 'above') && (to < 0 || to >= count)) return at
  return Math.max(0, Math.min(count - 1, to))
}
