import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

/**
 * Signals a child that leads its own process group, and everything in it. Nothing happens when all of it
 * has ended. Windows knows neither groups nor SIGTERM: `taskkill /T` walks the tree, and asks politely
 * unless the signal is SIGKILL.
 */
export function signalTree(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return
  if (process.platform === 'win32') {
    if (child.exitCode === null) spawn('taskkill', taskkillArguments(child.pid, signal), { stdio: 'ignore', windowsHide: true }).on('error', () => {})
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // ESRCH: the whole group has ended.
  }
}

const taskkillArguments = (pid: number, signal: 'SIGTERM' | 'SIGKILL'): string[] =>
  signal === 'SIGKILL' ? ['/pid', String(pid), '/T', '/F'] : ['/pid', String(pid), '/T']

/** Children that are running now. One list for the process, because a process has one end. */
const running = new Set<ChildProcess>()

/**
 * A group of its own outlives this process. Should the studio end without closing its scopes (an uncaught
 * error), its children are killed on the way out. Returns how to call that off.
 */
export function endTreeOnExit(child: ChildProcess): () => void {
  if (running.size === 0) process.once('exit', killAll)
  running.add(child)
  return () => {
    running.delete(child)
    if (running.size === 0) process.off('exit', killAll)
  }
}

function killAll(): void {
  for (const child of running) {
    if (process.platform !== 'win32') signalTree(child, 'SIGKILL')
    else if (child.pid !== undefined) spawnSync('taskkill', taskkillArguments(child.pid, 'SIGKILL'), { stdio: 'ignore', windowsHide: true })
  }
}
