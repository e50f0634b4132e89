/** Topics of the list of keys and of the palette, in the order in which they are shown. */
export const ACTION_GROUPS = ['show', 'scenes', 'layouts', 'sound', 'recording', 'sources', 'destinations', 'editing', 'window'] as const
export type ActionGroup = (typeof ACTION_GROUPS)[number]

/** A text by its key, in one language. */
export type Say = (key: string, values?: Record<string, string | number>) => string

/** Something that a key, the palette or a menu may do. There is one list of them; whoever has more to offer adds a list (action-lists.ts). */
export interface StudioAction {
  /** Stays the same for good: keys are kept under it. */
  id: string
  group: ActionGroup
  /** Of the messages; `titleValues` fills it in. */
  titleKey: string
  titleValues?: (say: Say) => Record<string, string>
  /** Where its keys count: `selection` only while the preview or the list of sources has the focus, and there before all others. */
  where?: 'anywhere' | 'selection'
  defaultKeys?: readonly string[]
  /** Not possible now; absent = always possible. */
  enabled?(): boolean
  run?(): void
  /** For as long as the key is down. Such an action has no `run`: nothing but a key can hold it. */
  hold?: { down(): void; up(): void }
  /** A key held down repeats it. */
  repeats?: boolean
  /** Not in the list of keys unless it has some: entries that exist for the palette. */
  paletteFirst?: boolean
}

export const isEnabled = (action: StudioAction): boolean => action.enabled?.() ?? true
export const titleOf = (action: StudioAction, say: Say): string => say(action.titleKey, action.titleValues?.(say) ?? {})

/** Gives its actions as they are now; called in the set-up of a component, so that it may use stores. */
export type ActionList = () => () => readonly StudioAction[]
