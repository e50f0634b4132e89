import { access, constants } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'
import { makeFolder } from '../base/make-folder.ts'
import { type Disk, recordingFailure } from './disk.ts'
import { DISK_RESERVE_BYTES } from './disk-watch.ts'

/**
 * Makes `folder` (absolute) when it is missing, and sees to it that `neededBytes` more leave the reserve free.
 * Rejects with StudioError `folder-not-writable` or `disk-full`.
 */
export async function roomFor(disk: Pick<Disk, 'freeBytes'>, folder: string, neededBytes: number): Promise<void> {
  await makeFolder(folder, 0o755).then(() => access(folder, constants.W_OK)).catch((error: unknown) => { throw recordingFailure(error, folder) })
  const freeBytes = await disk.freeBytes(folder)
  if (freeBytes - neededBytes > DISK_RESERVE_BYTES) return
  const wanted = neededBytes > 0 ? `, ${megabytes(neededBytes)} are needed` : ''
  throw new StudioError('disk-full', `${megabytes(freeBytes)} are free${wanted}, ${megabytes(DISK_RESERVE_BYTES)} are kept`)
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
