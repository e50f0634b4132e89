import type { EditCommand, EditCommandId } from '../../composables/edit-command.types.ts'
import type { MenuEntry } from '../ui/menu.ts'

type Part = EditCommandId | null | { id: 'transform' | 'align' | 'order'; of: readonly (EditCommandId | null)[] }

/** The menu of what is selected; null is a line. */
const PARTS: readonly Part[] = [
  'copy', 'cut', 'paste', 'duplicate', 'remove', null, 'copyTransform', 'pasteTransform',
  { id: 'transform', of: ['editTransform', 'reset', null, 'fit', 'fill', 'stretch', null, 'centre', 'centreX', 'centreY', null, 'flipX', 'flipY', null, 'turnRight', 'turnLeft', 'turnOver', null, 'intoLayout'] },
  { id: 'align', of: ['alignLeft', 'alignCentre', 'alignRight', null, 'alignTop', 'alignMiddle', 'alignBottom', null, 'distributeX', 'distributeY'] },
  { id: 'order', of: ['front', 'forward', 'backward', 'back'] }, null,
  'group', 'ungroup', 'visibility', 'lock', null, 'selectAll',
]

/** The rows as they are now: what cannot be done is faint. `keysOf`: the keys of a command as they are set and written. */
export function editMenu(commands: ReadonlyMap<EditCommandId, EditCommand>, keysOf: (id: EditCommandId) => string, t: (key: string) => string): MenuEntry[] {
  const row = (id: EditCommandId | null, index: number): MenuEntry => {
    const command = id && commands.get(id)
    if (!command) return { id: `line ${index}`, label: '', kind: 'line' }
    const [icon, keys] = [command.icon, keysOf(command.id)]
    return { id: command.id, label: t(`editing.commands.${command.id}`), disabled: !command.enabled(), run: command.run, ...(icon && { icon }), ...(keys && { keys }) }
  }
  return PARTS.map((part, index) =>
    part && typeof part === 'object' ? { id: part.id, label: t(`editing.menus.${part.id}`), entries: part.of.map(row) } : row(part, index))
}
