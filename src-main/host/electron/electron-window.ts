import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { StudioWindow, WindowOptions } from '../host.ts'
import type { ElectronApi, HostWindow } from './electron-api.ts'
import { guardNavigation } from './guards.ts'
import { ORIGIN } from './origin.ts'

/** A page that computes for longer than this after Electron calls it unresponsive is stuck. */
const UNRESPONSIVE_GRACE_MS = 10_000

export interface ElectronWindowOptions extends WindowOptions {
  preloadPath: string
  clock: Clock
}

/** Opens the one window of the studio with its page. Rejects with StudioError `page-gone` when the page does not load. */
export async function openElectronWindow(api: ElectronApi, options: ElectronWindowOptions): Promise<{ window: HostWindow; studioWindow: StudioWindow }> {
  const window = new api.BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: !options.headless,
    backgroundColor: '#1d1f26',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      backgroundThrottling: false,
      spellcheck: false,
    },
  })
  guardNavigation(window)
  const studioWindow = steer(api, window, options.clock)
  await window.loadURL(`${ORIGIN}/`).catch((cause: unknown) => {
    window.destroy()
    throw new StudioError('page-gone', 'the page did not load', { cause })
  })
  return { window, studioWindow }
}

function steer(api: ElectronApi, window: HostWindow, clock: Clock): StudioWindow {
  const { webContents } = window
  const goneHandlers = new Set<(evidence: string) => void>()
  const closedHandlers = new Set<() => void>()
  let closing = false
  let reloading = false
  let hang: AbortController | null = null
  const gone = (evidence: string): void => {
    if (!closing && !reloading) for (const handler of goneHandlers) handler(evidence)
  }
  webContents.on('render-process-gone', (_event, { reason }) => {
    hang?.abort()
    if (reason !== 'clean-exit') gone(`the page's process has ended: ${reason}`)
  })
  window.on('unresponsive', () => {
    hang?.abort()
    hang = new AbortController()
    void clock.sleep(UNRESPONSIVE_GRACE_MS, hang.signal).then(() => gone('the page does not answer'), () => {})
  })
  window.on('responsive', () => hang?.abort())
  window.on('closed', () => {
    hang?.abort()
    if (closing) return
    closing = true
    for (const handler of closedHandlers) handler()
  })
  return {
    async reload() {
      if (window.isDestroyed()) throw new StudioError('page-gone', 'the window is closed')
      reloading = true
      // A page that hangs answers no navigation; without its process there is nothing to wait for.
      if (hang && !hang.signal.aborted && !webContents.isCrashed()) webContents.forcefullyCrashRenderer()
      hang?.abort()
      hang = null
      try {
        await window.loadURL(`${ORIGIN}/`)
      } catch (cause) {
        throw new StudioError('page-gone', 'the page could not be reloaded', { cause })
      } finally {
        reloading = false
      }
    },
    focus() {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    onGone: (handler) => void goneHandlers.add(handler),
    onClosed: (handler) => void closedHandlers.add(handler),
    close() {
      closing = true
      if (!window.isDestroyed()) window.destroy()
      return Promise.resolve()
    },
    processIds: () => Promise.resolve(processIds(api)),
  }
}

/** Electron's own processes by role; this very process (`Browser`) counts as the studio's, not the window's. */
function processIds(api: ElectronApi): Record<string, number> {
  const byRole: Record<string, number> = {}
  for (const { type, pid, serviceName } of api.app.getAppMetrics()) {
    if (type === 'Browser') continue
    const role = type === 'Tab' ? 'renderer' : type === 'Utility' ? (serviceName?.split('.')[0] ?? 'utility') : type.toLowerCase()
    let name = role
    for (let n = 2; name in byRole; n++) name = `${role} ${n}`
    byRole[name] = pid
  }
  return byRole
}
