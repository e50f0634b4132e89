import { access, constants } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingStatus } from '@shared/domain/recording.ts'
import { StateMachine } from '@shared/kit/state-machine.ts'
import { makeFolder } from '../base/make-folder.ts'
import { Scope } from '../base/scope.ts'
import { LIVE_LIMITS, type QueueLimits, type SubscriberQueue } from '../bus/subscriber-queue.ts'
import { recordingFailure } from './disk.ts'
import { DISK_RESERVE_BYTES, DiskWatch } from './disk-watch.ts'
import { IdleWatch } from './idle-watch.ts'
import { RecordingRun } from './recording-run.ts'
import { placeFor } from './recording-place.ts'
import type { RecorderParts } from './recorder-parts.ts'

type State = RecordingStatus['state']
const MOVES = { idle: ['recording'], recording: ['paused', 'finishing'], paused: ['recording', 'finishing'], finishing: ['idle'] } as const satisfies Record<State, readonly State[]>

/** A recording would rather be late than have a hole: a disk may stand still for some seconds before frames are dropped. */
const RECORDING_LIMITS: QueueLimits = { ...LIVE_LIMITS, dropAfterMs: 8000, maxQueuedMs: 10_000, maxQueuedBytes: 48 * 1024 * 1024 }
/** What is queued when it is stopped may take this long to be taken; then it is given up. */
const DRAIN_MS = 10_000

/** Records the program: idle, recording, paused, finishing. What is asked of it happens one after the other. */
export class Recorder {
  readonly #machine = new StateMachine<State>('recorder', MOVES, 'idle', (to) => this.parts.logger.info('recorder', { state: to }))
  #run: RecordingRun | null = null
  /** Open while something is being recorded or paused. */
  #scope: Scope | null = null
  #disk: DiskWatch | null = null
  #following: { reader: SubscriberQueue; done: Promise<void>; stop: AbortController } | null = null
  #droppedBefore = 0
  #droppedTold = 0
  #failure: RecordingStatus['failure'] = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly parts: RecorderParts) {}

  get state(): State {
    return this.#machine.state
  }

  /** Paths of what is being written, relative to the recordings folder. */
  get unfinished(): string[] {
    return this.#run?.unfinished ?? []
  }

  get status(): Omit<RecordingStatus, 'replayReadySeconds' | 'replayBytes' | 'folder'> {
    const run = this.#run
    return {
      state: this.state, startedAtMs: run?.startedAtMs ?? null, durationMs: run?.durationMs ?? 0, files: run?.files ?? [], chapters: [...(run?.chapters ?? [])],
      minutesLeft: this.#disk?.minutesLeft ?? null, freeBytes: this.#disk?.freeBytes ?? null, framesDropped: this.#framesDropped, failure: this.#failure,
    }
  }

  /** Rejects with StudioError `already-recording`, `folder-not-writable` or `disk-full`. */
  start(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state !== 'idle') throw new StudioError('already-recording')
      this.#failure = null
      const run = await this.#prepare()
      this.#machine.to('recording')
      this.#run = run
      this.#watchOver(run)
      this.#follow(run)
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
      await this.#unfollow()
      this.#run?.break()
    })
  }

  resume(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.state === 'recording') return
      if (this.state !== 'paused' || !this.#run) throw new StudioError('not-recording')
      this.#machine.to('recording')
      this.#follow(this.#run)
    })
  }

  /** Where the recording is now. Throws StudioError `not-recording`. */
  addChapter(name: string): void {
    if (this.state !== 'recording' || !this.#run) throw new StudioError('not-recording')
    this.#run.addChapter(name)
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
    return this.#droppedBefore + (this.#following?.reader.framesDropped ?? 0)
  }

  async #prepare(): Promise<RecordingRun> {
    const { parts } = this
    const folder = parts.folder()
    await makeFolder(folder, 0o755).then(() => access(folder, constants.W_OK)).catch((error: unknown) => { throw recordingFailure(error, folder) })
    const freeBytes = await parts.disk.freeBytes(folder)
    if (freeBytes <= DISK_RESERVE_BYTES) throw new StudioError('disk-full', `${Math.round(freeBytes / 1e6)} MB are free, ${DISK_RESERVE_BYTES / 1e6} MB are kept`)
    const place = await placeFor(folder, parts.showRun(), parts.settings(), parts.clock.now())
    return new RecordingRun(parts, place, parts.settings(), (failure) => this.#fail(failure))
  }

  #watchOver(run: RecordingRun): void {
    const { parts } = this
    const scope = (this.#scope = new Scope())
    this.#droppedBefore = 0
    this.#droppedTold = 0
    scope.add(parts.program.want())
    this.#disk = scope.own(
      new DiskWatch({
        ...parts, folder: parts.folder(), bytes: () => run.bytes,
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

  #follow(run: RecordingRun): void {
    const reader = this.parts.program.bus.subscribe({ start: 'next-key-frame', limits: RECORDING_LIMITS })
    const stop = new AbortController()
    const done = run.follow(reader, stop.signal).catch((error: unknown) => this.#fail(recordingFailure(error, this.parts.folder())))
    this.#following = { reader, stop, done }
  }

  /** What is queued is still written. */
  async #unfollow(): Promise<void> {
    const following = this.#following
    if (!following) return
    following.reader.seal()
    const giveUp = new AbortController()
    const tooLate = this.parts.clock.sleep(DRAIN_MS, giveUp.signal).then(() => following.stop.abort(), () => {})
    await Promise.race([following.done, tooLate])
    giveUp.abort()
    following.reader.close()
    this.#droppedBefore += following.reader.framesDropped
    this.#following = null
  }

  async #finish(): Promise<void> {
    this.#machine.to('finishing')
    await this.#unfollow()
    await this.#run?.close()
    await this.#scope?.close()
    this.#scope = null
    this.#disk = null
    this.#run = null
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
