import type { ElectronApi, HostWindow } from './electron-api.ts'
import { isOurs } from './origin.ts'

/** What our own page may have. `loopback-network` is the rehearsal's playback. Electron itself would allow everything. */
const ALLOWED: ReadonlySet<string> = new Set(['media', 'display-capture', 'speaker-selection', 'fullscreen', 'clipboard-sanitized-write', 'loopback-network'])

export const mayHave = (permission: string, requester: string): boolean => ALLOWED.has(permission) && isOurs(requester)

/** Answers every permission question of the session; devices behind USB, HID and the like are never given. */
export function guardPermissions(session: ElectronApi['session']['defaultSession']): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(mayHave(permission, details.requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayHave(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
}

/** The window shows our page and nothing else: no navigation away, no further windows, no embedded browsers. */
export function guardNavigation({ webContents }: HostWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
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
