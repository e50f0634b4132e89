import { canHaveSound } from '@shared/domain/source.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import { useEngine } from '../../base/given.ts'
import { FADER_FLOOR_DB, FADER_TOP_DB, fromFader, toFader } from '../../components/mixer/meter-scale.ts'
import { changeStrip } from '../../show-editing/show-edits.ts'
import { useShowStore } from '../../stores/show-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** One press of the keys that make a strip louder or softer, dB. */
const STEP_DB = 1

/** Each strip of the mixer: mute, listen alone, monitor, louder and softer, and talk while a key is held. */
export const soundActions: ActionList = () => {
  const shows = useShowStore()
  const engine = useEngine()
  return () =>
    (shows.show?.sources ?? []).filter(canHaveSound).flatMap(({ id, name }): StudioAction[] => {
      const strip = () => shows.show?.strips[id] ?? DEFAULT_STRIP
      const toggle = (what: 'muted' | 'solo') => () => shows.edit(changeStrip(id, { [what]: !strip()[what] }))
      const fade = (by: number) => () => {
        const place = Math.min(FADER_TOP_DB, Math.max(FADER_FLOOR_DB, toFader(strip().volumeDb) + by))
        shows.edit(changeStrip(id, { volumeDb: fromFader(place) }), `fader ${id}`)
      }
      const monitor = () => shows.edit(changeStrip(id, { monitor: (strip().monitor ?? 'off') === 'off' ? 'both' : 'off' }))
      const titleValues = () => ({ name })
      const push = strip().pushTo ?? 'off'
      const held = { down: () => engine.setPushHeld(id, true), up: () => engine.setPushHeld(id, false) }
      return [
        { id: `sound:mute:${id}`, group: 'sound', titleKey: 'actions.mute', titleValues, run: toggle('muted') },
        { id: `sound:solo:${id}`, group: 'sound', titleKey: 'actions.solo', titleValues, run: toggle('solo') },
        { id: `sound:monitor:${id}`, group: 'sound', titleKey: 'actions.monitor', titleValues, paletteFirst: true, run: monitor },
        { id: `sound:louder:${id}`, group: 'sound', titleKey: 'actions.louder', titleValues, paletteFirst: true, repeats: true, run: fade(STEP_DB) },
        { id: `sound:softer:${id}`, group: 'sound', titleKey: 'actions.softer', titleValues, paletteFirst: true, repeats: true, run: fade(-STEP_DB) },
        ...(push === 'off' ? [] : [{ id: `sound:push:${id}`, group: 'sound' as const, titleKey: push === 'talk' ? 'actions.pushToTalk' : 'actions.pushToMute', titleValues, hold: held }]),
      ]
    })
}
