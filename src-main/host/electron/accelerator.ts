/** Electron's names of keys that are called otherwise in `KeyboardEvent.code`: https://www.electronjs.org/docs/latest/api/accelerator. */
const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', Space: 'Space', Enter: 'Return', Escape: 'Escape', Tab: 'Tab', Backspace: 'Backspace',
  Delete: 'Delete', Insert: 'Insert', Home: 'Home', End: 'End', PageUp: 'PageUp', PageDown: 'PageDown', PrintScreen: 'PrintScreen', CapsLock: 'Capslock', NumLock: 'Numlock',
  ScrollLock: 'Scrolllock', Minus: '-', Equal: '=', BracketLeft: '[', BracketRight: ']', Backslash: '\\', Semicolon: ';', Quote: "'", Backquote: '`', Comma: ',', Period: '.', Slash: '/',
  NumpadAdd: 'numadd', NumpadSubtract: 'numsub', NumpadMultiply: 'nummult', NumpadDivide: 'numdiv', NumpadDecimal: 'numdec',
  MediaPlayPause: 'MediaPlayPause', MediaStop: 'MediaStop', MediaTrackNext: 'MediaNextTrack', MediaTrackPrevious: 'MediaPreviousTrack',
}
const MODIFIERS: Readonly<Record<string, string>> = { Mod: 'CommandOrControl', Ctrl: 'Control', Alt: 'Alt', Shift: 'Shift', Meta: 'Meta' }

/** `Mod+Shift+KeyA` → `CommandOrControl+Shift+A`; null for keys that Electron has no name for. */
export function accelerator(combination: string): string | null {
  const parts = combination.split('+')
  const code = parts.pop() ?? ''
  const key = keyName(code)
  const modifiers = parts.map((each) => MODIFIERS[each])
  if (key === null || modifiers.includes(undefined)) return null
  return [...modifiers, key].join('+')
}

function keyName(code: string): string | null {
  const [, letter, digit, numpad] = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code) ?? []
  if (letter ?? digit) return letter ?? digit ?? null
  if (numpad) return `num${numpad}`
  return /^F([1-9]|1\d|2[0-4])$/.test(code) ? code : (NAMES[code] ?? null)
}
