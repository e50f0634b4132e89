import { useShowStore } from '../stores/show-store.ts'
import { changeItem, removeItem, removeSource } from '../show-editing/show-edits.ts'

const STEPS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** Arrow keys move what is selected by 1 px, with Shift by 10; Page keys select; Delete removes; Escape lets go. */
export function usePreviewKeys(): (event: KeyboardEvent) => void {
  const shows = useShowStore()

  function selectNext(step: number): void {
    const items = shows.scene?.items ?? []
    if (items.length === 0) return
    const at = items.findIndex((each) => each.id === shows.selectedId)
    const next = at < 0 ? items.length - 1 : (at + step + items.length) % items.length
    shows.selectedId = items[next]?.id ?? null
  }

  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = STEPS[event.key]
    const item = shows.selectedItem
    if (step && item) {
      const pixels = event.shiftKey ? 10 : 1
      shows.edit(changeItem(item.id, { x: item.x + step[0] * pixels, y: item.y + step[1] * pixels }), `nudge ${item.id}`)
    } else if (event.key === 'PageUp') selectNext(1)
    else if (event.key === 'PageDown') selectNext(-1)
    else if (event.key === 'Escape') shows.selectedId = null
    else if ((event.key === 'Delete' || event.key === 'Backspace') && shows.selectedSource) removeSelected()
    else return
    event.preventDefault()
  }

  function removeSelected(): void {
    const [item, source] = [shows.selectedItem, shows.selectedSource]
    if (item) shows.edit(removeItem(item.id))
    else if (source) shows.edit(removeSource(source.id))
    shows.selectedId = null
  }
}
