import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingStatus } from '@shared/domain/recording.ts'
import { StateMachine } from '@shared/kit/state-machine.ts'
import { Scope } from '../base/scope.ts'
import { DiskWatch } from './disk-watch.ts'
import { IdleWatch } from './idle-watch.ts'
import { furtherTracks } from './recorded-tracks.ts'
import { RecordingRun } from './recording-run.ts'
import { placesFor } from './recording-place.ts'
import { RecordingTake } from './recording-take.ts'
import type { RecorderParts } from './recorder-parts.ts'
import { roomFor } from './room-for.ts'

type State = RecordingStatus['state']
const MOVES = { idle: ['recording'], recording: ['paused', 'finishing'], paused: ['recording', 'finishing'], finishing: ['idle'] } as const satisfies Record<State, readonly State[]>

/** Records the program, and single streams of it: idle, recording, paused, finishing. What is asked of it happens one after the other. */
export class Recorder {
  readonly #machine = new StateMachine<State>('recorder', MOVES, 'idle', (to) => this.parts.logger.info('recorder', { state: to }))
  /** One for each content that is recorded. */
  #takes: readonly RecordingTake[] = []
  /** Open while something is being recorded or paused. */
  #scope: Scope | null = null
  #disk: DiskWatch | null = null
  #droppedTold = 0
  #failure: RecordingStatus['failure'] = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: RecorderParts) {}

  get state(): State {
    return this.#machine.state
  }

  /** Paths of what is being written, relative to the recordings folder. */
  get unfinished(): string[] {
    return this.#takes.flatMap(({ run }) => run.unfinished)
  }

  get status(): Omit<RecordingStatus, 'replayReadySeconds' | 'replayBytes' | 'folder'> {
    const runs = this.#takes.map(({ run }) => run)
    const started = runs.flatMap(({ startedAtMs }) => (startedAtMs === null ? [] : [startedAtMs]))
    return {
      state: this.state, startedAtMs: started.length > 0 ? Math.min(...started) : null, durationMs: Math.max(0, ...runs.map(({ durationMs }) => durationMs)),
      files: runs.flatMap(({ files }) => files), chapters: [...(runs.find(({ chapters }) => chapters.length > 0)?.chapters ?? [])],
      minutesLeft: this.#disk?.minutesLeft ?? null, freeBytes: this.#disk?.freeBytes ?? null, framesDropped: this.#framesDropped, failure: this.#failure,
    }
  }

  /** Rejects with StudioError `already-recording`, `folder-not-writable` or `disk-full`. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state !== 'idle') throw new StudioError('already-recording')
      this.#failure = null
      const takes = await this.#prepare()
      this.#machine.to('recording')
      this.#takes = takes
      this.#watchOver(takes)
      for (const take of takes) take.follow()
    })
  }

  /** Resolves when every file is finished. Rejects with StudioError `not-recording`. */
  stop(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state === 'idle') throw new StudioError('not-recording')
      await this.#finish()
    })
  }

  /** What is being written ends; the program goes on being coded. */
  pause(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state === 'paused') return
      if (this.state !== 'recording') throw new StudioError('not-recording')
      this.#machine.to('paused')
      await Promise.all(this.#takes.map((take) => take.interrupt()))
    })
  }

  resume(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state === 'recording') return
      if (this.state !== 'paused') throw new StudioError('not-recording')
      this.#machine.to('recording')
      for (const take of this.#takes) take.follow()
    })
  }

  /** Where the recording is now. Throws StudioError `not-recording`. */
  addChapter(name: string): void {
    if (this.state !== 'recording') throw new StudioError('not-recording')
    for (const { run } of this.#takes) run.addChapter(name)
  }

  /** To be called now and then: tells once that a slow disk costs frames. */
  look(): void {
    if (this.#framesDropped <= this.#droppedTold) return
    if (this.#droppedTold === 0) this.parts.onNotice(new StudioError('disk-slow', this.parts.folder()), 'warning')
    this.#droppedTold = this.#framesDropped
  }

  async close(): Promise<void> {
    await this.stop().catch((error: unknown) => {
      if (StudioError.from(error).reason !== 'not-recording') throw error
    })
  }

  get #framesDropped(): number {
    return this.#takes.reduce((sum, { framesDropped }) => sum + framesDropped, 0)
  }

  async #prepare(): Promise<RecordingTake[]> {
    const { parts } = this
    const folder = parts.folder()
    await roomFor(parts.disk, folder, 0)
    const settings = parts.settings()
    const places = await placesFor(folder, parts.showRun(), settings, [...new Set(settings.streams)], parts.clock.now())
    const onFailure = (failure: StudioError) => this.#fail(failure)
    return places.map(({ content, place }) => {
      // Only the show's own sound has tracks.
      const own = content === 'mix' ? settings : { ...settings, soundTracks: [1], trackNames: [] }
      return new RecordingTake({ content, tracks: furtherTracks(own), run: new RecordingRun(parts, place, own, onFailure), bus: parts.program.bus(content), clock: parts.clock, onFailure })
    })
  }

  #watchOver(takes: readonly RecordingTake[]): void {
    const { parts } = this
    const scope = (this.#scope = new Scope())
    this.#droppedTold = 0
    scope.add(parts.program.want(takes.map(({ content }) => content), takes.flatMap(({ tracks }) => tracks)))
    this.#disk = scope.own(
      new DiskWatch({
        ...parts, folder: parts.folder(), bytes: () => takes.reduce((sum, { run }) => sum + run.bytes, 0),
        onLow: (minutes) => parts.onNotice(new StudioError('disk-low', `${Math.floor(minutes)} min`), 'warning'),
        onFull: (freeBytes) => this.#fail(new StudioError('disk-full', `${Math.round(freeBytes / 1e6)} MB are free`)),
      }),
    )
    scope.own(
      new IdleWatch({
        ...parts.program, clock: parts.clock, maxIdleMs: () => parts.settings().maxIdleSeconds * 1000,
        onIdle: (idleMs) => this.#fail(new StudioError('recording-idle', `${Math.round(idleMs / 1000)} s`)),
      }),
    )
  }

  async #finish(): Promise<void> {
    this.#machine.to('finishing')
    await Promise.all(this.#takes.map((take) => take.close()))
    await this.#scope?.close()
    this.#scope = null
    this.#disk = null
    this.#takes = []
    this.#machine.to('idle')
  }

  /** Ends the recording cleanly; what was recorded until then is kept. Nothing else is touched. */
  #fail(failure: StudioError): void {
    if (this.#failure || this.state === 'idle') return
    const { reason, evidence } = failure
    this.#failure = { reason, evidence, atMs: this.parts.clock.now() }
    this.parts.onNotice(failure, reason === 'recording-idle' ? 'info' : 'error')
    void this.#inTurn(async () => {
      if (this.state !== 'idle') await this.#finish()
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => {})
    return done
  }
}
