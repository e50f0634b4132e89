import { useRecorderStore } from '../../stores/recorder-store.ts'
import { useShowStore } from '../../stores/show-store.ts'
import { RECORDING_KEYS } from '../../composables/recording-keys.ts'
import type { ActionList } from '../action.ts'

/** What is kept of the show. */
export const recordingActions: ActionList = () => {
  const recorder = useRecorderStore()
  const shows = useShowStore()
  const active = () => recorder.active
  const canStart = () => !recorder.busy && recorder.status.state !== 'finishing' && (recorder.active || (shows.show?.sources.length ?? 0) > 0)
  return () => [
    { ...RECORDING_KEYS.record, group: 'recording', titleKey: 'actions.record', enabled: canStart, run: () => void recorder.toggle() },
    { ...RECORDING_KEYS.pause, group: 'recording', titleKey: 'actions.pauseRecording', enabled: active, run: () => void recorder.togglePause() },
    { ...RECORDING_KEYS.chapter, group: 'recording', titleKey: 'actions.chapter', enabled: active, run: () => void recorder.addChapter('') },
    { ...RECORDING_KEYS.replay, group: 'recording', titleKey: 'actions.replay', enabled: () => recorder.settings.replaySeconds > 0, run: () => void recorder.saveReplay() },
    { ...RECORDING_KEYS.snapshot, group: 'recording', titleKey: 'actions.snapshot', run: () => void recorder.snapshot() },
  ]
}
