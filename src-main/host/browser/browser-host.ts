import { homedir } from 'node:os'
import { join } from 'node:path'
import type { CapturedDevice } from '@shared/contracts/studio.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { makeFolder } from '../../base/make-folder.ts'
import { Scope } from '../../base/scope.ts'
import type { Host, StudioWindow, WindowOptions } from '../host.ts'
import { NodePrograms } from '../node-programs.ts'
import type { ReadAsset } from '../page-files.ts'
import { hasPrivacyPages } from '../privacy-settings.ts'
import type { FindRecording } from '../recorded-files.ts'
import { openSecretFile, plainCoding } from '../secret-file.ts'
import { openAddressFile } from './address-file-window.ts'
import { type BrowserWindow, openBrowserWindow } from './browser-window.ts'
import { moveToTrash, openPrivacySettings, revealFile, runTool } from './desktop.ts'
import { type BrowserSearch, findBrowser, thisComputer } from './find-browser.ts'
import { findVideosFolder } from './videos-folder.ts'
import { startNodeProgram } from './node-program.ts'
import { openPageServer, type PageServer } from './page-server.ts'
import { watchForWake } from './wake-watch.ts'

export interface BrowserHostOptions {
  dataDir: string
  /** 0 = any free port. */
  port: number
  /** Folder of the built page. */
  pageDir: string
  /** Folder of the built Node entries. */
  entryDir: string
  clock: Clock
  log: Logger
  search?: BrowserSearch
}

/**
 * Runs the studio in plain Node with an installed browser as its window.
 * Rejects with StudioError `address-unreachable` when the port is taken; `openWindow` rejects with
 * `not-found` when there is no browser.
 */
export async function createBrowserHost(options: BrowserHostOptions): Promise<Host> {
  const { clock, log, dataDir } = options
  const scope = new Scope()
  const programs = scope.own(new NodePrograms())
  await makeFolder(dataDir)
  let readAsset: ReadAsset = () => Promise.resolve(null)
  let findRecording: FindRecording = () => Promise.resolve(null)
  const tools = runTool(clock)
  const server = scope.own(
    await openPageServer({
      root: options.pageDir, port: options.port, readAsset: (assetId) => readAsset(assetId), findRecording: (path) => findRecording(path), clock, log,
    }),
  )
  const versions: Record<string, string> = { node: process.versions.node }
  let browserWindow: BrowserWindow | null = null

  return {
    kind: 'browser',
    versions,
    dataDir,
    secrets: openSecretFile(join(dataDir, 'secrets.json'), plainCoding),
    onPage: (handler) => server.pages.onPage(handler),
    serveAssets(read) {
      readAsset = read
    },
    serveRecordings(find) {
      findRecording = find
    },
    async openWindow(wanted) {
      const search = options.search ?? thisComputer
      if (search.env['CASTWRIGHT_BROWSER'] === 'none') return scope.own(await openAddressFile(addressFile(server, options)))
      browserWindow = scope.own(await openBrowserWindow(windowOptions(server, options, wanted, findBrowser(search))))
      versions['browser'] = browserWindow.product
      return browserWindow satisfies StudioWindow
    },
    startNode: (entry, args) => programs.own(startNodeProgram(join(options.entryDir, `${entry}.js`), args, clock)),
    // The page itself holds a wake lock while the show is on or recorded (src-renderer/bridge/wake-lock.ts).
    keepAwake: () => () => {},
    // "The network is back" is told by the page, through the studio contract.
    onBack: (handler) => scope.add(watchForWake(clock, handler)),
    // A page hears keys only while it is in front.
    globalKeys: null,
    notify(title, body) {
      void browserWindow?.notify(title, body).catch((error: Error) => log.debug('no notice shown', { evidence: error.message }))
    },
    videosFolder: findVideosFolder(homedir(), process.platform),
    chooseFolder: () => Promise.reject(new StudioError('not-found', 'a browser has no dialog for folders of this computer')),
    revealFile: (path) => revealFile(path, tools, process.platform),
    moveToTrash: (path) => moveToTrash(path, tools, process.platform),
    ...(hasPrivacyPages(process.platform) && { openPrivacySettings: (device: CapturedDevice) => openPrivacySettings(device, tools, process.platform) }),
    close: () => scope.close(),
  }
}

function windowOptions(server: PageServer, { clock, log, dataDir }: BrowserHostOptions, wanted: WindowOptions, browserPath: string) {
  return {
    ...wanted,
    browserPath,
    profileDir: join(dataDir, 'browser-profile'),
    origin: server.access.origin,
    newAddress: () => server.access.newAddress(),
    onPageCount: (handler: (count: number) => void) => server.pages.onCount(handler),
    asRoot: process.getuid?.() === 0,
    clock,
    log,
  }
}

function addressFile(server: PageServer, { clock, dataDir }: BrowserHostOptions) {
  return {
    path: join(dataDir, 'open-address'),
    newAddress: () => server.access.newAddress(),
    onPageCount: (handler: (count: number) => void) => server.pages.onCount(handler),
    dropPages: () => server.pages.closeAll(),
    clock,
  }
}
