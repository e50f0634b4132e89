import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import type { Duplex, Readable, Writable } from 'node:stream'
import type { Clock } from '../base/clock.ts'
import { endTreeOnExit, signalTree, type Taskkill } from './process-tree.ts'

/** How long a child may take to end by itself after the end of its input, and after SIGTERM. */
export const END_OF_INPUT_GRACE_MS = 3000
export const TERMINATE_GRACE_MS = 2000
/** After its exit a child's output is read on for this long: a grandchild may hold the pipes open. */
const DRAIN_MS = 1000
const STDERR_TAIL_BYTES = 8 * 1024

export interface ChildSpec {
  command: string
  /** Everybody on the computer can read these: never a key, a token or a query. Secrets go by `env` or by stdin. */
  args: readonly string[]
  /** Instead of this process's own environment. */
  env?: NodeJS.ProcessEnv
  cwd?: string
  stdin?: 'pipe' | 'ignore'
  stdout?: 'pipe' | 'ignore'
  /** Two-way pipes for the child's file descriptors 3, 4, … (not on top of `messages`). */
  extraPipes?: number
  /** JSON messages, for Node children. */
  messages?: boolean
  /** Written before the end of input when the child is told to stop, e.g. FFmpeg's `q`. */
  farewell?: string
  onStderr?: (text: string) => void
  endOfInputGraceMs?: number
  terminateGraceMs?: number
}

/** How a child ended: one shape, whatever happened. */
export interface ChildResult {
  /** False when the program could not be started at all; `stderrTail` then says why. */
  spawned: boolean
  /** Exit code; null when a signal ended it or it never ran. */
  code: number | null
  signal: string | null
  /** It was told to stop. */
  stopped: boolean
  /** It had to be killed. */
  killed: boolean
  ranMs: number
  /** The last 8 KiB of what it said. */
  stderrTail: string
}

export interface Child {
  readonly pid: number | undefined
  readonly stdin: Writable | null
  readonly stdout: Readable | null
  readonly pipes: readonly Duplex[]
  /** Resolves when the child and its output have ended; never rejects. */
  readonly done: Promise<ChildResult>
  send(message: unknown): void
  onMessage(handler: (message: unknown) => void): void
  /**
   * Ends the child and everything it started: end of input → 3 s → SIGTERM → 2 s → SIGKILL.
   * A child without an input gets SIGTERM at once. Safe to call again.
   */
  stop(): Promise<ChildResult>
}

/**
 * The one place where the studio starts programs. The child leads a process group of its own, so that its whole
 * tree can be ended. Never throws: what could not be started is told by `done`.
 */
export function startChild(spec: ChildSpec, clock: Clock): Child {
  const startedMs = clock.monotonicMs()
  let child: ChildProcess
  try {
    child = spawnChild(spec)
  } catch (error) {
    return notStarted(error)
  }
  const forget = endTreeOnExit(child, taskkill)
  let stderrTail = ''
  let stopped = false
  let killed = false
  let spawnError: Error | null = null
  const over = new AbortController()

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderrTail = (stderrTail + text).slice(-STDERR_TAIL_BYTES)
    spec.onStderr?.(text)
  })
  // A broken pipe is how a child's end shows here; how it ended is told by `done`.
  for (const stream of child.stdio) stream?.on('error', () => {})
  child.on('error', (error) => {
    if (child.pid === undefined) spawnError = error
  })

  const done = ended(child, clock, over).then(({ code, signal }): ChildResult => {
    forget()
    return {
      spawned: child.pid !== undefined,
      code: spawnError ? null : code,
      signal,
      stopped,
      killed,
      ranMs: clock.monotonicMs() - startedMs,
      stderrTail: spawnError ? spawnError.message : stderrTail,
    }
  })

  const stop = async (): Promise<void> => {
    if (child.stdin || spec.messages) {
      if (spec.farewell !== undefined) child.stdin?.write(spec.farewell)
      child.stdin?.end()
      if (child.connected) child.disconnect()
      if (await endsWithin(spec.endOfInputGraceMs ?? END_OF_INPUT_GRACE_MS)) return
    }
    signalTree(child, 'SIGTERM', taskkill)
    if (await endsWithin(spec.terminateGraceMs ?? TERMINATE_GRACE_MS)) return
    killed = true
    signalTree(child, 'SIGKILL', taskkill)
  }
  /** Whether the child ended before `delayMs` were over. */
  const endsWithin = (delayMs: number): Promise<boolean> =>
    clock.sleep(delayMs, over.signal).then(() => false, () => true)

  return {
    pid: child.pid,
    stdin: child.stdin,
    stdout: child.stdout,
    pipes: child.stdio.slice(3, 3 + (spec.extraPipes ?? 0)) as Duplex[],
    done,
    send(message) {
      if (child.connected) child.send(message as object, () => {})
    },
    onMessage: (handler) => void child.on('message', handler),
    stop() {
      if (!stopped && !over.signal.aborted) {
        stopped = true
        void stop()
      }
      return done
    },
  }
}

