import type { HandlerDetails, WebContents } from 'electron'
import type { ElectronApi, HostWindow } from './electron-api.ts'
import { isOurs } from './origin.ts'

/** What our own page may have. `loopback-network` is the rehearsal's playback, `window-management` puts a picture on another display. Electron itself would allow everything. */
const ALLOWED: ReadonlySet<string> = new Set(['media', 'display-capture', 'speaker-selection', 'fullscreen', 'window-management', 'clipboard-sanitized-write', 'loopback-network'])

export const mayHave = (permission: string, requester: string): boolean => ALLOWED.has(permission) && isOurs(requester)

/** Answers every permission question of the session; devices behind USB, HID and the like are never given. */
export function guardPermissions(session: ElectronApi['session']['defaultSession']): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(mayHave(permission, details.requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayHave(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
}

/** What the page calls its blank windows with a picture in them: see the page's projector.ts. */
const PICTURE_WINDOW = /^castwright-view-[\w-]{1,64}$/

/** Whether the page asks for one of its blank windows, which it fills itself; they have no address and so load nothing. */
const isPictureWindow = ({ url, frameName, postBody }: HandlerDetails): boolean => url === 'about:blank' && PICTURE_WINDOW.test(frameName) && !postBody

/** The window shows our page and nothing else: no navigation away, no embedded browsers, and no further windows but blank ones for pictures. */
export function guardNavigation({ webContents }: Pick<HostWindow, 'webContents'>): void {
  webContents.setWindowOpenHandler((details) => {
    if (!isPictureWindow(details)) return { action: 'deny' }
    // Of our own page's preferences only those about safety are passed on: no preload script, so no way to main.
    const webPreferences = { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, backgroundThrottling: false }
    return { action: 'allow', overrideBrowserWindowOptions: { backgroundColor: '#000000', autoHideMenuBar: true, webPreferences } }
  })
  webContents.on('did-create-window', (window) => guardPicture(window))
  webContents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  webContents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  webContents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  webContents.on('will-attach-webview', (event) => event.preventDefault())
}

/** A window with a picture goes nowhere and opens nothing, not even our own page. */
function guardPicture({ webContents }: { webContents: Pick<WebContents, 'on' | 'setWindowOpenHandler'> }): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  webContents.on('will-navigate', (event) => event.preventDefault())
  webContents.on('will-redirect', (event) => event.preventDefault())
  webContents.on('will-frame-navigate', (event) => event.preventDefault())
  webContents.on('will-attach-webview', (event) => event.preventDefault())
}
