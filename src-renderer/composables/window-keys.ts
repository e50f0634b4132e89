import { onScopeDispose } from 'vue'
import { tinykeys } from 'tinykeys'
import { useHistory } from './history.ts'

/** Keys that work anywhere in the window: undo, redo, and F6 from panel to panel. Fields keep their own undo. */
export function useWindowKeys(): void {
  const history = useHistory()
  const outsideFields = (run: () => void) => (event: KeyboardEvent) => {
    if (isField(event.target) || document.querySelector('[role="dialog"], [role="alertdialog"]')) return
    event.preventDefault()
    run()
  }
  const stop = tinykeys(window, {
    '$mod+KeyZ': outsideFields(history.undo),
    '$mod+Shift+KeyZ': outsideFields(history.redo),
    '$mod+KeyY': outsideFields(history.redo),
    F6: (event) => cycleDocks(event, 1),
    'Shift+F6': (event) => cycleDocks(event, -1),
  })
  onScopeDispose(stop)
}

function cycleDocks(event: KeyboardEvent, step: number): void {
  const docks = [...document.querySelectorAll<HTMLElement>('[data-dock]')]
  if (docks.length === 0) return
  event.preventDefault()
  const at = docks.findIndex((each) => each.contains(document.activeElement))
  docks[(at + step + docks.length) % docks.length]?.focus()
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('textarea, input:not([type="color"]):not([type="checkbox"])') || target.isContentEditable)
}
