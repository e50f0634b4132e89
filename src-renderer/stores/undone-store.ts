import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useClock } from '../base/given.ts'
import type { EditName } from '../show-editing/edit-name.ts'

/** So long is it said what was undone elsewhere. */
const SAID_MS = 6000

export interface Undone {
  way: 'undo' | 'redo'
  what: EditName
  sceneId: string
}

/** What was last taken back or done again in a scene that is not the one being looked at. */
export const useUndoneStore = defineStore('undone', () => {
  const clock = useClock()
  const last = shallowRef<Undone | null>(null)
  let callOff = () => {}

  function say(undone: Undone): void {
    callOff()
    last.value = undone
    callOff = clock.after(SAID_MS, () => (last.value = null))
  }

  return { last, say }
})
