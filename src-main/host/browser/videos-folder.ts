import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The user's folder for videos, if there is one: what XDG says on Linux, else what the system calls it. */
export function findVideosFolder(homeDir: string, platform: NodeJS.Platform): string | null {
  const folder = platform === 'linux' ? (xdgVideos(homeDir) ?? join(homeDir, 'Videos')) : join(homeDir, platform === 'darwin' ? 'Movies' : 'Videos')
  // One that XDG turns off is the home folder itself.
  return folder !== homeDir && existsSync(folder) ? folder : null
}

/** The line `XDG_VIDEOS_DIR="$HOME/Videos"` of user-dirs.dirs, in which only `$HOME` means something. */
function xdgVideos(homeDir: string): string | null {
  try {
    const text = readFileSync(join(homeDir, '.config', 'user-dirs.dirs'), 'utf8')
    const [, path] = /^XDG_VIDEOS_DIR="(.*)"$/m.exec(text) ?? []
    if (path === undefined) return null
    return path.startsWith('$HOME') ? join(homeDir, path.slice('$HOME'.length)) : path
  } catch {
    return null
  }
}
