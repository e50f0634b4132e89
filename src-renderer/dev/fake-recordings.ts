import { StudioError } from '@shared/domain/errors.ts'
import type { RecordedShow, RecordingJob, RecordingsFolder } from '@shared/domain/recording.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** Recordings that are nowhere; what is put into the trash can be brought back. */
export class FakeRecordings {
  readonly shows = new Topic<RecordedShow[]>([])
  readonly jobs = new Topic<RecordingJob[]>([])
  readonly folder = new Topic<RecordingsFolder>({ path: '/home/ann/Videos/Castwright', freeBytes: 118_400_000_000, scanning: false, hasFfmpeg: true, undoable: 0 })
  /** *Join* is refused with this. */
  refuseJoin: StudioError | null = null
  #before: RecordedShow[] | null = null

  client(answer: Answer): Bridge['recordings'] {
    const job = (kind: RecordingJob['kind'], title: string) => () => {
      const jobId = `job-${this.jobs.state.length + 1}`
      this.jobs.set([...this.jobs.state, { id: jobId, kind, title, progress: 0.4, state: 'running', failure: null, result: [] }])
      return { jobId }
    }
    return {
      refresh: (input) => answer('refresh', input, () => {}),
      reveal: (input) => answer('reveal', input, () => {}),
      trash: (input) => answer('trash', input, () => this.#trash(input.paths)),
      undoTrash: (input) => answer('undoTrash', input, () => this.#undo()),
      join: (input) =>
        answer('join', input, () => {
          if (this.refuseJoin) throw this.refuseJoin
          return job('join', input.paths[0] ?? '')()
        }),
      merge: (input) => answer('merge', input, job('merge', input.paths[0] ?? '')),
      convert: (input) => answer('convert', input, job('convert', input.path)),
      repair: (input) => answer('repair', input, job('repair', input.paths[0] ?? '')),
      cancelJob: (input) => answer('cancelJob', input, () => this.jobs.set(this.jobs.state.map((each) => (each.id === input.jobId ? { ...each, state: 'cancelled' as const } : each)))),
      dismissJob: (input) => answer('dismissJob', input, () => this.jobs.set(this.jobs.state.filter(({ id }) => id !== input.jobId))),
      watch: (topic, onState) => this[topic].watch(onState as never),
    }
  }

  #trash(paths: readonly string[]): void {
    this.#before = this.shows.state
    const left = this.shows.state.map((show) => ({ ...show, files: show.files.filter(({ path }) => !paths.includes(path)) }))
    this.shows.set(left.filter(({ files }) => files.length > 0))
    this.folder.set({ ...this.folder.state, undoable: paths.length })
  }

  #undo(): void {
    if (!this.#before) throw new StudioError('not-found')
    this.shows.set(this.#before)
    this.folder.set({ ...this.folder.state, undoable: 0 })
  }
}
