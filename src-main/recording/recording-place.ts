import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isSingle, type ProgramContent } from '@shared/domain/program-content.ts'
import type { RecordingSettings } from '@shared/domain/recording.ts'
import { systemCode } from '../base/atomic-file.ts'
import { recordingFailure } from './disk.ts'
import type { ShowRun } from './manifests.ts'
import { MAX_RESTARTS, recordingBase, recordingFolder, utcStamp } from './recording-name.ts'
import type { Place } from './recording-parts.ts'

type NameSettings = Pick<RecordingSettings, 'prefix' | 'taskId' | 'applicationId' | 'roomId' | 'userId' | 'content'>

/**
 * Where the contents of a recording that starts now go: all to one folder, each with a name of its own. Without a task id each one is a task of its own, named after its start. A name that is
 * taken means that the task was started again: `ha1_` to `ha3_`; from then on the task's folder gets a number.
 * Rejects with StudioError `folder-not-writable`.
 */
export async function placesFor<C extends ProgramContent>(root: string, run: ShowRun, settings: NameSettings, contents: readonly C[], nowMs: number): Promise<{ content: C; place: Place }[]> {
  const taskId = settings.taskId.trim() === '' ? utcStamp(nowMs) : settings.taskId
  for (let task = 1; ; task++) {
    const folder = recordingFolder({ prefix: settings.prefix, taskId: task === 1 ? taskId : `${taskId}-${task}` })
    const names = await namesIn(join(root, folder))
    for (let restart = 0; restart <= MAX_RESTARTS; restart++) {
      const places = contents.map((content) => ({ content, place: { root, run, folder, ...named(content, settings, restart) } }))
      const isTaken = ({ place: { base } }: { place: Place }) => names.some((name) => name.startsWith(`${base}.`) || name.startsWith(`${base}_`))
      if (!places.some(isTaken)) return places
    }
  }
}

function named(content: ProgramContent, settings: NameSettings, restart: number): Pick<Place, 'base' | 'stream'> {
  if (!isSingle(content)) return { base: recordingBase(settings, restart) + (content === 'second' ? '_second' : '') }
  const stream = { userId: settings.userId, media: content }
  return { stream, base: recordingBase(settings, restart, { ...stream, content: settings.content === 'audio' ? 'audio' : 'video' }) }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw recordingFailure(error, folder)
  }
}
