import type { Clock } from '../../base/clock.ts'
import { startChild } from '../../process/child.ts'
import type { NodeChild } from '../host.ts'

/** Runs a Node program beside the studio with the same Node. It ends when its connection to the studio does. */
export function startNodeProgram(scriptPath: string, args: readonly string[], clock: Clock): NodeChild {
  const child = startChild({ command: process.execPath, args: [scriptPath, ...args], messages: true }, clock)
  return {
    pid: child.pid,
    send: (message) => child.send(message),
    onMessage: (handler) => child.onMessage(handler),
    onExit: (handler) => void child.done.then((result) => handler(result.code)),
    stop: () => child.stop().then(() => {}),
  }
}
