import { onScopeDispose } from 'vue'
import { isEnabled } from '../actions/action.ts'
import type { StudioAction } from '../actions/action.ts'
import type { Actions } from '../actions/actions.ts'
import { combinationsOf, isFunctionKey } from '../actions/combination.ts'
import { useHotkeysStore } from '../actions/hotkeys-store.ts'

/** What of the list of hotkeys the window's keys need. */
type Keys = Pick<ReturnType<typeof useHotkeysStore>, 'keysOf' | 'recording'>

/**
 * Runs the actions of the whole window by their keys, and holds those that want to be held. Keys typed in fields are the field's, but for
 * F1 to F24; keys that a control needs (Space on a button, arrows in a menu) are the control's; while a dialog is open, all are the dialog's.
 */
export function useWindowKeys(actions: Actions): void {
  const hotkeys = useHotkeysStore()
  const stop = listen(window, () => actions.value, hotkeys)
  onScopeDispose(stop)
}

/** Exported for its test. */
export function listen(at: Window, actions: () => readonly StudioAction[], hotkeys: Keys): () => void {
  const held = new Map<string, StudioAction>()

  function wanted(event: KeyboardEvent): StudioAction | undefined {
    const combinations = combinationsOf(event).filter((each) => mayRun(event.target, each))
    if (combinations.length === 0) return undefined
    const found = actions().filter((action) => hotkeys.keysOf(action).some((each) => combinations.includes(each)))
    const here = found.filter((action) => action.where !== 'selection' || isAboutSelection(event.target))
    const first = here.find((action) => action.where === 'selection' && isEnabled(action))
    return first ?? here.find(isEnabled) ?? here[0]
  }

  function onDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || hotkeys.recording || isDialogOpen()) return
    const action = wanted(event)
    if (!action) return
    // A key of ours is never the browser's, even when there is nothing to do: Ctrl+R must not reload the page.
    event.preventDefault()
    if (!isEnabled(action) || (event.repeat && !action.repeats)) return
    if (!action.hold) return action.run?.()
    if (held.has(event.code)) return
    held.set(event.code, action)
    action.hold.down()
  }

  /** Some controls take Enter and Space for themselves whatever is held with them: a switch would turn instead of the show going live. */
  function onDownFirst(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey || event.altKey) || !(event.target instanceof Element) || !event.target.matches(CONTROL)) return
    onDown(event)
    if (event.defaultPrevented) event.stopPropagation()
  }

  /** Whatever else has changed meanwhile: who was held is let go. */
  function onUp(event: KeyboardEvent): void {
    held.get(event.code)?.hold?.up()
    held.delete(event.code)
  }

  function letGo(): void {
    for (const action of held.values()) action.hold?.up()
    held.clear()
  }

  at.addEventListener('keydown', onDownFirst, true)
  at.addEventListener('keydown', onDown)
  at.addEventListener('keyup', onUp)
  at.addEventListener('blur', letGo)
  return () => {
    letGo()
    at.removeEventListener('keydown', onDownFirst, true)
    at.removeEventListener('keydown', onDown)
    at.removeEventListener('keyup', onUp)
    at.removeEventListener('blur', letGo)
  }
}

const isDialogOpen = (): boolean =>
  [...document.querySelectorAll<HTMLElement>('[role="dialog"], [role="alertdialog"]')].some((each) => each.dataset['state'] !== 'closed' && each.checkVisibility())
const isAboutSelection = (target: EventTarget | null): boolean => target instanceof Element && target.closest('[role="application"], [data-selection-keys]') !== null

const FIELD = 'textarea, select, input:not([type="color"], [type="checkbox"], [type="radio"], [type="button"], [type="range"])'
/** Keys without Ctrl or Alt that these need for themselves. */
const CONTROL = 'button, a[href], summary, [role="slider"], [role="tab"], [role="separator"], [role="radio"], [role="switch"], input'
const PICKING = '[role="menu"], [role="listbox"], [role="combobox"]'
const CONTROL_KEY = /^(Shift\+)?(Space|Enter|NumpadEnter|Tab|Escape|Arrow\w+|Page\w+|Home|End)$/

function mayRun(target: EventTarget | null, combination: string): boolean {
  if (!(target instanceof HTMLElement) || isFunctionKey(combination)) return true
  if (target.matches(FIELD) || target.isContentEditable) return false
  if (target.closest(PICKING)) return /^(Mod|Alt|Ctrl|Meta)\+/.test(combination)
  return !(CONTROL_KEY.test(combination) && target.closest(CONTROL))
}
