import { useEditCommands } from '../../composables/edit-commands.ts'
import type { ActionList } from '../action.ts'
import { editAction } from '../edit-action-keys.ts'

/** What is done with what is selected. Its keys count in the preview and in the list of sources. */
export const editActions: ActionList = () => {
  const commands = useEditCommands()
  return () => [...commands.values()].map(({ id, enabled, run }) => ({ ...editAction(id), group: 'editing', where: 'selection', titleKey: `editing.commands.${id}`, repeats: true, enabled, run }))
}
