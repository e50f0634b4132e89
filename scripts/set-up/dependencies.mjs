import { existsSync, lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'
import { compare, listFiles } from './stamp.mjs'

/**
 * Do the installed packages match the lock file? They do when its content is the one last installed here,
 * or when npm's own record in node_modules is newer (somebody ran npm by hand).
 */
export function dependenciesState(root, before) {
  const lock = listFiles(root, ['package-lock.json'])
  const record = statSync(join(root, 'node_modules/.package-lock.json'), { throwIfNoEntry: false })
  const { same, now } = compare(root, lock, before)
  const byNpm = record !== undefined && lock.length === 1 && record.mtimeMs >= lock[0].mtimeMs
  return { installed: record !== undefined && (same || byNpm), now }
}

/** True when `node_modules` is a link: `npm ci` would empty the folder that it leads to, which is somebody else's. */
export function isBorrowed(root) {
  return lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}

/** Installs exactly what the lock file names. Returns npm's exit code; 2 without touching anything when the packages are borrowed. */
export async function installDependencies(root, say) {
  if (isBorrowed(root)) {
    say('node_modules is a link to another folder, which installing would empty. Remove the link, then start again.')
    return 2
  }
  say('Installing the packages that Castwright is made of (npm ci); this happens once.')
  const windows = process.platform === 'win32'
  return run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { shell: windows })
}

/** The FFmpeg that ffmpeg-static downloaded, or null: an optional package whose download may fail. */
export function bundledFfmpeg(root, platform = process.platform) {
  const file = join(root, 'node_modules/ffmpeg-static', platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg')
  return existsSync(file) ? file : null
}
