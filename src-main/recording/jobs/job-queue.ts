import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingJob } from '@shared/domain/recording.ts'
import type { Logger } from '../../base/logger.ts'
import { Topic } from '../../rpc/topic.ts'

/** What a job may use while it runs. */
export interface JobContext {
  signal: AbortSignal
  /** From 0 to 1. */
  progress(done: number): void
}

export interface JobSpec {
  kind: RecordingJob['kind']
  title: string
  /** Answers what it made, relative to the folder. Rejects with a StudioError; originals are then as they were. */
  run(context: JobContext): Promise<string[]>
}

/** More finished jobs than this and the oldest are forgotten. */
const MAX_FINISHED = 20
/** A smaller step than this is not worth telling. */
const STEP = 0.005

/** Long work on files: one at a time, so that it takes neither the disk nor the processor away from a show. */
export class JobQueue {
  readonly jobs = new Topic<RecordingJob[]>([])
  readonly #waiting: { id: string; spec: JobSpec; settle: (job: RecordingJob) => void }[] = []
  #running: { id: string; cancel: AbortController; done: Promise<void> } | null = null
  #count = 0
  #closed = false

  constructor(private readonly log: Logger) {}

  /** Puts a job at the end of the line; `done` resolves with its last state and never rejects. */
  add(spec: JobSpec): { jobId: string; done: Promise<RecordingJob> } {
    const id = `job-${++this.#count}`
    this.#tell([...this.jobs.value, { id, kind: spec.kind, title: spec.title, progress: null, state: 'waiting', failure: null, result: [] }])
    const done = new Promise<RecordingJob>((settle) => this.#waiting.push({ id, spec, settle }))
    this.#next()
    return { jobId: id, done }
  }

  /** Throws StudioError `not-found` for a job that is not there; one that is over stays as it is. */
  cancel(jobId: string): void {
    this.#job(jobId)
    if (this.#running?.id === jobId) return this.#running.cancel.abort(new StudioError('stopped'))
    const at = this.#waiting.findIndex(({ id }) => id === jobId)
    if (at < 0) return
    const [entry] = this.#waiting.splice(at, 1)
    this.#change(jobId, { state: 'cancelled' })
    entry?.settle(this.#job(jobId))
  }

  /** Takes a job that is over off the list. */
  dismiss(jobId: string): void {
    const { state } = this.#job(jobId)
    if (state !== 'waiting' && state !== 'running') this.jobs.set(this.jobs.value.filter(({ id }) => id !== jobId))
  }

  /** Cancels everything and resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#closed = true
    for (const { id } of Array.from(this.#waiting)) this.cancel(id)
    this.#running?.cancel.abort(new StudioError('stopped'))
    await this.#running?.done
  }

  #next(): void {
    if (this.#running || this.#closed) return
    const entry = this.#waiting.shift()
    if (!entry) return
    const cancel = new AbortController()
    const done = this.#run(entry.id, entry.spec, cancel.signal).then(() => {
      this.#running = null
      entry.settle(this.#job(entry.id))
      this.#next()
    })
    this.#running = { id: entry.id, cancel, done }
  }

  async #run(id: string, spec: JobSpec, signal: AbortSignal): Promise<void> {
    this.#change(id, { state: 'running', progress: null })
    this.log.info(`${spec.kind} begins`, { title: spec.title })
    try {
      const result = await spec.run({ signal, progress: (done) => this.#progress(id, done) })
      this.#change(id, { state: 'done', progress: 1, result })
      this.log.info(`${spec.kind} done`, { title: spec.title, result })
    } catch (thrown) {
      if (signal.aborted) return this.#change(id, { state: 'cancelled' })
      const { reason, evidence } = StudioError.from(thrown)
      this.#change(id, { state: 'failed', failure: { reason, evidence } })
      this.log.error(`${spec.kind} failed`, { title: spec.title, reason, evidence })
    }
  }

  #progress(id: string, done: number): void {
    const before = this.#job(id).progress
    if (before === null || done >= 1 || done - before >= STEP) this.#change(id, { progress: Math.max(before ?? 0, Math.min(1, done)) })
  }

  #job(id: string): RecordingJob {
    const job = this.jobs.value.find((each) => each.id === id)
    if (!job) throw new StudioError('not-found', id)
    return job
  }

  #change(id: string, change: Partial<RecordingJob>): void {
    this.#tell(this.jobs.value.map((each) => (each.id === id ? { ...each, ...change } : each)))
  }

  #tell(jobs: RecordingJob[]): void {
    const over = jobs.filter(({ state }) => state !== 'waiting' && state !== 'running')
    const forgotten = new Set(over.slice(0, Math.max(0, over.length - MAX_FINISHED)))
    this.jobs.set(jobs.filter((each) => !forgotten.has(each)))
  }
}
