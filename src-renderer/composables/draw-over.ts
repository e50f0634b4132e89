import { computed } from 'vue'
import { changeItems } from '../show-editing/item-edits.ts'
import { useDrawingStore } from '../stores/drawing-store.ts'
import type { TOOLS } from '../stores/drawing-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { useAddSource } from './add-source.ts'

/** Drawing over the edited scene with one click: a scene without a sheet gets one, a hidden sheet is shown. */
export function useDrawOver() {
  const shows = useShowStore()
  const drawing = useDrawingStore()
  const { add } = useAddSource()

  function takeSheet(): void {
    if (drawing.item) return
    const sheets = new Set(shows.show?.sources.flatMap(({ id, kind }) => (kind === 'annotation' ? [id] : [])))
    const hidden = shows.scene?.items.findLast((each) => sheets.has(each.sourceId))
    if (hidden) shows.edit(changeItems([hidden.id], { visible: true }))
    else add({ kind: 'annotation' })
  }

  function begin(tool = drawing.tool): void {
    takeSheet()
    drawing.tool = tool
    drawing.begin()
  }

  return {
    possible: computed(() => shows.show !== null),
    active: computed(() => drawing.active),
    /** Goes on with another tool, or begins with it. */
    use: (tool: (typeof TOOLS)[number]) => (drawing.active ? (drawing.tool = tool) : begin(tool)),
    toggle: () => (drawing.active ? drawing.end() : begin()),
  }
}
