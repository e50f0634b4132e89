import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { z } from 'zod'
import type { rehearsalState } from '@shared/contracts/rehearsal.ts'
import { useBridge } from '../base/given.ts'

/** The built-in server, and where the studio plays it back from. */
export const useRehearsalStore = defineStore('rehearsal', () => {
  const state = ref<z.output<typeof rehearsalState>>({ running: false, publishing: false, playbackUrl: null })
  useBridge().rehearsal.watch('state', (next) => {
    state.value = next
  })
  return { state }
})
