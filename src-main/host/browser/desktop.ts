import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { CapturedDevice } from '@shared/contracts/studio.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { startChild } from '../../process/child.ts'
import { privacyPage } from '../privacy-settings.ts'

/** A desktop that does not answer within this time is none. */
const PATIENCE_MS = 10_000

/** Runs a small program of the system; answers its exit code, null when it could not run or did not end. */
export type RunTool = (command: string, args: readonly string[]) => Promise<number | null>

export const runTool =
  (clock: Clock): RunTool =>
  async (command, args) => {
    const child = startChild({ command, args }, clock)
    const done = new AbortController()
    void clock.sleep(PATIENCE_MS, done.signal).then(() => child.stop(), () => {})
    const { code } = await child.done
    done.abort()
    return code
  }

/** Opens the file manager with the file selected, or at least at its folder. Rejects with StudioError `no-file-manager`. */
export async function revealFile(path: string, run: RunTool, platform: NodeJS.Platform): Promise<void> {
  for (const [command, args, anyCode] of revealCommands(path, platform)) {
    const code = await run(command, args)
    if (code === 0 || (anyCode && code !== null)) return
  }
  throw new StudioError('no-file-manager', path)
}

/** Opens the system's page for what programs may capture. Rejects with StudioError `not-found` where there is none. */
export async function openPrivacySettings(device: CapturedDevice, run: RunTool, platform: NodeJS.Platform): Promise<void> {
  const page = privacyPage(device, platform)
  // Windows' explorer ends with 1 although it opens.
  const code = page === null ? null : await run(platform === 'win32' ? 'explorer.exe' : 'open', [page])
  if (code === null || (code !== 0 && platform !== 'win32')) throw new StudioError('not-found', `no privacy settings for the ${device}`)
}

/** What to try, in this order. Windows' explorer ends with 1 although it opens. */
export function revealCommands(path: string, platform: NodeJS.Platform): readonly (readonly [command: string, args: readonly string[], anyCode: boolean])[] {
  if (platform === 'win32') return [['explorer.exe', [`/select,${path}`], true]]
  if (platform === 'darwin') return [['open', ['-R', path], false]]
  // A single quote would end the text of the GVariant.
  const address = pathToFileURL(path).href.replaceAll("'", '%27')
  const show = ['call', '--session', '--dest', 'org.freedesktop.FileManager1', '--object-path', '/org/freedesktop/FileManager1', '--method', 'org.freedesktop.FileManager1.ShowItems', `['${address}']`, "''"]
  return [['gdbus', show, false], ['xdg-open', [dirname(path)], false]]
}

/** Moves a file to the desktop's trash. False where there is none; the file is then still where it was. */
export async function moveToTrash(path: string, run: RunTool, platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return false
  return (await run('gio', ['trash', '--', path])) === 0
}
