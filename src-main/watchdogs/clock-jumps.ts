/** By how much wall time has moved away from the time that this computer has been on (sleep included), since the last call, ms. */
export function clockJumps({ wallMs, uptimeMs }: { wallMs: () => number; uptimeMs: () => number }): () => number {
  let last = { wall: wallMs(), uptime: uptimeMs() }
  return () => {
    const now = { wall: wallMs(), uptime: uptimeMs() }
    const jump = now.wall - last.wall - (now.uptime - last.uptime)
    last = now
    return jump
  }
}
