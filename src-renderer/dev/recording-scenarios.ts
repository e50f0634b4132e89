import { DEFAULT_RECORDING_SETTINGS } from '@shared/domain/recording.ts'
import { emptyShow, sourceOfEachKind } from '../show-editing/sample-show.ts'
import type { FakeBridge } from './fake-bridge.ts'
import { IDLE_RECORDING } from './fake-recorder.ts'

const file = (format: 'mp4' | 'hls', sizeBytes: number) => ({ format, path: `20261120101112345/castwright_c3R1ZGlv_2.${format === 'hls' ? 'm3u8' : 'mp4'}`, sizeBytes, durationMs: 611_000 })

/** A recording that runs, with a disk that will not last and was too slow once; and one that pauses. */
export const RECORDING_SCENARIOS = {
  recording: {
    options: { show: sourceOfEachKind('recorded') },
    arrange(bridge: FakeBridge): void {
      bridge.recording.settings.set({ ...DEFAULT_RECORDING_SETTINGS, formats: ['mp4', 'hls'], soundTracks: [1, 2, 4], trackNames: ['', 'Microphone'], replaySeconds: 30 })
      bridge.recording.status.set({
        ...IDLE_RECORDING, state: 'recording', startedAtMs: 0, durationMs: 4_271_000, files: [file('mp4', 1_310_000_000), file('hls', 1_420_000_000)], minutesLeft: 8.4, freeBytes: 690_000_000,
        framesDropped: 61, replayReadySeconds: 30, replayBytes: 9_600_000,
      })
    },
  },
  'recording-failed': {
    options: { show: emptyShow('failed', 'Failed') },
    arrange(bridge: FakeBridge): void {
      bridge.recording.settings.set({ ...DEFAULT_RECORDING_SETTINGS, folder: '/media/ann/外接硬盘 (backup of the whole department, second half)/2026/Castwright', formats: ['mp4', 'mkv', 'flv', 'ts', 'hls', 'aac'], streams: ['mix', 'main', 'aux'], replaySeconds: 600, taskId: 'physics-7b' })
      bridge.recording.status.set({ ...IDLE_RECORDING, replayReadySeconds: 600, replayBytes: 536_000_000, failure: { reason: 'disk-full', evidence: '412 MB are free', atMs: 0 } })
    },
  },
  'recording-paused': {
    options: { show: emptyShow('paused', 'Paused') },
    arrange(bridge: FakeBridge): void {
      bridge.recording.status.set({ ...IDLE_RECORDING, state: 'paused', startedAtMs: 0, durationMs: 611_000, files: [], minutesLeft: 3100, freeBytes: 7e11 })
    },
  },
}