/** Throws what the system says when there is no memory or no file handle for another program. */
function spawnChild(spec: ChildSpec): ChildProcess {
  const child = spawn(spec.command, [...spec.args], {
    stdio: [
      spec.stdin ?? 'ignore',
      spec.stdout ?? 'ignore',
      'pipe',
      ...Array.from({ length: spec.extraPipes ?? 0 }, () => 'pipe' as const),
      ...(spec.messages ? (['ipc'] as const) : []),
    ],
    env: spec.env,
    cwd: spec.cwd,
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  // Without a free file handle Node makes no streams at all, against its own types, and tells the error later.
  if ((child.stdio as unknown) === undefined) {
    child.on('error', () => {})
    throw new Error(`spawn ${spec.command}: no file handle is left`)
  }
  return child
}

/** A child that never was. */
function notStarted(thrown: unknown): Child {
  const stderrTail = thrown instanceof Error ? thrown.message : String(thrown)
  const done = Promise.resolve<ChildResult>({ spawned: false, code: null, signal: null, stopped: false, killed: false, ranMs: 0, stderrTail })
  return { pid: undefined, stdin: null, stdout: null, pipes: [], done, send() {}, onMessage() {}, stop: () => done }
}

const taskkill: Taskkill = (args, wait) => {
  const options = { stdio: 'ignore', windowsHide: true } as const
  if (wait) spawnSync('taskkill', args, options)
  else spawn('taskkill', args, options).on('error', () => {})
}

/** Waits for the exit, ends what the child left behind, and reads the rest of its output. `over` aborts at the exit. */
function ended(child: ChildProcess, clock: Clock, over: AbortController): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    const onExit = (code: number | null, signal: string | null): void => {
      over.abort()
      signalTree(child, 'SIGKILL', taskkill)
      void drained(child, clock).then(() => {
        for (const stream of child.stdio) stream?.destroy()
        resolve({ code, signal })
      })
    }
    child.once('exit', onExit)
    child.once('error', () => {
      if (child.pid === undefined) onExit(null, null)
    })
  })
}

/** Resolves when stdout and stderr have been read to their end, at the latest after `DRAIN_MS`. */
async function drained(child: ChildProcess, clock: Clock): Promise<void> {
  const enough = new AbortController()
  const outputs = [child.stdout, child.stderr].filter((stream) => stream !== null)
  const closed = outputs.map((stream) => {
    // An output that nobody reads would never end.
    if (stream.readableFlowing === null) stream.resume()
    return stream.closed ? null : new Promise<void>((resolve) => stream.once('close', resolve))
  })
  void Promise.all(closed).then(() => enough.abort())
  await clock.sleep(DRAIN_MS, enough.signal).catch(() => {})
}
