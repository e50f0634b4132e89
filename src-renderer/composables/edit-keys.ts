import { combinationsOf } from '../actions/combination.ts'
import { editAction } from '../actions/edit-action-keys.ts'
import { useHotkeysStore } from '../actions/hotkeys-store.ts'
import { useEditCommands } from './edit-commands.ts'
import { EDIT_KEYS } from './edit-command.types.ts'
import type { EditCommand, EditCommandId } from './edit-command.types.ts'

/** Runs the command that a key stands for; true when there was one that could be run. For places where what is selected is meant. */
export function useEditKeys(commands: ReadonlyMap<EditCommandId, EditCommand> = useEditCommands()): (event: KeyboardEvent) => boolean {
  const hotkeys = useHotkeysStore()
  return (event) => {
    const pressed = combinationsOf(event)
    const found = [...commands.values()].find(({ id }) => hotkeys.keysOf(editAction(id)).some((each) => pressed.includes(each)))
    if (!found) return false
    // A key of ours is never the browser's, even when there is nothing to do: Ctrl+R must not reload the page.
    event.preventDefault()
    if (!found.enabled()) return false
    found.run()
    return true
  }
}

const NAMES: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']', ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del' }
const MAC = { $mod: '⌘', Alt: '⌥', Shift: '⇧' } as const

/** A key as it is written on this kind of keyboard: `Ctrl+Shift+C`, `⌘⇧C`. */
export function keysText(keys: string, mac = /Mac|iP(hone|ad)/.test(navigator.platform)): string {
  const parts = keys.split('+').map((part) => (part in MAC ? (mac ? MAC[part as keyof typeof MAC] : part === '$mod' ? 'Ctrl' : part) : (NAMES[part] ?? part.replace(/^Key/, ''))))
  return parts.join(mac ? '' : '+')
}

/** The shown key of a command, or none. */
export const keysOf = (id: EditCommandId): string | undefined => {
  const keys = EDIT_KEYS[id]?.[0]
  return keys === undefined ? undefined : keysText(keys)
}
