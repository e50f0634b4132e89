import type { Clock } from '../../base/clock.ts'
import { startChild } from '../../process/child.ts'

/** What a program of the system said. */
export interface ToolAnswer {
  /** False = there is no such program here. */
  found: boolean
  code: number | null
  stdout: string
}

/** Runs a program of the system to its end, or for `limitMs`, and takes the first 256 KiB of what it says. */
export type RunTool = (command: string, args: readonly string[], limitMs: number, signal: AbortSignal) => Promise<ToolAnswer>

const MAX_OUTPUT = 256 * 1024

/** Its texts are asked for in English, because they are read. Rejects with the signal's reason alone. */
export const systemTools = (clock: Clock, env: NodeJS.ProcessEnv): RunTool => async (command, args, limitMs, signal) => {
  signal.throwIfAborted()
  const child = startChild({ command, args, stdout: 'pipe', terminateGraceMs: 500, env: { ...env, LC_ALL: 'C', LANG: 'C' } }, clock)
  let stdout = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    if (stdout.length < MAX_OUTPUT) stdout += text.slice(0, MAX_OUTPUT - stdout.length)
  })
  const ending = new AbortController()
  const stop = (): void => void child.stop()
  signal.addEventListener('abort', stop, { once: true })
  void clock.sleep(limitMs, ending.signal).then(stop, () => {})
  const { spawned, code } = await child.done
  ending.abort()
  signal.removeEventListener('abort', stop)
  signal.throwIfAborted()
  return { found: spawned, code, stdout }
}
