import { DEFAULT_RECORDING_SETTINGS, type RecordingSettings, type RecordingStatus } from '@shared/domain/recording.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

export const IDLE_RECORDING: RecordingStatus = {
  state: 'idle', startedAtMs: null, durationMs: 0, files: [], chapters: [], minutesLeft: null, freeBytes: null, framesDropped: 0,
  replayReadySeconds: 0, replayBytes: 0, folder: '/home/ann/Videos/Castwright', failure: null,
}

/** A recorder that records nothing; a test or a scenario sets its topics. */
export class FakeRecorder {
  readonly status = new Topic<RecordingStatus>(IDLE_RECORDING)
  readonly settings = new Topic<RecordingSettings>(DEFAULT_RECORDING_SETTINGS)
  chosenFolder: string | null = null

  client(answer: Answer): Bridge['recorder'] {
    const to = (state: RecordingStatus['state']) => () => this.status.set({ ...this.status.state, state })
    return {
      start: (input) => answer('start', input, to('recording')),
      stop: (input) => answer('stop', input, () => this.status.set(IDLE_RECORDING)),
      pause: (input) => answer('pause', input, to('paused')),
      resume: (input) => answer('resume', input, to('recording')),
      addChapter: (input) =>
        answer('addChapter', input, () => this.status.set({ ...this.status.state, chapters: [...this.status.state.chapters, { atMs: this.status.state.durationMs, name: input.name }] })),
      saveReplay: (input) => answer('saveReplay', input, () => ({ path: 'replays/replay_20260727101112345.mp4' })),
      snapshot: (input) => answer('snapshot', input, () => ({ path: 'snapshots/snapshot_20260727101112345.png' })),
      updateSettings: (input) => answer('updateSettings', input, () => this.settings.set({ ...this.settings.state, ...input } as RecordingSettings)),
      chooseFolder: (input) => answer('chooseFolder', input, () => ({ folder: this.chosenFolder })),
      watch: (topic, onState) => this[topic].watch(onState as never),
    }
  }
}
