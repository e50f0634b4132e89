import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RecordingSettings } from '@shared/domain/recording.ts'
import { systemCode } from '../base/atomic-file.ts'
import { recordingFailure } from './disk.ts'
import type { ShowRun } from './manifests.ts'
import { MAX_RESTARTS, recordingBase, recordingFolder, utcStamp } from './recording-name.ts'
import type { Place } from './recording-parts.ts'

type NameSettings = Pick<RecordingSettings, 'prefix' | 'taskId' | 'applicationId' | 'roomId'>

/**
 * Where a recording that starts now goes. Without a task id each one is a task of its own, named after its start. A name that is
 * taken means that the task was started again: `ha1_` to `ha3_`; from then on the task's folder gets a number.
 * Rejects with StudioError `folder-not-writable`.
 */
export async function placeFor(root: string, run: ShowRun, settings: NameSettings, nowMs: number): Promise<Place> {
  const taskId = settings.taskId.trim() === '' ? utcStamp(nowMs) : settings.taskId
  for (let task = 1; ; task++) {
    const folder = recordingFolder({ prefix: settings.prefix, taskId: task === 1 ? taskId : `${taskId}-${task}` })
    const names = await namesIn(join(root, folder))
    for (let restart = 0; restart <= MAX_RESTARTS; restart++) {
      const base = recordingBase(settings, restart)
      if (!names.some((name) => name.startsWith(`${base}.`) || name.startsWith(`${base}_`))) return { root, run, folder, base }
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw recordingFailure(error, folder)
  }
}
