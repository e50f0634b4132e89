import type { Clock } from '../../base/clock.ts'
import type { NodeChild } from '../host.ts'
import type { ElectronApi } from './electron-api.ts'

const TERMINATE_GRACE_MS = 2000

/** Runs a Node program beside the studio. Electron's binary does not act as plain Node (a fuse forbids it), hence a utility process. */
export function startUtilityProgram(utilityProcess: ElectronApi['utilityProcess'], scriptPath: string, args: readonly string[], clock: Clock): NodeChild {
  const child = utilityProcess.fork(scriptPath, [...args], { serviceName: 'castwright-helper', stdio: 'ignore' })
  const over = new AbortController()
  let code: number | null = null
  const ended = new Promise<void>((resolve) => {
    child.on('exit', (exitCode) => {
      code = exitCode
      over.abort()
      resolve()
    })
  })
  return {
    // Electron tells it once the process runs.
    get pid() {
      return child.pid
    },
    send: (message) => child.postMessage(message),
    onMessage: (handler) => void child.on('message', handler),
    onExit: (handler) => void ended.then(() => handler(code)),
    async stop() {
      if (over.signal.aborted) return
      const { pid } = child
      child.kill()
      const stubborn = await clock.sleep(TERMINATE_GRACE_MS, over.signal).then(() => true, () => false)
      if (stubborn && pid !== undefined) kill(pid)
      await ended
    },
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
