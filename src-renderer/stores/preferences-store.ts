import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Preferences, StudioInfo } from '@shared/contracts/studio.ts'
import { DEFAULT_APPEARANCE } from '@shared/domain/appearance.ts'
import { NO_HOTKEY_CHANGES } from '@shared/domain/hotkeys.ts'
import { DEFAULT_SINGLE_QUALITIES } from '@shared/domain/single-presets.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

const UNTIL_TOLD: Preferences = { language: 'en', theme: 'dark', layout: {}, failAfterSeconds: 60, failedIsFinal: false, startMode: 'manual', congestion: { enabled: true, floorKbps: 500 }, singles: DEFAULT_SINGLE_QUALITIES, appearance: DEFAULT_APPEARANCE, hotkeys: NO_HOTKEY_CHANGES }

/** Language, theme and the like. Main keeps them; every window follows. */
export const usePreferencesStore = defineStore('preferences', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const current = ref<Preferences>(UNTIL_TOLD)
  const info = ref<StudioInfo | null>(null)

  bridge.studio.watch('preferences', (next) => {
    current.value = next
  })

  /** Takes effect here at once and is kept by main. */
  async function change(patch: Partial<Preferences>): Promise<void> {
    current.value = { ...current.value, ...patch }
    await notices.guard(() => bridge.studio.updatePreferences(patch))
  }

  return { current, info, change }
})
