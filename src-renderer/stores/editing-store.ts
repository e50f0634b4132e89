import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Copied } from '../show-editing/clipboard.ts'
import type { ItemPatch } from '../show-editing/item-patch.ts'

/** What the user has copied, and how the editing tools are set. Lasts as long as the window. */
export const useEditingStore = defineStore('editing', () => {
  const copied = shallowRef<Copied | null>(null)
  const transform = shallowRef<ItemPatch | null>(null)
  /** Width and height typed in the panel change together. */
  const lockRatio = ref(true)
  const alignTo = ref<'canvas' | 'selection'>('selection')
  return { copied, transform, lockRatio, alignTo }
})
