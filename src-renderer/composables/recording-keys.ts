import { reactive, computed } from 'vue'
import { useHotkeysStore } from '../actions/hotkeys-store.ts'

/** Actions for recording with their usual keys; Alt, because browsers keep Ctrl with most letters for themselves. */
export const RECORDING_KEYS = {
  record: { id: 'recording:toggle', defaultKeys: ['Alt+KeyR'] },
  pause: { id: 'recording:pause', defaultKeys: ['Alt+KeyP'] },
  chapter: { id: 'recording:chapter', defaultKeys: ['Alt+KeyM'] },
  replay: { id: 'recording:replay', defaultKeys: ['Alt+Shift+KeyR'] },
  snapshot: { id: 'recording:snapshot', defaultKeys: ['Alt+KeyS'] },
} as const
type Doing = keyof typeof RECORDING_KEYS

/** Their keys as they are written now, for the buttons. */
export function useRecordingKeys(): Readonly<Record<Doing, string>> {
  const hotkeys = useHotkeysStore()
  const shown = (what: Doing) => computed(() => hotkeys.shown(RECORDING_KEYS[what]))
  return reactive({ record: shown('record'), pause: shown('pause'), chapter: shown('chapter'), replay: shown('replay'), snapshot: shown('snapshot') })
}
