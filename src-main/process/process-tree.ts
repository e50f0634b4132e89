/** A running child that leads a process group of its own. */
export interface TreeRoot {
  readonly pid?: number | undefined
  readonly exitCode: number | null
}

/** Runs Windows' `taskkill`; `wait` = only return once it is done. Given, because one file alone starts programs. */
export type Taskkill = (args: string[], wait: boolean) => void

export type EndSignal = 'SIGTERM' | 'SIGKILL'

/**
 * Signals a child and everything in its group. Nothing happens when all of it has ended. Windows knows
 * neither groups nor SIGTERM: `taskkill /T` walks the tree, and asks politely unless the signal is SIGKILL.
 */
export function signalTree(root: TreeRoot, signal: EndSignal, taskkill: Taskkill, wait = false): void {
  if (root.pid === undefined) return
  if (process.platform === 'win32') {
    if (root.exitCode === null) taskkill(['/pid', String(root.pid), '/T', ...(signal === 'SIGKILL' ? ['/F'] : [])], wait)
    return
  }
  try {
    process.kill(-root.pid, signal)
  } catch {
    // ESRCH: the whole group has ended.
  }
}

/** Children that are running now. One list for the process, because a process has one end. */
const running = new Map<TreeRoot, Taskkill>()

/**
 * A group of its own outlives this process. Should the studio end without closing its scopes (an uncaught
 * error), its children are killed on the way out. Returns how to call that off.
 */
export function endTreeOnExit(root: TreeRoot, taskkill: Taskkill): () => void {
  if (running.size === 0) process.once('exit', killAll)
  running.set(root, taskkill)
  return () => {
    running.delete(root)
    if (running.size === 0) process.off('exit', killAll)
  }
}

function killAll(): void {
  for (const [root, taskkill] of running) signalTree(root, 'SIGKILL', taskkill, true)
}
