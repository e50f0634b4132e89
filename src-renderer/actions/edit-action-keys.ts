import { EDIT_KEYS } from '../composables/edit-command.types.ts'
import type { EditCommandId } from '../composables/edit-command.types.ts'

/** An editing command as the list of actions knows it: its id there, and its usual keys in the form of `combination`. */
export const editAction = (id: EditCommandId): { id: string; defaultKeys: readonly string[] } => ({ id: `edit:${id}`, defaultKeys: (EDIT_KEYS[id] ?? []).map((each) => each.replace('$mod', 'Mod')) })
