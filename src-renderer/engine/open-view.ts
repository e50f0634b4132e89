import type { EngineView, ViewTarget } from './engine.types.ts'
import type { ToWorker } from './worker/messages.ts'

/** Hands a canvas over to the worker; its own window says whether it is seen. */
export function openView(viewId: number, canvas: HTMLCanvasElement, target: ViewTarget, post: (message: ToWorker, transfer?: Transferable[]) => void): EngineView {
  const offscreen = canvas.transferControlToOffscreen()
  const seenIn = canvas.ownerDocument
  const over = new AbortController()
  const tellVisible = (): void => post({ type: 'view-visible', viewId, visible: seenIn.visibilityState === 'visible' })
  const close = (): void => {
    if (over.signal.aborted) return
    over.abort()
    post({ type: 'view-close', viewId })
  }
  post({ type: 'view-open', viewId, canvas: offscreen, target }, [offscreen])
  seenIn.addEventListener('visibilitychange', tellVisible, { signal: over.signal })
  // A popup that the user closes takes its canvas along.
  seenIn.defaultView?.addEventListener('pagehide', close, { signal: over.signal })
  tellVisible()
  return { setSize: (width, height) => post({ type: 'view-size', viewId, width, height }), close }
}
