/** Electron's entry: what users install. */
import { join } from 'node:path'
import * as electron from 'electron'
import { systemClock } from './base/clock.ts'
import type { ElectronApi } from './host/electron/electron-api.ts'
import { createElectronHost } from './host/electron/electron-host.ts'
import { SCHEME } from './host/electron/origin.ts'
import { prepareElectron } from './host/electron/switches.ts'
import { type MakeHost, runStudio } from './run-studio.ts'

const api: ElectronApi = electron
// Packaged, the program is its own first argument; in development, Electron and the folder are the first two.
const argv = process.argv.slice(electron.app.isPackaged ? 1 : 2)

// Before anything is awaited: Electron takes these only until it is ready.
prepareElectron(api, SCHEME, { fakeDevices: argv.includes('--fake-devices'), platform: process.platform })

const makeHost: MakeHost = (options, log) =>
  createElectronHost(api, {
    dataDir: options.dataDir,
    pageDir: join(import.meta.dirname, '../renderer'),
    entryDir: import.meta.dirname,
    preloadPath: join(import.meta.dirname, '../preload/preload.cjs'),
    clock: systemClock,
    log,
  })

// Not awaited here: Electron becomes ready only after this file has run through.
void runStudio(makeHost, argv).then((exitCode) => electron.app.exit(exitCode))
