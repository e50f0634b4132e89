import { posix, win32 } from 'node:path'

export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>
  platform: NodeJS.Platform
  homeDir: string
}

/**
 * Where settings and shows are kept when the command line does not say: CASTWRIGHT_DATA, else each system's usual
 * place (Windows: APPDATA; macOS: Library/Application Support; others: XDG Base Directory Specification, where only
 * absolute paths count).
 */
export function defaultDataDir({ env, platform, homeDir }: Surroundings): string {
  if (env['CASTWRIGHT_DATA']) return env['CASTWRIGHT_DATA']
  if (platform === 'win32') return win32.join(env['APPDATA'] || win32.join(homeDir, 'AppData', 'Roaming'), 'Castwright')
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support', 'Castwright')
  const config = env['XDG_CONFIG_HOME']
  return posix.join(config && posix.isAbsolute(config) ? config : posix.join(homeDir, '.config'), 'castwright')
}
