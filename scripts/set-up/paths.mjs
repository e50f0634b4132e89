import { existsSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const STAMP_FILE = join(ROOT, 'node_modules/.castwright-setup.json')

/** The Node that the dependencies bring along (24), or the running one where that package could not be set up. */
export function ownNode() {
  const own = join(ROOT, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(own) ? own : process.execPath
}

/** The environment for programs that the scripts start: our own tools and Node come first. */
export function ownEnvironment(extra = {}) {
  const bin = join(ROOT, 'node_modules/.bin')
  return { ...process.env, ...extra, PATH: [bin, process.env.PATH ?? ''].join(delimiter) }
}

/** A JavaScript tool of the dependencies by its file, so that it runs under `ownNode()` on every system. */
export const tool = (path) => join(ROOT, 'node_modules', path)
