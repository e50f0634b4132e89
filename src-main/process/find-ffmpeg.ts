import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Clock } from '../base/clock.ts'
import { startChild } from './child.ts'

export interface Ffmpeg {
  path: string
  /** As FFmpeg says it, e.g. `5.1.9-0+deb12u1`. */
  version: string
  from: 'settings' | 'package' | 'path'
}

/** Asks a program what it is; null when it cannot be started or is not FFmpeg. Replaced in tests. */
export type AskVersion = (path: string) => Promise<string | null>

/**
 * Finds FFmpeg: the settings' path, then the optional `ffmpeg-static` package, then the PATH. Asked once at start;
 * null = the features that need it say so.
 */
export async function findFfmpeg(settingsPath: string, askVersion: AskVersion, packagePath = staticBinary()): Promise<Ffmpeg | null> {
  const candidates: Omit<Ffmpeg, 'version'>[] = [
    { path: settingsPath, from: 'settings' },
    { path: packagePath, from: 'package' },
    { path: 'ffmpeg', from: 'path' },
  ]
  for (const candidate of candidates) {
    if (candidate.path === '') continue
    const version = await askVersion(candidate.path)
    if (version !== null) return { ...candidate, version }
  }
  return null
}

/** The path that `ffmpeg-static` names, when the package and its downloaded binary are there; otherwise empty. */
function staticBinary(): string {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static')
    return typeof path === 'string' && existsSync(path) ? path : ''
  } catch {
    return '' // an optional dependency: not installed
  }
}

/** `ffmpeg -version`, bounded by 5 s. */
export const askVersionOf =
  (clock: Clock): AskVersion =>
  async (path) => {
    const child = startChild({ command: path, args: ['-hide_banner', '-version'], stdout: 'pipe' }, clock)
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => (text += piece))
    const late = new AbortController()
    void clock.sleep(5000, late.signal).then(
      () => child.stop(),
      () => {},
    )
    await child.done
    late.abort()
    return /^ffmpeg version (\S+)/.exec(text)?.[1] ?? null
  }
