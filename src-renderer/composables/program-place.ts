import { inject, provide, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'

/** Where the program is shown while the preview shows something else (studio mode); null = in the preview. */
const key: InjectionKey<ShallowRef<HTMLElement | null>> = Symbol('program place')

export function provideProgramPlace(): ShallowRef<HTMLElement | null> {
  const place = shallowRef<HTMLElement | null>(null)
  provide(key, place)
  return place
}

export const useProgramPlace = (): ShallowRef<HTMLElement | null> => inject(key, () => shallowRef(null), true)
