/** Hears events until what is returned is called. */
export function listen(target: EventTarget, type: string, handler: () => void): () => void {
  target.addEventListener(type, handler)
  return () => target.removeEventListener(type, handler)
}
