import { open } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'

/** More words than this cannot be read on a picture. */
export const MAX_TEXT_BYTES = 64 * 1024

/** The beginning of a UTF-8 text, at most 64 KB, cut between characters. Rejects with `not-found`, `permission-denied` or `input-invalid`. */
export async function readTextFile(path: string): Promise<string> {
  try {
    const file = await open(path, 'r')
    try {
      const stat = await file.stat()
      // A pipe or a device might never answer.
      if (!stat.isFile()) throw new StudioError('input-invalid', `${path} is not a file`)
      const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(stat.size, MAX_TEXT_BYTES)), 0, null, 0)
      // With `stream` the rest of a character that was cut off is kept back instead of spoilt.
      return new TextDecoder().decode(buffer.subarray(0, bytesRead), { stream: true }).replace(/\r\n/g, '\n').replace(/\n+$/, '')
    } finally {
      await file.close()
    }
  } catch (thrown) {
    throw thrown instanceof StudioError ? thrown : new StudioError(REASONS[codeOf(thrown)] ?? 'not-found', codeOf(thrown), { cause: thrown })
  }
}

const REASONS: Readonly<Record<string, 'permission-denied'>> = { EACCES: 'permission-denied', EPERM: 'permission-denied' }

const codeOf = (thrown: unknown): string => (thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '')
