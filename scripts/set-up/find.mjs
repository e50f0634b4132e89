import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** The first of `names` that is a program on the PATH, or null. Asks the file system only: starting programs takes time. */
export function onPath(names, { path = process.env.PATH ?? '', platform = process.platform } = {}) {
  const endings = platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const name of names) {
    for (const folder of path.split(delimiter).filter(Boolean)) {
      for (const ending of endings) {
        const file = join(folder, name + ending)
        if (isProgram(file, platform)) return file
      }
    }
  }
  return null
}

function isProgram(file, platform) {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false
  if (platform === 'win32') return true
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const BROWSER_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge', 'microsoft-edge-stable', 'msedge']

/** Where the installers put Chrome, Chromium and Edge on systems that keep programs off the PATH. */
export function browserPlaces(platform, env) {
  if (platform === 'darwin') {
    const applications = ['/Applications', join(env.HOME ?? '', 'Applications')]
    const names = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    return applications.flatMap((folder) => names.map((name) => `${folder}/${name}.app/Contents/MacOS/${name}`))
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean)
    const names = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe']
    return folders.flatMap((folder) => names.map((name) => join(folder, name)))
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium']
}

/** An installed Chrome, Chromium or Edge, or null. `CASTWRIGHT_BROWSER` (a path or a name) comes first and alone. */
export function findBrowser({ env = process.env, platform = process.platform } = {}) {
  const chosen = env.CASTWRIGHT_BROWSER
  const look = { path: env.PATH ?? '', platform }
  if (chosen) return isAbsolute(chosen) ? (existsSync(chosen) ? chosen : null) : onPath([chosen], look)
  return onPath(BROWSER_NAMES, look) ?? browserPlaces(platform, env).find((file) => existsSync(file)) ?? null
}

const CHINESE_FONT_FOLDERS = [
  '/usr/share/fonts/opentype/noto', '/usr/share/fonts/truetype/noto', '/usr/share/fonts/noto-cjk', '/usr/share/fonts/google-noto-cjk',
  '/usr/share/fonts/google-noto-sans-cjk-fonts', '/usr/share/fonts/google-noto-sans-cjk-vf-fonts', '/usr/share/fonts/truetype/wqy', '/usr/share/fonts/wqy-microhei',
]

/** Is there a font with Chinese characters where Linux distributions put them? Other systems always have one. */
export function hasChineseFont(platform = process.platform, folders = CHINESE_FONT_FOLDERS) {
  if (platform !== 'linux') return true
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).some((name) => /cjk|sans(sc|cn)|wqy/i.test(name)))
}

/** The folder with nginx's loadable modules that has `module`, or null. */
export function findNginxModule(module, folders = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules']) {
  return folders.find((folder) => existsSync(join(folder, module))) ?? null
}

/** nginx lives in sbin, which is not on every user's PATH. */
export const findNginx = () => onPath(['nginx'], { path: [process.env.PATH ?? '', '/usr/sbin', '/usr/local/sbin'].join(delimiter) })

/** Can a window be shown? On Linux only with an X or Wayland session. */
export function hasDisplay(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}
