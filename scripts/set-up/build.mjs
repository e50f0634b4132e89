import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode, tool } from './paths.mjs'
import { run } from './run.mjs'
import { compare, listFiles } from './stamp.mjs'

/** What the build reads. A new dependency version changes the build too, hence the lock file. */
const INPUTS = ['src-main', 'src-renderer', 'src-shared', 'resources', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json']
/** What the two hosts need of it. */
const RESULTS = ['out/main/main.js', 'out/main/serve.js', 'out/main/rehearsal-server.js', 'out/preload/preload.cjs', 'out/renderer/index.html']

/** Is `out/` made from the present sources? Tests are not part of it. */
export function buildState(root, before) {
  const files = listFiles(root, INPUTS, (path) => !/\.test\.[cm]?ts$/.test(path))
  const { same, now } = compare(root, files, before)
  return { built: same && RESULTS.every((path) => existsSync(join(root, path))), now }
}

/** Builds both hosts and the page into `out/`. Returns the exit code. */
export function build() {
  return run(ownNode(), [tool('electron-vite/bin/electron-vite.js'), 'build'], { env: { NODE_ENV: 'production' } })
}
