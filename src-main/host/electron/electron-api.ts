import type {
  App, BrowserWindow, BrowserWindowConstructorOptions, DesktopCapturer, Dialog, GlobalShortcut, IpcMain, Menu, MenuItemConstructorOptions, MessagePortMain,
  Notification, NotificationConstructorOptions, PowerMonitor, PowerSaveBlocker, Protocol, SafeStorage, Session, Shell, UtilityProcess, WebContents,
} from 'electron'

/** What the host does with a window. */
export type HostWindow = Pick<BrowserWindow, 'loadURL' | 'show' | 'focus' | 'isMinimized' | 'restore' | 'destroy' | 'isDestroyed' | 'on'> & {
  readonly webContents: Pick<WebContents, 'id' | 'on' | 'getMediaSourceId' | 'setAudioMuted' | 'insertCSS' | 'setWindowOpenHandler' | 'getOSProcessId' | 'reloadIgnoringCache' | 'forcefullyCrashRenderer' | 'isCrashed'>
}

export type MainPort = Pick<MessagePortMain, 'on' | 'postMessage' | 'start' | 'close'>
export type HostUtilityProcess = Pick<UtilityProcess, 'pid' | 'on' | 'postMessage' | 'kill'>

/** Everything of Electron that the studio uses: so little that a test can be it. The real thing fits without a cast. */
export interface ElectronApi {
  app: Pick<App, 'enableSandbox' | 'requestSingleInstanceLock' | 'whenReady' | 'on' | 'quit' | 'exit' | 'getAppMetrics' | 'getPath' | 'setPath'> & {
    readonly commandLine: Pick<App['commandLine'], 'appendSwitch'>
  }
  protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>
  session: {
    readonly defaultSession: Pick<
      Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler'
    > & { readonly protocol: Pick<Protocol, 'handle'> }
    fromPartition(partition: string): Pick<
      Session,
      'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setDisplayMediaRequestHandler' | 'on'
    >
  }
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => HostWindow
  ipcMain: Pick<IpcMain, 'on'>
  desktopCapturer: Pick<DesktopCapturer, 'getSources'>
  Menu: { buildFromTemplate(template: MenuItemConstructorOptions[]): Pick<Menu, 'popup'>; setApplicationMenu(menu: null): void }
  safeStorage: Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>
  shell: Pick<Shell, 'showItemInFolder' | 'trashItem' | 'openExternal'>
  dialog: Pick<Dialog, 'showOpenDialog'>
  globalShortcut: Pick<GlobalShortcut, 'register' | 'unregister'>
  powerMonitor: Pick<PowerMonitor, 'on' | 'off'>
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  Notification: new (options: NotificationConstructorOptions) => Pick<Notification, 'show'>
  utilityProcess: { fork(modulePath: string, args?: string[], options?: { serviceName?: string; stdio?: 'ignore' | 'inherit' }): HostUtilityProcess }
}
