/** What is needed of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, 'code' | 'key' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'isComposing' | 'getModifierState'>

export const onMac = (): boolean => /Mac|iP(hone|ad)/.test(navigator.platform)

/**
 * How a press may be written (`combination` in the domain): by its place on the keyboard and, for signs, by what it types. Empty for
 * modifiers alone, for what an input method is composing, and for AltGr, which types signs in many layouts.
 */
export function combinationsOf(event: KeyPress, mac = onMac()): string[] {
  if (event.isComposing || event.code === '' || /^(Control|Alt|Shift|Meta|OS)(Left|Right)?$/.test(event.code)) return []
  if (event.getModifierState('AltGraph')) return []
  const modifiers = (shift: boolean) =>
    [
      (mac ? event.metaKey : event.ctrlKey) && 'Mod', mac && event.ctrlKey && 'Ctrl', event.altKey && 'Alt', shift && event.shiftKey && 'Shift', !mac && event.metaKey && 'Meta',
    ].filter((each) => each !== false)
  const byPlace = [...modifiers(true), event.code].join('+')
  const isSign = event.key.length === 1 && !/[\p{L}\p{N}\s+]/u.test(event.key)
  return isSign ? [byPlace, [...modifiers(false), event.key].join('+')] : [byPlace]
}

const NAMES: Readonly<Record<string, string>> = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', Delete: 'Del', PageUp: 'Page Up', PageDown: 'Page Down', BracketLeft: '[', BracketRight: ']',
  Comma: ',', Period: '.', Slash: '/', Backslash: '\\', Semicolon: ';', Quote: "'", Backquote: '`', Minus: '-', Equal: '=', NumpadAdd: 'Num +', NumpadSubtract: 'Num -',
  NumpadMultiply: 'Num *', NumpadDivide: 'Num /', NumpadEnter: 'Num Enter', NumpadDecimal: 'Num .',
}
const SIGNS = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' } as const

/** As it is written on this keyboard: `Ctrl+Shift+C`, `⇧⌘C`. `labels`: what the keyboard's layout types, by the key's place. */
export function combinationText(combination: string, labels: ReadonlyMap<string, string> = new Map(), mac = onMac()): string {
  const parts = combination.split('+')
  const key = parts.pop() ?? ''
  const name = labels.get(key)?.toUpperCase() ?? NAMES[key] ?? key.replace(/^(Key|Digit)(?=.$)/, '').replace(/^Numpad(?=\d)/, 'Num ')
  if (!mac) return [...parts.map((each) => (each === 'Mod' ? 'Ctrl' : each === 'Meta' ? 'Win' : each)), name].join('+')
  const order = ['Ctrl', 'Alt', 'Shift', 'Mod', 'Meta'] as const
  return order.filter((each) => parts.includes(each)).map((each) => SIGNS[each]).join('') + name
}

/** Pressed in a field, it writes or moves nothing: F1 to F24. */
export const isFunctionKey = (combination: string): boolean => /(^|\+)F\d{1,2}$/.test(combination)
