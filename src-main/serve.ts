/** The browser host's entry: plain Node, with an installed browser as the window. */
import { join } from 'node:path'
import { systemClock } from './base/clock.ts'
import { createBrowserHost } from './host/browser/browser-host.ts'
import { type MakeHost, runStudio } from './run-studio.ts'

const makeHost: MakeHost = (options, log) =>
  createBrowserHost({
    dataDir: options.dataDir,
    port: options.port ?? 0,
    pageDir: join(import.meta.dirname, '../renderer'),
    entryDir: import.meta.dirname,
    clock: systemClock,
    log,
  })

process.exitCode = await runStudio(makeHost, process.argv.slice(2))
