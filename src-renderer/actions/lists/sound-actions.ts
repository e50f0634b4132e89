import { canHaveSound } from '@shared/domain/source.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import { useEngine } from '../../base/given.ts'
import { changeStrip } from '../../show-editing/show-edits.ts'
import { useShowStore } from '../../stores/show-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** Each strip of the mixer: mute, listen alone, and talk while a key is held. */
export const soundActions: ActionList = () => {
  const shows = useShowStore()
  const engine = useEngine()
  return () =>
    (shows.show?.sources ?? []).filter(canHaveSound).flatMap(({ id, name }): StudioAction[] => {
      const strip = () => shows.show?.strips[id] ?? DEFAULT_STRIP
      const toggle = (what: 'muted' | 'solo') => () => shows.edit(changeStrip(id, { [what]: !strip()[what] }))
      const titleValues = () => ({ name })
      const push = strip().pushTo ?? 'off'
      const held = { down: () => engine.setPushHeld(id, true), up: () => engine.setPushHeld(id, false) }
      return [
        { id: `sound:mute:${id}`, group: 'sound', titleKey: 'actions.mute', titleValues, run: toggle('muted') },
        { id: `sound:solo:${id}`, group: 'sound', titleKey: 'actions.solo', titleValues, run: toggle('solo') },
        ...(push === 'off' ? [] : [{ id: `sound:push:${id}`, group: 'sound' as const, titleKey: push === 'talk' ? 'actions.pushToTalk' : 'actions.pushToMute', titleValues, hold: held }]),
      ]
    })
}
