import type { Engine, ViewTarget } from '../../engine/engine.types.ts'

/** Begins the names of our own windows; a desktop host opens windows with such names and no others. */
export const PROJECTOR_NAME = 'castwright-view'

export interface Display {
  /** CSS pixels on the desktop of all displays. */
  left: number
  top: number
  width: number
  height: number
}

export interface ProjectorOptions {
  engine: Pick<Engine, 'openView'>
  target: ViewTarget
  title: string
  /** How it becomes full screen, shown for a while. */
  hint: string
  /** Width by height of the picture; none = it fills the window. */
  shape: number | null
  display: Display | null
  /** A click, as fractions of the picture. */
  onClick?: (x: number, y: number) => void
  onClosed: () => void
}

export interface Projector {
  focus(): void
  close(): void
}

/**
 * Shows a picture of the engine in a window of its own: a blank one of our own page, so that its canvas can be handed to the engine.
 * To be called from a user's gesture. Null when the browser does not open it.
 */
export function openProjector(opener: Window, name: string, options: ProjectorOptions): Projector | null {
  const { left, top, width, height } = options.display ?? { left: opener.screenX + 60, top: opener.screenY + 60, width: 960, height: 540 }
  const popup = opener.open('', `${PROJECTOR_NAME}-${name}`, `popup,left=${left},top=${top},width=${width},height=${height}`)
  if (!popup) return null
  const { document: page } = popup
  page.title = options.title
  // By properties and not by markup: the policy of the page, which this window shares, allows nothing else to be relied on.
  Object.assign(page.documentElement.style, { height: '100%', background: '#000' })
  Object.assign(page.body.style, { position: 'relative', height: '100%', margin: '0', overflow: 'hidden' })
  const canvas = page.createElement('canvas')
  Object.assign(canvas.style, { position: 'absolute', display: 'block' })
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', options.title)
  page.body.replaceChildren(canvas, ...(options.hint ? [hintIn(page, options.hint)] : []))
  const view = options.engine.openView(canvas, options.target)

  const over = new AbortController()
  const { signal } = over
  const fit = (): void => {
    const box = fitted(popup.innerWidth, popup.innerHeight, options.shape)
    Object.assign(canvas.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` })
    view.setSize(box.width * popup.devicePixelRatio, box.height * popup.devicePixelRatio)
  }
  const end = (): void => {
    if (signal.aborted) return
    over.abort()
    view.close()
    options.onClosed()
  }
  popup.addEventListener('resize', fit, { signal })
  popup.addEventListener('pagehide', end, { signal })
  popup.addEventListener('keydown', (event) => {
    if (event.key === 'F11' || event.key === 'f') event.preventDefault()
    else return
    void toggleFullScreen(page)
  }, { signal })
  const { onClick } = options
  if (onClick) canvas.addEventListener('click', (event) => onClick(event.offsetX / canvas.clientWidth, event.offsetY / canvas.clientHeight), { signal })
  else page.addEventListener('dblclick', () => void toggleFullScreen(page), { signal })
  fit()
  // Where the browser lets a window that was only just opened do so; where not, the hint says how.
  if (options.display) void toggleFullScreen(page)

  return {
    focus: () => popup.focus(),
    close() {
      end()
      popup.close()
    },
  }
}

/** The largest box of this shape (width by height; null = any) within a window, in its middle. Whole pixels. */
export function fitted(width: number, height: number, shape: number | null): { left: number; top: number; width: number; height: number } {
  if (shape === null) return { left: 0, top: 0, width, height }
  const wide = Math.min(width, Math.round(height * shape))
  const high = Math.min(height, Math.round(wide / shape))
  return { left: Math.floor((width - wide) / 2), top: Math.floor((height - high) / 2), width: wide, height: high }
}

/** Which cell of a multiview was clicked, counted row by row. */
export function cellAt(x: number, y: number, cells: number): number {
  const across = Math.round(Math.sqrt(cells))
  const part = (at: number): number => Math.min(across - 1, Math.max(0, Math.floor(at * across)))
  return part(y) * across + part(x)
}

async function toggleFullScreen(page: Document): Promise<void> {
  // Refused without a gesture in that window, which is what the hint is for.
  await (page.fullscreenElement ? page.exitFullscreen() : page.documentElement.requestFullscreen()).catch(() => {})
}

function hintIn(page: Document, text: string): HTMLElement {
  const hint = page.createElement('p')
  hint.textContent = text
  Object.assign(hint.style, {
    position: 'absolute', left: '50%', bottom: '24px', margin: '0', padding: '6px 12px', borderRadius: '4px', background: 'rgb(0 0 0 / 70%)', color: '#fff', font: '13px system-ui, sans-serif',
    transform: 'translateX(-50%)', pointerEvents: 'none',
  })
  hint.animate([{ opacity: 1 }, { opacity: 1, offset: 0.85 }, { opacity: 0 }], { duration: 8000, fill: 'forwards' })
  return hint
}
