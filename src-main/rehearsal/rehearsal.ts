import type { z } from 'zod'
import type { rehearsalState } from '@shared/contracts/rehearsal.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { KeepAlive, type RetryQuestion } from '../base/keep-alive.ts'
import type { Logger } from '../base/logger.ts'
import { Scope } from '../base/scope.ts'
import { Secret } from '../base/secret.ts'
import type { Host, NodeChild } from '../host/host.ts'
import { Topic } from '../rpc/topic.ts'
import { APPLICATION, fromRehearsalServer, type FromRehearsalServer, type ToRehearsalServer } from './rehearsal-messages.ts'

type RehearsalState = z.infer<typeof rehearsalState>

const STOPPED: RehearsalState = { running: false, publishing: false, playbackUrl: null }
/** Loading the server takes about 0.3 s here; a computer 30 times slower still gets it. */
const READY_WITHIN_MS = 10_000

export interface RehearsalOptions {
  startNode: Host['startNode']
  clock: Clock
  log: Logger
  /** A new random text of at least 128 bits, letters and digits in lower case. */
  randomName: () => string
  onSecret: (value: string) => void
}

/** What the Rehearsal destination needs for one attempt. */
export interface RehearsalPlace {
  address: string
  key: Secret
}

/** Runs the built-in server from the first time it is asked for, and again whenever it dies, until closed. */
export class Rehearsal {
  readonly state = new Topic<RehearsalState>(STOPPED)
  readonly #options: RehearsalOptions
  readonly #scope = new Scope()
  /** The same over restarts: a show that reconnects finds its stream again. */
  readonly #streamName: string
  readonly #publishKey: string
  readonly #place = new Topic<RehearsalPlace | null>(null)
  #running: Promise<void> | null = null
  #child: NodeChild | null = null

  constructor(options: RehearsalOptions) {
    this.#options = options
    this.#streamName = options.randomName()
    this.#publishKey = options.randomName()
    options.onSecret(this.#publishKey)
    // A part of the playback address, which players write to the page's console.
    options.onSecret(this.#streamName)
  }

  /** The server's process id while it runs, for CPU figures. */
  get processId(): number | undefined {
    return this.#child?.pid
  }

  /** Starts the server when it is not running yet; returns at once. */
  start(): void {
    if (this.#running || this.#scope.signal.aborted) return
    const loop = new KeepAlive({
      runOnce: (attempt) => this.#runOnce(attempt.signal, attempt.healthy),
      nextDelayMs: restartDelayMs,
      clock: this.#options.clock,
      onFailure: (failure, delayMs) =>
        this.#options.log.warn('the rehearsal server ended and is started again', { reason: failure.reason, evidence: failure.evidence, delayMs }),
    })
    this.#running = loop.run(this.#scope.signal).catch(() => {})
  }

  /**
   * Where to push to, waiting for the server. Ask anew for each attempt: the port changes when it is restarted.
   * Throws StudioError `rehearsal-unavailable` after 10 s, or `signal.reason`.
   */
  async place(signal: AbortSignal): Promise<RehearsalPlace> {
    this.start()
    if (this.#place.value) return this.#place.value
    const waiting = new Scope(AbortSignal.any([signal, this.#scope.signal]))
    try {
      return await new Promise<RehearsalPlace>((resolve, reject) => {
        waiting.add(this.#place.watch((place) => place && resolve(place)))
        this.#options.clock
          .sleep(READY_WITHIN_MS, waiting.signal)
          .then(() => reject(new StudioError('rehearsal-unavailable', 'the server did not start in time')), reject)
      })
    } finally {
      await waiting.close()
    }
  }

  /** Ends the server; nothing of it is left when this resolves. */
  async close(): Promise<void> {
    await this.#scope.close(new StudioError('stopped'))
    await this.#running
  }

  async #runOnce(signal: AbortSignal, healthy: () => void): Promise<void> {
    const run = new Scope(signal)
    try {
      const child = this.#options.startNode('rehearsal-server', [])
      this.#child = child
      await new Promise<void>((_resolve, reject) => {
        run.signal.addEventListener('abort', () => reject(run.signal.reason), { once: true })
        child.onExit((code) => reject(new StudioError('rehearsal-unavailable', `the server ended with code ${code}`)))
        child.onMessage((message) => {
          const parsed = fromRehearsalServer.safeParse(message)
          if (!parsed.success || run.signal.aborted) return
          if (parsed.data.type === 'failed') reject(new StudioError('rehearsal-unavailable', parsed.data.evidence))
          else this.#take(parsed.data, child, healthy)
        })
      })
    } finally {
      this.state.set(STOPPED)
      this.#place.set(null)
      await this.#child?.stop()
      this.#child = null
      await run.close()
    }
  }

  #take(message: Exclude<FromRehearsalServer, { type: 'failed' }>, child: NodeChild, healthy: () => void): void {
    if (message.type === 'loaded') {
      child.send({ type: 'start', streamName: this.#streamName, publishKey: this.#publishKey } satisfies ToRehearsalServer)
    } else if (message.type === 'ready') {
      const playbackUrl = `http://127.0.0.1:${message.httpPort}/${APPLICATION}/${this.#streamName}.flv`
      this.#options.log.info('the rehearsal server is ready', { rtmpPort: message.rtmpPort, httpPort: message.httpPort })
      this.state.set({ running: true, publishing: false, playbackUrl })
      this.#place.set({ address: `rtmp://127.0.0.1:${message.rtmpPort}/${APPLICATION}`, key: new Secret(`${this.#streamName}?key=${this.#publishKey}`) })
      healthy()
    } else {
      this.state.set({ ...this.state.value, publishing: message.publishing })
    }
  }
}

/** 0.2, 0.4, … at most 5 s: a server that dies at once must not keep a core busy. */
function restartDelayMs({ attempt }: Pick<RetryQuestion, 'attempt'>): number {
  return Math.min(5000, 200 * 2 ** (attempt - 1))
}
