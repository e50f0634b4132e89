import { realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'

/**
 * The absolute path of something in the recordings folder, from its path relative to it. Throws StudioError
 * `input-invalid` for a path that leads out of the folder, by its words or by a link, and `not-found` where nothing is.
 */
export async function insideFolder(folder: string, path: string): Promise<string> {
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part)) || parts[0]?.startsWith('.')) throw new StudioError('input-invalid', path)
  const absolute = join(folder, ...parts)
  const [root, real] = await Promise.all([realpath(folder), realpath(absolute)]).catch((error: unknown) => {
    throw new StudioError('not-found', path, { cause: error })
  })
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) throw new StudioError('input-invalid', path)
  return absolute
}
