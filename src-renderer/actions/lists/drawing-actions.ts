import { useDrawOver } from '../../composables/draw-over.ts'
import { TOOLS, useDrawingStore } from '../../stores/drawing-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** Drawing over the picture: begun, with each tool, taken back, wiped away. */
export const drawingActions: ActionList = () => {
  const drawing = useDrawingStore()
  const { possible, toggle, use } = useDrawOver()
  const enabled = () => possible.value
  return () => [
    { id: 'drawing:toggle', group: 'sources', titleKey: 'drawing.toggle', defaultKeys: ['Mod+Shift+KeyD'], enabled, run: toggle },
    ...TOOLS.map((tool): StudioAction => ({
      id: `drawing:tool:${tool}`, group: 'sources', titleKey: 'drawing.useTool', titleValues: (say) => ({ tool: say(`drawing.tools.${tool}`) }), paletteFirst: true, enabled, run: () => use(tool),
    })),
    { id: 'drawing:undo', group: 'sources', titleKey: 'drawing.undo', paletteFirst: true, enabled: () => drawing.active && drawing.can.undo, run: () => drawing.act((board) => board.undo()) },
    { id: 'drawing:clear', group: 'sources', titleKey: 'drawing.clearAll', enabled: () => drawing.can.clear, run: () => drawing.act((board) => board.clear()) },
  ]
}
