import { EventEmitter } from 'node:events'
import type { ElectronApi, HostUtilityProcess, HostWindow, MainPort } from './electron-api.ts'

type Session = ElectronApi['session']['defaultSession']
type Handler<K extends keyof Session> = Session[K] extends (handler: infer H, ...rest: never[]) => unknown ? NonNullable<H> : never

interface FakeContents {
  id: number
  setWindowOpenHandler(handler: FakeWindow['openHandler']): void
  getOSProcessId(): number
  getMediaSourceId(): string
  setAudioMuted(muted: boolean): void
  insertCSS(css: string): Promise<string>
  reloadIgnoringCache(): void
  forcefullyCrashRenderer(): void
  isCrashed(): boolean
}

/** A window that remembers what was done to it. Its events are emitted by the test. */
export class FakeWindow extends EventEmitter {
  readonly addresses: string[] = []
  readonly done: string[] = []
  destroyed = false
  crashed = false
  muted = false
  readonly styles: string[] = []
  loadFails = false
  openHandler: Parameters<HostWindow['webContents']['setWindowOpenHandler']>[0] | null = null
  readonly webContents: EventEmitter & FakeContents = Object.assign(new EventEmitter(), {
    id: 1,
    setWindowOpenHandler: (handler: FakeWindow['openHandler']) => void (this.openHandler = handler),
    getOSProcessId: () => 4711,
    getMediaSourceId: () => `tab of window ${this.addresses.at(-1)}`,
    setAudioMuted: (muted: boolean) => void (this.muted = muted),
    insertCSS: (css: string) => (this.styles.push(css), Promise.resolve('')),
    reloadIgnoringCache: () => void this.done.push('reload'),
    forcefullyCrashRenderer: () => {
      this.done.push('crash')
      this.webContents.emit('render-process-gone', {}, { reason: 'killed' })
    },
    isCrashed: () => this.crashed,
  })

  constructor(readonly options: Electron.BrowserWindowConstructorOptions) {
    super()
  }

  loadURL(address: string): Promise<void> {
    this.addresses.push(address)
    return this.loadFails ? Promise.reject(new Error('ERR_FAILED')) : Promise.resolve()
  }

  show = (): void => void this.done.push('show')
  focus = (): void => void this.done.push('focus')
  isMinimized = (): boolean => true
  restore = (): void => void this.done.push('restore')
  isDestroyed = (): boolean => this.destroyed
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
}

/** One end of a pair of ports; messages arrive in the next microtask once the other end was started. */
export class FakePort extends EventEmitter {
  peer: FakePort | null = null
  readonly #waiting: unknown[] = []
  #started = false
  closed = false

  postMessage(message: unknown): void {
    if (!this.closed) this.peer?.receive(structuredClone(message))
  }

