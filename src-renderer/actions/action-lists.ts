import type { ActionList } from './action.ts'
import { destinationActions } from './lists/destination-actions.ts'
import { drawingActions } from './lists/drawing-actions.ts'
import { editActions } from './lists/edit-actions.ts'
import { layoutActions } from './lists/layout-actions.ts'
import { recordingActions } from './lists/recording-actions.ts'
import { sceneActions } from './lists/scene-actions.ts'
import { sceneListActions } from './lists/scene-list-actions.ts'
import { showActions } from './lists/show-actions.ts'
import { showFileActions } from './lists/show-file-actions.ts'
import { soundActions } from './lists/sound-actions.ts'
import { sourceActions } from './lists/source-actions.ts'
import { windowActions } from './lists/window-actions.ts'

/** Whoever has actions to offer adds a line here. */
export const ACTION_LISTS: readonly ActionList[] = [
  showActions, showFileActions, sceneActions, sceneListActions, layoutActions, soundActions, recordingActions, sourceActions, drawingActions, destinationActions, editActions, windowActions,
]
