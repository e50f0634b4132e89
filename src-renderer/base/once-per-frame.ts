export interface OncePerFrame<T> {
  /** Remembers the value for the next frame; the last one of a frame counts. */
  give(value: T): void
  /** Runs now with what is waiting. */
  flush(): void
  /** Forgets what is waiting. */
  cancel(): void
}

/** Pointers report up to 1000 times a second: runs at most once per frame of the display, with the latest value. */
export function oncePerFrame<T>(request: (run: () => void) => () => void, run: (value: T) => void): OncePerFrame<T> {
  let waiting: { value: T; off: () => void } | null = null

  function flush(): void {
    if (!waiting) return
    const { value, off } = waiting
    waiting = null
    off()
    run(value)
  }

  return {
    give(value) {
      if (waiting) waiting.value = value
      else waiting = { value, off: request(flush) }
    },
    flush,
    cancel() {
      waiting?.off()
      waiting = null
    },
  }
}

/** The display's own frames. */
export function nextFrame(run: () => void): () => void {
  const request = requestAnimationFrame(run)
  return () => cancelAnimationFrame(request)
}
