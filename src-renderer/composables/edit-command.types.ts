import type { IconName } from '../components/ui/icons.ts'

export const EDIT_COMMAND_IDS = [
  'copy', 'cut', 'paste', 'duplicate', 'remove', 'selectAll', 'selectNone', 'copyTransform', 'pasteTransform', 'editTransform',
  'fit', 'fill', 'stretch', 'centre', 'centreX', 'centreY', 'reset', 'flipX', 'flipY', 'turnRight', 'turnLeft', 'turnOver',
  'alignLeft', 'alignCentre', 'alignRight', 'alignTop', 'alignMiddle', 'alignBottom', 'distributeX', 'distributeY',
  'forward', 'backward', 'front', 'back', 'group', 'ungroup', 'visibility', 'lock', 'intoLayout',
] as const
export type EditCommandId = (typeof EDIT_COMMAND_IDS)[number]

/** Something that is done with what is selected: by key, from the menu or by a button. Its text is `editing.commands.<id>`. */
export interface EditCommand {
  id: EditCommandId
  icon?: IconName
  /** `$mod` is Ctrl, or Command on a Mac. The first one is shown. */
  keys?: readonly string[]
  enabled(): boolean
  run(): void
}

/** The one table of keys. Where other studios have a key for it, it is theirs; the letters with Alt are those of drawing programs. */
export const EDIT_KEYS: Readonly<Partial<Record<EditCommandId, readonly string[]>>> = {
  copy: ['$mod+KeyC'], cut: ['$mod+KeyX'], paste: ['$mod+KeyV'], duplicate: ['$mod+KeyD'], remove: ['Delete', 'Backspace'], selectAll: ['$mod+KeyA'], selectNone: ['Escape'],
  copyTransform: ['$mod+Shift+KeyC'], pasteTransform: ['$mod+Shift+KeyV'], editTransform: ['$mod+KeyE'],
  fit: ['$mod+KeyF'], fill: ['$mod+Shift+KeyF'], stretch: ['$mod+KeyS'], centre: ['Alt+KeyC'], reset: ['$mod+KeyR'], flipX: ['Shift+KeyH'], flipY: ['Shift+KeyV'],
  alignLeft: ['Alt+KeyA'], alignCentre: ['Alt+KeyH'], alignRight: ['Alt+KeyD'], alignTop: ['Alt+KeyW'], alignMiddle: ['Alt+KeyV'], alignBottom: ['Alt+KeyS'],
  distributeX: ['Alt+Shift+KeyH'], distributeY: ['Alt+Shift+KeyV'],
  forward: ['$mod+BracketRight', '$mod+ArrowUp'], backward: ['$mod+BracketLeft', '$mod+ArrowDown'], front: ['$mod+Shift+BracketRight', '$mod+Home'], back: ['$mod+Shift+BracketLeft', '$mod+End'],
  group: ['$mod+KeyG'], ungroup: ['$mod+Shift+KeyG'], visibility: ['$mod+Shift+KeyH'], lock: ['$mod+Shift+KeyL'],
}
