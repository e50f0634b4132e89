import { placeItems } from '../show-editing/item-edits.ts'
import { unitOf } from '../show-editing/selection.ts'
import { useShowStore } from '../stores/show-store.ts'
import { useEditKeys } from './edit-keys.ts'
import { usePlacedScene } from './placed-scene.ts'

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * Keys of the preview: arrows move what is selected by 1 px, with Shift by 10; Tab and the Page keys go from item to item (Tab leaves
 * behind the last one, and after Escape), Enter goes into a group; all else as the table of commands says.
 */
export function usePreviewKeys(): (event: KeyboardEvent) => void {
  const shows = useShowStore()
  const placed = usePlacedScene()
  const commands = useEditKeys()
  let letGo = false

  /** Front to back; groups are one stop. False where there is no further one. */
  function selectNext(step: 1 | -1, round: boolean): boolean {
    const scene = shows.scene
    if (!scene) return false
    const stops = [...new Set(scene.items.toReversed().map((each) => unitOf(scene, each.id, shows.selection).toSorted().join(' ')))].map((each) => each.split(' '))
    const at = stops.findIndex((each) => shows.selectedId !== null && each.includes(shows.selectedId))
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : at + step
    const stop = stops[round ? (next + stops.length) % stops.length : next]
    if (!stop) return false
    shows.selection = stop
    return true
  }

  function nudge(step: readonly [number, number], pixels: number): void {
    const patches = new Map(placed.selected.value.map((item) => [item.id, { x: item.x + step[0] * pixels, y: item.y + step[1] * pixels }]))
    shows.edit(placeItems(placed.selected.value, patches), 'nudge')
  }

  /** Alone, as with a double click. */
  function enterGroup(): boolean {
    const primary = shows.selectedId
    if (shows.selection.length < 2 || primary === null) return false
    shows.selection = [primary]
    return true
  }

  function handle(event: KeyboardEvent): boolean {
    if (event.key === 'Escape') letGo = true
    if (commands(event)) return true
    if (event.altKey || event.ctrlKey || event.metaKey) return false
    const step = STEPS[event.key]
    if (step && shows.selectedItem) nudge(step, event.shiftKey ? 10 : 1)
    else if (event.key === 'PageUp' || event.key === 'PageDown') return selectNext(event.key === 'PageUp' ? -1 : 1, true)
    else if (event.key === 'Tab' && !letGo) return selectNext(event.shiftKey ? -1 : 1, false)
    else if (event.key === 'Enter') return enterGroup()
    else return false
    return true
  }

  return (event) => {
    const handled = handle(event)
    if (handled) event.preventDefault()
    if (event.key !== 'Escape' && event.key !== 'Shift') letGo = false
  }
}
