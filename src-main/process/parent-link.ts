/** What a Node program that the studio started has of the studio. Messages are JSON. */
export interface ParentLink {
  send(message: unknown): void
  onMessage(handler: (message: unknown) => void): void
  /** The studio told the program to end, or is gone. */
  onEnd(handler: () => void): void
}

/** Electron's `process.parentPort`, which exists in utility processes only. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', handler: (event: { data: unknown }) => void): void
}

/** The program's end of `Host.startNode`, the same under both hosts. */
export function connectToParent(): ParentLink {
  const { parentPort } = process as unknown as { parentPort?: ParentPort }
  return {
    send(message) {
      if (parentPort) parentPort.postMessage(message)
      else if (process.connected) process.send?.(message, undefined, undefined, () => {})
    },
    onMessage(handler) {
      if (parentPort) parentPort.on('message', (event) => handler(event.data))
      else process.on('message', handler)
    },
    onEnd(handler) {
      process.on('disconnect', handler)
      process.on('SIGTERM', handler)
    },
  }
}
