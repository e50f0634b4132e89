import { release } from 'node:os'
import { join } from 'node:path'
import type { CapturedDevice } from '@shared/contracts/studio.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { Scope } from '../../base/scope.ts'
import type { Host, PageConnection } from '../host.ts'
import { NodePrograms } from '../node-programs.ts'
import type { ReadAsset } from '../page-files.ts'
import { hasPrivacyPages, privacyPage } from '../privacy-settings.ts'
import type { FindRecording } from '../recorded-files.ts'
import type { ElectronApi, HostWindow } from './electron-api.ts'
import { openElectronWindow } from './electron-window.ts'
import { ElectronKeys } from './global-keys.ts'
import { guardPermissions } from './guards.ts'
import { acceptPages } from './page-ports.ts'
import { handlePageProtocol } from './page-protocol.ts'
import { type ChooseScreen, chooseByMenu, handleScreens } from './screens.ts'
import { openSecrets } from './secrets.ts'
import { electronWebPages } from './web-pages.ts'
import { startUtilityProgram } from './utility-program.ts'

export interface ElectronHostOptions {
  dataDir: string
  /** Folder of the built page. */
  pageDir: string
  /** Folder of the built Node entries. */
  entryDir: string
  preloadPath: string
  clock: Clock
  log: Logger
  platform?: NodeJS.Platform
  /** `wayland`: the system's portal gives keys. As XDG_SESSION_TYPE says unless given. */
  sessionType?: string
  /** How the user picks a screen; a native menu unless given. */
  chooseScreen?: ChooseScreen
}

/** Runs the studio in Electron. Rejects with StudioError `stopped` when another studio of this user is open: that one comes to the front. */
export async function createElectronHost(api: ElectronApi, options: ElectronHostOptions): Promise<Host> {
  const { clock, log, dataDir } = options
  const platform = options.platform ?? process.platform
  // Also what the single-instance lock is about: two data folders are two studios.
  api.app.setPath('userData', dataDir)
  if (!api.app.requestSingleInstanceLock()) throw new StudioError('stopped', 'the studio is open already: its window was brought to the front')
  await api.app.whenReady()
  const scope = new Scope()
  const programs = scope.own(new NodePrograms())
  const session = api.session.defaultSession
  let readAsset: ReadAsset = () => Promise.resolve(null)
  let findRecording: FindRecording = () => Promise.resolve(null)
  let window: HostWindow | null = null
  let focus = (): void => {}
  const pageHandlers = new Set<(page: PageConnection) => void>()

  api.Menu.setApplicationMenu(null)
  guardPermissions(session)
  handlePageProtocol(session, options.pageDir, (assetId) => readAsset(assetId), (path) => findRecording(path))
  acceptPages(api.ipcMain, (page) => {
    for (const handler of pageHandlers) handler(page)
  })
  api.app.on('second-instance', () => focus())
  // Electron would quit with the last window; whether the studio ends is for the studio to say.
  api.app.on('window-all-closed', () => {})
  // Nor with a quit from elsewhere (the Dock, a log-out, a signal): that closes the window, and the studio, once its
  // outputs have said goodbye and its files are written, leaves by `app.exit`, which asks nobody.
  api.app.on('will-quit', (event) => event.preventDefault())

  return {
    kind: 'electron',
    versions: versionsOf(process.versions),
    dataDir,
    secrets: await openSecrets(api.safeStorage, dataDir, platform, log),
    onPage: (handler) => void pageHandlers.add(handler),
    serveAssets(read) {
      readAsset = read
    },
    serveRecordings(find) {
      findRecording = find
    },
    async openWindow(wanted) {
      const choose = options.chooseScreen ?? chooseByMenu(api.Menu, () => window)
      handleScreens(api, { choose, fake: wanted.fakeDevices, platform, release: release() })
      const opened = await openElectronWindow(api, { ...wanted, preloadPath: options.preloadPath, clock })
      window = opened.window
      focus = () => opened.studioWindow.focus()
      return scope.own(opened.studioWindow)
    },
    startNode: (entry, args) => programs.own(startUtilityProgram(api.utilityProcess, join(options.entryDir, `${entry}.js`), args, clock)),
    keepAwake() {
      const blocker = api.powerSaveBlocker.start('prevent-display-sleep')
      return () => void api.powerSaveBlocker.stop(blocker)
    },
    onBack(handler) {
      api.powerMonitor.on('resume', handler)
      scope.add(() => api.powerMonitor.off('resume', handler))
    },
    globalKeys: scope.own(new ElectronKeys(api.globalShortcut, platform === 'linux' && (options.sessionType ?? process.env['XDG_SESSION_TYPE']) === 'wayland')),
    notify: (title, body) => new api.Notification({ title, body }).show(),
    ...(hasPrivacyPages(platform) && {
      async openPrivacySettings(device: CapturedDevice) {
        const page = privacyPage(device, platform)
        if (page === null) throw new StudioError('not-found', `no privacy settings for the ${device}`)
        await api.shell.openExternal(page)
      },
    }),
    revealFile: (path) => Promise.resolve(api.shell.showItemInFolder(path)),
    // Rejects e.g. for a network drive: there is no trash then.
    videosFolder: videosFolder(api.app),
    async chooseFolder(defaultPath) {
      const { canceled, filePaths } = await api.dialog.showOpenDialog({ defaultPath, properties: ['openDirectory', 'createDirectory'] })
      return canceled ? null : (filePaths[0] ?? null)
    },
    async chooseFile() {
      const { canceled, filePaths } = await api.dialog.showOpenDialog({ properties: ['openFile'] })
      return canceled ? null : (filePaths[0] ?? null)
    },
    webPages: scope.own(electronWebPages(api, () => window)),
    moveToTrash: (path) => api.shell.trashItem(path).then(() => true, () => false),
    close: () => scope.close(),
  }
}

/** Electron throws where the system has none. */
function videosFolder(app: Pick<ElectronApi['app'], 'getPath'>): string | null {
  try {
    return app.getPath('videos')
  } catch {
    return null
  }
}

function versionsOf({ electron, chrome, node }: { electron?: string; chrome?: string; node: string }): Record<string, string> {
  return { electron: electron ?? '', chrome: chrome ?? '', node }
}
