import { TOOLS, useDrawingStore } from '../../stores/drawing-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** Drawing over the picture: begun, with each tool, taken back, wiped away. */
export const drawingActions: ActionList = () => {
  const drawing = useDrawingStore()
  const on = (): boolean => drawing.active
  return () => [
    { id: 'drawing:toggle', group: 'sources', titleKey: 'drawing.toggle', enabled: () => on() || drawing.item !== null, run: () => (on() ? drawing.end() : drawing.begin()) },
    ...TOOLS.map((tool): StudioAction => ({
      id: `drawing:tool:${tool}`, group: 'sources', titleKey: 'drawing.useTool', titleValues: (say) => ({ tool: say(`drawing.tools.${tool}`) }), paletteFirst: true,
      enabled: () => drawing.item !== null,
      run() {
        drawing.tool = tool
        if (!on()) drawing.begin()
      },
    })),
    { id: 'drawing:undo', group: 'sources', titleKey: 'drawing.undo', paletteFirst: true, enabled: () => on() && drawing.can.undo, run: () => drawing.act((board) => board.undo()) },
    { id: 'drawing:clear', group: 'sources', titleKey: 'drawing.clearAll', enabled: () => drawing.can.clear, run: () => drawing.act((board) => board.clear()) },
  ]
}
