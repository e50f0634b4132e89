import { defineStore } from 'pinia'
import { ref } from 'vue'

export const SETTINGS_TABS = ['encoding', 'general', 'hotkeys', 'connection', 'recording', 'notices'] as const
export type SettingsTab = (typeof SETTINGS_TABS)[number]

/** Which of the window's own dialogs is open; there is one at a time. */
export const useWindowStore = defineStore('window', () => {
  const dialog = ref<'settings' | 'palette' | 'keys' | 'end' | 'older-states' | 'obs-import' | 'profiles' | 'remove-show' | 'logs' | null>(null)
  const settingsTab = ref<SettingsTab>('encoding')
  /** The action that the list of hotkeys is to show first. */
  const soughtAction = ref('')

  function openSettings(tab: SettingsTab = 'encoding', actionId = ''): void {
    settingsTab.value = tab
    soughtAction.value = actionId
    dialog.value = 'settings'
  }

  return { dialog, settingsTab, soughtAction, openSettings, close: () => void (dialog.value = null) }
})
