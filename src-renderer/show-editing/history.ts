/** How many edits can be taken back. */
export const HISTORY_STEPS = 500

/** States in the order they came about; edits with the same merge key in a row are one step. */
export interface History<T> {
  readonly past: readonly T[]
  readonly present: T
  readonly future: readonly T[]
  /** The key of the last edit while further ones may still join it. */
  readonly mergeKey: string | null
}

export const startHistory = <T>(present: T): History<T> => ({ past: [], present, future: [], mergeKey: null })

/** Adds an edit. `mergeKey`: edits of one gesture share one, so that a drag is taken back as a whole. */
export function record<T>(history: History<T>, next: T, mergeKey: string | null = null): History<T> {
  if (Object.is(next, history.present)) return history
  const joins = mergeKey !== null && mergeKey === history.mergeKey
  const past = joins ? history.past : [...history.past, history.present].slice(-HISTORY_STEPS)
  return { past, present: next, future: [], mergeKey }
}

/** The gesture is over: the next edit is a step of its own whatever its key. */
export const settle = <T>(history: History<T>): History<T> => (history.mergeKey === null ? history : { ...history, mergeKey: null })

/** Takes back the gesture that is going on, as if it had never begun. */
export function abandon<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  return history.mergeKey === null || before === undefined ? history : { past: history.past.slice(0, -1), present: before, future: [], mergeKey: null }
}

export function undo<T>(history: History<T>): History<T> {
  const previous = history.past.at(-1)
  if (previous === undefined) return history
  return { past: history.past.slice(0, -1), present: previous, future: [history.present, ...history.future], mergeKey: null }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.present], present: next, future, mergeKey: null }
}
