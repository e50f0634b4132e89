import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode } from './paths.mjs'
import { run } from './run.mjs'

/** How long Electron's download may take before the studio goes on without it. */
export const DOWNLOAD_TIMEOUT_MS = 60_000

/** The Electron program, or null when its download never succeeded. `ELECTRON_OVERRIDE_DIST_PATH` is Electron's own variable. */
export function electronBinary(root, env = process.env) {
  const folder = join(root, 'node_modules/electron')
  try {
    const file = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), readFileSync(join(folder, 'path.txt'), 'utf8'))
    return existsSync(file) ? file : null
  } catch {
    return null
  }
}

/**
 * Should the download be tried now? Once per Electron version; `CASTWRIGHT_ELECTRON=retry` tries again, `=skip` never does.
 * `usable` = this machine could show its window at all.
 */
export function shouldDownload({ binary, version, remembered, usable, wish }) {
  if (binary !== null || version === null || wish === 'skip') return false
  if (wish === 'retry') return true
  return usable && remembered?.version !== version
}

export function electronVersion(root) {
  try {
    return JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version
  } catch {
    return null
  }
}

/** Electron's package downloads its program by its own script, not while npm installs it. Returns whether it is there now. */
export async function downloadElectron(root, say) {
  say(`Getting Electron's program (once, at most ${DOWNLOAD_TIMEOUT_MS / 1000} s).`)
  await run(ownNode(), [join(root, 'node_modules/electron/install.js')], { timeoutMs: DOWNLOAD_TIMEOUT_MS, quiet: true })
  return electronBinary(root) !== null
}
