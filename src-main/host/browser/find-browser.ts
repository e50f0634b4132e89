import { accessSync, constants } from 'node:fs'
import { posix, win32 } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'

export interface BrowserSearch {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  isExecutable(path: string): boolean
}

export const thisComputer: BrowserSearch = {
  platform: process.platform,
  env: process.env,
  isExecutable(path) {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  },
}

const LINUX_NAMES = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge']
const MAC_PROGRAMS = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const WINDOWS_PROGRAMS = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']

/**
 * The browser to open the studio in: what `CASTWRIGHT_BROWSER` names (a path, or a name on the PATH), else
 * the first Chrome, Chromium or Edge that is installed. Throws StudioError `not-found`.
 */
export function findBrowser(search: BrowserSearch): string {
  const wanted = search.env['CASTWRIGHT_BROWSER']
  const candidates = wanted ? named(wanted, search) : installed(search)
  const found = candidates.find((path) => search.isExecutable(path))
  if (found) return found
  throw new StudioError('not-found', wanted ? 'the browser that CASTWRIGHT_BROWSER names is not there' : 'no Chrome, Chromium or Edge is installed')
}

function named(name: string, search: BrowserSearch): string[] {
  return /[\\/]/.test(name) ? [name] : onPath(name, search)
}

function installed(search: BrowserSearch): string[] {
  const { platform, env } = search
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(env['HOME'] ?? '/', 'Applications')]
    return MAC_PROGRAMS.flatMap((program) => folders.map((folder) => `${folder}/${program}.app/Contents/MacOS/${program}`))
  }
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LocalAppData']].filter((folder) => folder !== undefined)
    return WINDOWS_PROGRAMS.flatMap((program) => folders.map((folder) => win32.join(folder, program)))
  }
  return LINUX_NAMES.flatMap((name) => onPath(name, search))
}

function onPath(name: string, { env, platform }: BrowserSearch): string[] {
  const path = platform === 'win32' ? win32 : posix
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  return folders.map((folder) => path.join(folder, platform === 'win32' && !name.endsWith('.exe') ? `${name}.exe` : name))
}
