import { combinationsOf } from '../actions/combination.ts'
import { editAction } from '../actions/edit-action-keys.ts'
import { useHotkeysStore } from '../actions/hotkeys-store.ts'
import { useEditCommands } from './edit-commands.ts'
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

/** How the first key of a command is written, as it is set now; empty where it has none. */
export function useShownEditKeys(): (id: EditCommandId) => string {
  const hotkeys = useHotkeysStore()
  return (id) => hotkeys.shown(editAction(id))
}
