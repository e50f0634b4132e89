import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { DEFAULT_RECORDING_SETTINGS, type RecordingSettings, type RecordingStatus } from '@shared/domain/recording.ts'
import { useBridge, useClock } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

const UNTIL_TOLD: RecordingStatus = {
  state: 'idle', startedAtMs: null, durationMs: 0, files: [], chapters: [], minutesLeft: null, freeBytes: null, framesDropped: 0,
  replayReadySeconds: 0, replayBytes: 0, folder: '', failure: null,
}

/** What was just made, to be said for a while. */
export interface Made {
  kind: 'replay' | 'snapshot' | 'chapter'
  name: string
  atMs: number
}

/** The recorder: what it does, how it is set, and what the user may ask of it. */
export const useRecorderStore = defineStore('recorder', () => {
  const bridge = useBridge()
  const clock = useClock()
  const notices = useNoticesStore()
  const status = ref<RecordingStatus>(UNTIL_TOLD)
  const settings = ref<RecordingSettings>(DEFAULT_RECORDING_SETTINGS)
  const busy = ref(false)
  const made = ref<Made | null>(null)
  /** When what the user has closed had happened. */
  const understoodMs = ref<number | null>(null)

  const active = computed(() => status.value.state === 'recording' || status.value.state === 'paused')
  const sizeBytes = computed(() => status.value.files.reduce((sum, file) => sum + file.sizeBytes, 0))

  /** Why the last recording ended by itself, until the next one or until the user has closed it. */
  const endedBecause = computed(() => {
    const { state, failure } = status.value
    return state === 'idle' && failure?.atMs !== understoodMs.value ? failure : null
  })
  const understood = (): void => void (understoodMs.value = status.value.failure?.atMs ?? null)

  bridge.recorder.watch('status', (next) => {
    status.value = next
  })
  bridge.recorder.watch('settings', (next) => {
    settings.value = next
  })

  async function once(act: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    await notices.guard(act)
    busy.value = false
  }

  const say = (kind: Made['kind'], name: string): void => void (made.value = { kind, name, atMs: clock.now() })
  const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

  const toggle = () => once(() => (active.value ? bridge.recorder.stop({}) : bridge.recorder.start({})))
  const togglePause = () => once(() => (status.value.state === 'paused' ? bridge.recorder.resume({}) : bridge.recorder.pause({})))
  const addChapter = (name: string) =>
    notices.guard(async () => {
      await bridge.recorder.addChapter({ name })
      say('chapter', name)
    })
  const saveReplay = () => notices.guard(async () => say('replay', fileName((await bridge.recorder.saveReplay({})).path)))
  const snapshot = () => notices.guard(async () => say('snapshot', fileName((await bridge.recorder.snapshot({})).path)))
  const change = (part: Partial<RecordingSettings>) => notices.guard(() => bridge.recorder.updateSettings(part))
  const chooseFolder = () =>
    notices.guard(async () => {
      const { folder } = await bridge.recorder.chooseFolder({})
      if (folder !== null) await bridge.recorder.updateSettings({ folder })
    })

  return { status, settings, busy, made, active, sizeBytes, endedBecause, understood, toggle, togglePause, addChapter, saveReplay, snapshot, change, chooseFolder }
})
