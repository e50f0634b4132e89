import type { Scene } from '../scene.ts'
import type { Source } from '../source.ts'
import { type Participant, participants } from './participants.ts'
import { places } from './places.ts'
import type { Size } from './rectangle.ts'

/** `no-room`: more than the template takes; `no-region`: no region of the custom layout is for this one, or left for it. */
export type LeftOutReason = 'no-room' | 'no-region'

export interface LeftOut extends Participant {
  why: LeftOutReason
}

/** Who takes part and yet is not shown, in the scene's order; nobody without a layout. */
export function leftOut(scene: Scene, sources: readonly Source[], canvas: Size): LeftOut[] {
  const { layout } = scene
  if (!layout) return []
  const present = participants(scene, sources)
  const shown = new Set(places(layout, present, canvas).map((each) => each.participant))
  const why = layout.template === 'custom' ? 'no-region' : 'no-room'
  return present.filter((each) => !shown.has(each)).map((each) => ({ ...each, why }))
}
