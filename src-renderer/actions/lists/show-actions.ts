import { useLiveCommand } from '../../composables/live-command.ts'
import { useHistory } from '../../composables/history.ts'
import { useBroadcastStore } from '../../stores/broadcast-store.ts'
import { usePreflightStore } from '../../stores/preflight-store.ts'
import { useShowStore } from '../../stores/show-store.ts'
import type { ActionList } from '../action.ts'

/** On air and off, and what was done to the show. */
export const showActions: ActionList = () => {
  const broadcast = useBroadcastStore()
  const shows = useShowStore()
  const live = useLiveCommand()
  const preflight = usePreflightStore()
  const history = useHistory()
  return () => [
    { id: 'live:start', group: 'show', titleKey: 'live.goLive', defaultKeys: ['Mod+Shift+Enter'], enabled: () => !broadcast.status.live && live.possible.value, run: () => void live.press() },
    { id: 'live:check', group: 'show', titleKey: 'preflight.action', enabled: () => !preflight.checking, run: () => void preflight.check() },
    { id: 'live:end', group: 'show', titleKey: 'actions.endShow', defaultKeys: ['Mod+Shift+Backspace'], enabled: () => broadcast.status.live && live.possible.value, run: () => void live.press() },
    { id: 'history:undo', group: 'editing', titleKey: 'actions.undo', defaultKeys: ['Mod+KeyZ'], repeats: true, enabled: () => shows.canUndo, run: history.undo },
    { id: 'history:redo', group: 'editing', titleKey: 'actions.redo', defaultKeys: ['Mod+Shift+KeyZ', 'Mod+KeyY'], repeats: true, enabled: () => shows.canRedo, run: history.redo },
  ]
}
