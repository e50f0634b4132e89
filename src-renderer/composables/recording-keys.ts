import { tinykeys } from 'tinykeys'
import { onScopeDispose } from 'vue'
import { useRecorderStore } from '../stores/recorder-store.ts'

/** Keys for recording, which work anywhere in the window; Alt, because browsers keep Ctrl with most letters for themselves. */
export const RECORDING_KEYS = { record: 'Alt+R', pause: 'Alt+P', chapter: 'Alt+M', replay: 'Alt+Shift+R', snapshot: 'Alt+S' } as const

export function useRecordingKeys(): void {
  const recorder = useRecorderStore()
  const doing = (run: () => void) => (event: KeyboardEvent) => {
    if (event.repeat || document.querySelector('[role="dialog"], [role="alertdialog"]')) return
    event.preventDefault()
    run()
  }
  const whileRecording = (run: () => void) => doing(() => void (recorder.active && run()))
  const stop = tinykeys(window, {
    'Alt+KeyR': doing(() => void recorder.toggle()),
    'Alt+KeyP': whileRecording(() => void recorder.togglePause()),
    'Alt+KeyM': whileRecording(() => void recorder.addChapter('')),
    'Alt+Shift+KeyR': doing(() => void (recorder.settings.replaySeconds > 0 && recorder.saveReplay())),
    'Alt+KeyS': doing(() => void recorder.snapshot()),
  })
  onScopeDispose(stop)
}
