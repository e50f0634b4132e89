import { inject, provide, shallowRef } from 'vue'
import type { InjectionKey, ShallowRef } from 'vue'

/** The canvas that the program is seen in, for whoever compares it with what arrives elsewhere. */
const key: InjectionKey<ShallowRef<HTMLCanvasElement | null>> = Symbol('preview canvas')

export function providePreviewCanvas(): ShallowRef<HTMLCanvasElement | null> {
  const canvas = shallowRef<HTMLCanvasElement | null>(null)
  provide(key, canvas)
  return canvas
}

export const usePreviewCanvas = (): ShallowRef<HTMLCanvasElement | null> => inject(key, () => shallowRef(null), true)
