import { useProfiles } from '../../components/shows/profiles.ts'
import { useSecondCanvas } from '../../composables/second-canvas.ts'
import { useShowCommands } from '../../composables/show-commands.ts'
import { enableSecond } from '../../show-editing/second-edits.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { useWindowStore } from '../../stores/window-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** Whole shows and profiles, as in the show's menu, and the second canvas. */
export const showFileActions: ActionList = () => {
  const commands = useShowCommands()
  const { state, switchTo } = useProfiles()
  const { second, flowing } = useSecondCanvas()
  const shows = useShowStore()
  const dialogs = useWindowStore()
  const offAir = () => !commands.live.value
  const entry = (id: string, titleKey: string, run: () => void, enabled = () => true): StudioAction => ({ id, group: 'show', titleKey, paletteFirst: true, enabled, run })

  return () => [
    entry('show:new', 'shows.create', () => void commands.create(), offAir),
    entry('show:duplicate', 'showTools.duplicate', () => void commands.duplicate(), offAir),
    ...commands.others.value.map(({ id, name }) => ({ ...entry(`show:open:${id}`, 'actions.openShow', () => void commands.open(id), offAir), titleValues: () => ({ name }) })),
    entry('show:older', 'showTools.older', () => void (dialogs.dialog = 'older-states')),
    entry('show:import', 'shows.import', () => void commands.importFile(), offAir),
    entry('show:import-obs', 'showTools.fromObs', () => void (dialogs.dialog = 'obs-import'), offAir),
    entry('show:export', 'shows.export', () => void commands.exportFile()),
    entry('show:profiles', 'showTools.profiles', () => void (dialogs.dialog = 'profiles')),
    entry('show:remove', 'showTools.remove', () => void (dialogs.dialog = 'remove-show'), offAir),
    ...state.value.profiles.map(({ id, name }) => ({
      ...entry(`profile:use:${id}`, 'actions.useProfile', () => void switchTo(id), () => offAir() && state.value.activeId !== id),
      titleValues: (say) => ({ name: name || say('profiles.unnamed') }),
    }) satisfies StudioAction),
    entry('show:second-canvas', 'actions.secondCanvas', () => shows.edit(enableSecond(second.value === null)), () => !flowing.value),
  ]
}
