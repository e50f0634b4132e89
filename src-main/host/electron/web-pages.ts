import { StudioError } from '@shared/domain/errors.ts'
import type { SourceOf } from '@shared/domain/source.ts'
import type { WebPageHost } from '../host.ts'
import type { ElectronApi, HostWindow } from './electron-api.ts'

/** A storage of its own that is gone with the studio: no cookie of the user's and none of another session. */
const PARTITION = 'web-pages'

/**
 * Web pages in windows that nobody sees, for the studio's page to capture. A page is a stranger: sandboxed, without preload,
 * permissions, downloads or further windows, and it stays on http and https.
 */
export function electronWebPages(api: Pick<ElectronApi, 'BrowserWindow' | 'session'>, studio: () => HostWindow | null): WebPageHost & { close(): void } {
  const windows = new Map<string, HostWindow>()
  let guarded = false

  const close = (sourceId: string): void => {
    const window = windows.get(sourceId)
    windows.delete(sourceId)
    if (window && !window.isDestroyed()) window.destroy()
  }

  const guard = (): void => {
    if (guarded) return
    guarded = true
    const session = api.session.fromPartition(PARTITION)
    session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
    session.setPermissionCheckHandler(() => false)
    session.setDevicePermissionHandler(() => false)
    session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
    session.on('will-download', (event) => event.preventDefault())
  }

  return {
    async open(page) {
      const viewer = studio()
      if (!viewer) throw new StudioError('page-gone', 'there is no window to draw it for')
      if (!isWebAddress(page.address)) throw new StudioError('address-invalid', 'a web page begins with http:// or https://')
      guard()
      close(page.id)
      const window = hiddenWindow(api, page)
      windows.set(page.id, window)
      limit(window, page)
      await window.loadURL(page.address).catch((cause: unknown) => {
        close(page.id)
        throw new StudioError('address-unreachable', new URL(page.address).host, { cause })
      })
      return window.webContents.getMediaSourceId(viewer.webContents as Electron.WebContents)
    },
    closePage: close,
    close() {
      for (const sourceId of windows.keys()) close(sourceId)
    },
  }
}

function hiddenWindow(api: Pick<ElectronApi, 'BrowserWindow'>, { width, height }: SourceOf<'web-page'>): HostWindow {
  return new api.BrowserWindow({
    width,
    height,
    useContentSize: true,
    show: false,
    frame: false,
    transparent: true,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      partition: PARTITION,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // Nobody sees it, and it should move all the same.
      backgroundThrottling: false,
      disableDialogs: true,
      spellcheck: false,
    },
  })
}

function limit({ webContents }: HostWindow, { css }: SourceOf<'web-page'>): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  const stay = (event: { url: string; preventDefault(): void }): void => {
    if (!isWebAddress(event.url)) event.preventDefault()
  }
  webContents.on('will-navigate', stay)
  webContents.on('will-redirect', stay)
  webContents.on('will-frame-navigate', stay)
  webContents.on('will-attach-webview', (event) => event.preventDefault())
  // It must not be heard beside the program.
  webContents.setAudioMuted(true)
  if (css !== '') webContents.on('dom-ready', () => void webContents.insertCSS(css).catch(() => {}))
}

export function isWebAddress(address: string): boolean {
  const parsed = URL.parse(address)
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:') && parsed.username === '' && parsed.password === ''
}
