import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../base/clock.ts'
import { TrashCan } from '../library/trash-can.ts'
import type { ManifestFile } from '../manifest.ts'
import { Manifests } from '../manifests.ts'
import type { JobSpec } from './job-queue.ts'
import type { RepairParts } from './repair-job.ts'

/** A recordings folder of a test, with what jobs are given. */
export interface JobFolder {
  path: string
  parts: RepairParts
  /** What was given to the system's trash. */
  trashed: string[]
  run(spec: JobSpec, signal?: AbortSignal): Promise<string[]>
  entries(): Promise<ManifestFile[]>
  close(): Promise<void>
}

export async function jobFolder({ ffmpeg = 'ffmpeg' }: { ffmpeg?: string | null } = {}): Promise<JobFolder> {
  const path = await mkdtemp(join(tmpdir(), 'castwright-jobs-'))
  const manifests = new Manifests()
  const trashed: string[] = []
  // A system without a trash, so that the test sees what would have gone there.
  const trash = new TrashCan({ clock: systemClock, moveToTrash: (file) => Promise.resolve(void trashed.push(file)).then(() => false) })
  return {
    path,
    trashed,
    parts: { folder: path, ffmpeg: () => Promise.resolve(ffmpeg), manifests, clock: systemClock, trash },
    run: (spec, signal = new AbortController().signal) => spec.run({ signal, progress() {} }),
    entries: async () => (await manifests.list(path)).flatMap(({ files }) => files),
    close: () => rm(path, { recursive: true, force: true }),
  }
}
