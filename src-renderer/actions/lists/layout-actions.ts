import { LAYOUT_ACTIONS } from '../../components/layout/layout-actions.ts'
import { useShowStore } from '../../stores/show-store.ts'
import type { ActionList } from '../action.ts'

/** The teacher's presets have keys of their own. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  'layout:slides-and-camera': ['Alt+Shift+Digit1'], 'layout:side-by-side': ['Alt+Shift+Digit2'], 'layout:camera-only': ['Alt+Shift+Digit3'],
  'layout:screen-only': ['Alt+Shift+Digit4'], 'layout:two-cameras': ['Alt+Shift+Digit5'],
}

/** How pictures share the canvas. */
export const layoutActions: ActionList = () => {
  const shows = useShowStore()
  return () =>
    LAYOUT_ACTIONS.map(({ id, titleKey, missing, run }) => ({
      id, titleKey: 'actions.layout', titleValues: (say) => ({ name: say(titleKey) }), group: 'layouts', defaultKeys: KEYS[id] ?? [],
      enabled: () => missing(shows).length === 0, run: () => run(shows),
    }))
}