  receive(message: unknown): void {
    queueMicrotask(() => {
      if (this.closed) return
      if (this.#started) this.emit('message', { data: message, ports: [] })
      else this.#waiting.push(message)
    })
  }

  start(): void {
    this.#started = true
    for (const message of this.#waiting.splice(0)) this.receive(message)
  }

  close(): void {
    if (this.closed) return
    this.closed = true
    this.emit('close')
    queueMicrotask(() => this.peer?.close())
  }
}

export function fakePortPair(): [FakePort, FakePort] {
  const [a, b] = [new FakePort(), new FakePort()]
  a.peer = b
  b.peer = a
  return [a, b]
}

export class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined = undefined
  readonly sent: unknown[] = []
  killed = 0
  heedsKill = true
  postMessage = (message: unknown): void => void this.sent.push(message)
  kill = (): boolean => {
    this.killed++
    if (this.heedsKill) queueMicrotask(() => this.emit('exit', 0))
    return true
  }
}

/** A session of its own, with what it was told to answer. */
export class FakePartition extends EventEmitter {
  permissionRequest: Handler<'setPermissionRequestHandler'> | null = null
  permissionCheck: Handler<'setPermissionCheckHandler'> | null = null
  devicePermission: Handler<'setDevicePermissionHandler'> | null = null
  displayMedia: Handler<'setDisplayMediaRequestHandler'> | null = null
  setPermissionRequestHandler = (handler: Handler<'setPermissionRequestHandler'>): void => void (this.permissionRequest = handler)
  setPermissionCheckHandler = (handler: Handler<'setPermissionCheckHandler'>): void => void (this.permissionCheck = handler)
  setDevicePermissionHandler = (handler: Handler<'setDevicePermissionHandler'>): void => void (this.devicePermission = handler)
  setDisplayMediaRequestHandler = (handler: Handler<'setDisplayMediaRequestHandler'>): void => void (this.displayMedia = handler)
}

/** Everything that a test sees and steers of the fake. */
export interface FakeElectron {
  api: ElectronApi
  app: EventEmitter
  ipcMain: EventEmitter
  powerMonitor: EventEmitter
  windows: FakeWindow[]
  children: FakeUtilityProcess[]
  handlers: {
    permissionRequest?: Handler<'setPermissionRequestHandler'>
    permissionCheck?: Handler<'setPermissionCheckHandler'>
    devicePermission?: Handler<'setDevicePermissionHandler'>
    displayMedia?: Handler<'setDisplayMediaRequestHandler'>
    page?: (request: Request) => Response | Promise<Response>
  }
  /** Sessions beside the studio's own, by partition. */
  partitions: Map<string, FakePartition>
  systemPicker: boolean | null
  menu: Electron.MenuItemConstructorOptions[]
  closeMenu: () => void
  screens: { id: string; name: string }[]
  switches: [string, string | undefined][]
  schemes: Electron.CustomScheme[]
  sandboxed: boolean
  locked: boolean
  blockers: Set<number>
  notices: Electron.NotificationConstructorOptions[]
  /** Accelerators that were given, and what they do. */
  shortcuts: Map<string, () => void>
  /** Accelerators that another program has. */
  takenShortcuts: Set<string>
  revealed: string[]
  /** Addresses that the system was asked to open. */
  opened: string[]
  trashed: string[]
  hasTrash: boolean
  /** What the user chooses in the dialog for folders; null = nothing. */
  chosenFolder: string | null
  hasVideos: boolean
  keyStore: { available: boolean; backend: ReturnType<ElectronApi['safeStorage']['getSelectedStorageBackend']> }
  metrics: { type: string; pid: number; serviceName?: string }[]
}

/** Electron as far as the studio uses it, without Electron. */
export function fakeElectron(): FakeElectron {
  const app = new EventEmitter()
  const ipcMain = new EventEmitter()
  const powerMonitor = new EventEmitter()
  const fake: Omit<FakeElectron, 'api'> = {
    app, ipcMain, powerMonitor, windows: [], children: [], handlers: {}, partitions: new Map(), systemPicker: null, menu: [], closeMenu: () => {}, screens: [], switches: [],
    schemes: [], sandboxed: false, locked: true, blockers: new Set(), notices: [], shortcuts: new Map(), takenShortcuts: new Set(), revealed: [], opened: [], trashed: [], hasTrash: true, chosenFolder: null, hasVideos: true, keyStore: { available: true, backend: 'gnome_libsecret' }, metrics: [],
  }
  // The real objects have hundreds of members; these are the ones that ElectronApi names.
  const api = {
    app: Object.assign(app, {
      enableSandbox: () => void (fake.sandboxed = true),
      requestSingleInstanceLock: () => fake.locked,
      whenReady: () => Promise.resolve(),
      quit: () => {},
      exit: () => {},
      getAppMetrics: () => fake.metrics,
      getPath: (name: string) => {
        if (name === 'videos' && !fake.hasVideos) throw new Error("Failed to get 'videos' path")
        return name === 'videos' ? '/home/user/Videos' : '/'
      },
      setPath: () => {},
      commandLine: { appendSwitch: (name: string, value?: string) => void fake.switches.push([name, value]) },
    }),
    protocol: { registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) => void fake.schemes.push(...schemes) },
    session: {
      fromPartition(name: string) {
        const known = fake.partitions.get(name) ?? new FakePartition()
        fake.partitions.set(name, known)
        return known
      },
      defaultSession: {
        setPermissionRequestHandler: (handler: Handler<'setPermissionRequestHandler'>) => void (fake.handlers.permissionRequest = handler),
        setPermissionCheckHandler: (handler: Handler<'setPermissionCheckHandler'>) => void (fake.handlers.permissionCheck = handler),
        setDevicePermissionHandler: (handler: Handler<'setDevicePermissionHandler'>) => void (fake.handlers.devicePermission = handler),
        setDisplayMediaRequestHandler: (handler: Handler<'setDisplayMediaRequestHandler'>, options: { useSystemPicker: boolean }) => {
          fake.handlers.displayMedia = handler
          fake.systemPicker = options.useSystemPicker
        },
        protocol: { handle: (_scheme: string, handler: (request: Request) => Response | Promise<Response>) => void (fake.handlers.page = handler) },
      },
    },
    BrowserWindow: class extends FakeWindow {
      constructor(options: Electron.BrowserWindowConstructorOptions) {
        super(options)
        fake.windows.push(this)
      }
    },
    ipcMain,
    desktopCapturer: { getSources: () => Promise.resolve(fake.screens) },
    Menu: {
      setApplicationMenu() {},
      buildFromTemplate: (items: Electron.MenuItemConstructorOptions[]) => ({
        popup(options: { callback?: () => void }) {
          fake.menu = items
          fake.closeMenu = options.callback ?? (() => {})
        },
      }),
    },
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(fake.keyStore.available),
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed:${text}`).reverse()),
      decryptStringAsync: (sealed: Buffer) => Promise.resolve({ result: Buffer.from(sealed).reverse().toString().slice('sealed:'.length), shouldReEncrypt: false }),
      getSelectedStorageBackend: () => fake.keyStore.backend,
    },
    shell: {
      openExternal: (address: string) => Promise.resolve(void fake.opened.push(address)),
      showItemInFolder: (path: string) => void fake.revealed.push(path),
      trashItem: (path: string) => (fake.hasTrash ? Promise.resolve(void fake.trashed.push(path)) : Promise.reject(new Error('Failed to move item to trash'))),
    },
    dialog: {
      showOpenDialog: () => Promise.resolve({ canceled: fake.chosenFolder === null, filePaths: fake.chosenFolder === null ? [] : [fake.chosenFolder] }),
    },
    globalShortcut: {
      register(accelerator: string, pressed: () => void) {
        if (/[^\x20-\x7e]/.test(accelerator)) throw new TypeError(`conversion failure from ${accelerator}`)
        if (fake.takenShortcuts.has(accelerator) || fake.shortcuts.has(accelerator)) return false
        fake.shortcuts.set(accelerator, pressed)
        return true
      },
      unregister: (accelerator: string) => void fake.shortcuts.delete(accelerator),
    },
    powerMonitor,
    powerSaveBlocker: {
      start: () => {
        fake.blockers.add(fake.blockers.size + 1)
        return fake.blockers.size
      },
      stop: (id: number) => fake.blockers.delete(id),
    },
    Notification: class {
      constructor(private readonly options: Electron.NotificationConstructorOptions) {}
      show(): void {
        fake.notices.push(this.options)
      }
    },
    utilityProcess: {
      fork() {
        const child = new FakeUtilityProcess()
        fake.children.push(child)
        return child as unknown as HostUtilityProcess
      },
    },
  }
  return Object.assign(fake, { api: api as unknown as ElectronApi })
}

/** A fake port where Electron's own is wanted. */
export const asMainPort = (port: FakePort): MainPort => port as unknown as MainPort
