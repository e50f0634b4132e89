import { z } from 'zod'

/**
 * A combination of keys as it is kept: `Mod+Shift+KeyA`. Modifiers first, in the order Mod, Ctrl, Alt, Shift, Meta; then the place of the
 * key on the keyboard (`KeyboardEvent.code`), so that it stays the same key in every keyboard layout, or one character (`?`) for signs
 * that are elsewhere on every keyboard. `Mod` is Ctrl, and Command on a Mac.
 */
export const combination = z.string().min(1).max(60)

/** An action takes at most so many combinations. */
export const MAX_COMBINATIONS = 6

/** What the user has set about keys. */
export const hotkeyPreferences = z.object({
  /** By the action's id; an action that is not named has its usual keys, an empty list none. */
  keys: z.record(z.string().max(200), z.array(combination).max(MAX_COMBINATIONS)),
  /** Actions whose keys are to work while another window is in front, where the host can do that. */
  global: z.array(z.string().max(200)).max(200),
})
export type HotkeyPreferences = z.infer<typeof hotkeyPreferences>

export const NO_HOTKEY_CHANGES: HotkeyPreferences = { keys: {}, global: [] }
