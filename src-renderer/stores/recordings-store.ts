import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RecordedShow, RecordingFormat, RecordingJob, RecordingsFolder } from '@shared/domain/recording.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

export type MergeOptions = Omit<Parameters<Bridge['recordings']['merge']>[0], 'paths'>

/** What was recorded, and the work on it. Made when the recordings are first looked at. */
export const useRecordingsStore = defineStore('recordings', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  /** Newest first; shallow, since there may be many and main sends them anew. */
  const shows = shallowRef<readonly RecordedShow[]>([])
  const jobs = ref<readonly RecordingJob[]>([])
  const folder = ref<RecordingsFolder>({ path: '', freeBytes: null, scanning: true, hasFfmpeg: null, undoable: 0 })
  /** A call that was refused, to be said where its button is. */
  const refused = ref<{ failure: StudioError; paths: readonly string[] } | null>(null)
  const isWriting = computed(() => shows.value.some(({ files }) => files.some(({ condition }) => condition === 'writing')))

  bridge.recordings.watch('shows', (next) => {
    shows.value = next
  })
  bridge.recordings.watch('jobs', (next) => {
    jobs.value = next
  })
  bridge.recordings.watch('folder', (next) => {
    folder.value = next
  })

  /** Does something with files; a refusal is kept for the bar that the button is in. True = done. */
  async function attempt(paths: readonly string[], act: (paths: string[]) => Promise<unknown>): Promise<boolean> {
    refused.value = null
    try {
      await act([...paths])
      return true
    } catch (thrown) {
      refused.value = { failure: StudioError.from(thrown), paths }
      return false
    }
  }

  const refresh = () => notices.guard(() => bridge.recordings.refresh({}))
  const reveal = (path: string) => attempt([path], () => bridge.recordings.reveal({ path }))
  const trash = (all: readonly string[]) => attempt(all, (paths) => bridge.recordings.trash({ paths }))
  const undoTrash = () => notices.guard(() => bridge.recordings.undoTrash({}))
  const join = (all: readonly string[]) => attempt(all, (paths) => bridge.recordings.join({ paths }))
  const merge = (all: readonly string[], options: MergeOptions) => attempt(all, (paths) => bridge.recordings.merge({ paths, ...options }))
  const repair = (all: readonly string[]) => attempt(all, (paths) => bridge.recordings.repair({ paths }))
  const convert = (all: readonly string[], format: RecordingFormat) =>
    attempt(all, async (paths) => {
      for (const path of paths) await bridge.recordings.convert({ path, format })
    })
  const cancelJob = (jobId: string) => notices.guard(() => bridge.recordings.cancelJob({ jobId }))
  const dismissJob = (jobId: string) => notices.guard(() => bridge.recordings.dismissJob({ jobId }))
  const urlOf = (path: string): string => bridge.recordingUrl(path)

  return { shows, jobs, folder, refused, isWriting, refresh, reveal, trash, undoTrash, join, merge, repair, convert, cancelJob, dismissJob, urlOf }
})
