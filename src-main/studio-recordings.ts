import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Scope } from './base/scope.ts'
import type { BroadcastSession } from './broadcast/session.ts'
import type { Singles } from './broadcast/singles.ts'
import type { ProgramBus } from './bus/program-bus.ts'
import type { Host } from './host/host.ts'
import { findProcess } from './process/find-process.ts'
import { systemDisk } from './recording/disk.ts'
import { Recordings } from './recording/library/recordings.ts'
import { Manifests } from './recording/manifests.ts'
import { RecorderService } from './recording/recorder-service.ts'
import { SettingsOfRecordings } from './recording/recording-settings.ts'
import { ShowRuns } from './recording/show-runs.ts'
import type { Snapshots } from './recording/snapshots.ts'
import type { Notices } from './settings/notices.ts'
import type { ShowStore } from './shows/show-store.ts'
import { followRecorder } from './webhooks/follow-recorder.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

export interface RecordingsWiring {
  session: BroadcastSession
  /** By content: the mix, the camera, the screen. */
  busOf: (content: ProgramContent) => ProgramBus
  singles: Singles
  shows: ShowStore
  snapshots: Snapshots
  notices: Notices
  webhooks: Webhooks
  ffmpegPath: () => Promise<string | null>
  /** A data folder of one's own: recordings go there too, unless the settings say where. */
  ownDataDir: boolean
  /** Where this run records to, whatever the settings say; null = as they say. */
  recordTo: string | null
  clock: Clock
  log: Logger
  onFailure: (failure: StudioError) => void
}

/** The part of the composition root that is about recordings: what is written, what was written, and who is told. */
export async function openRecordings(root: Scope, host: Host, parts: RecordingsWiring): Promise<{ recorder: RecorderService; recordings: Recordings; settings: SettingsOfRecordings }> {
  const { session, busOf, singles, shows, snapshots, notices, webhooks, ffmpegPath, ownDataDir, recordTo, clock, log, onFailure } = parts
  const manifests = new Manifests()
  const settings = await SettingsOfRecordings.open({ dataDir: host.dataDir, videosFolder: ownDataDir ? null : host.videosFolder, folderOfThisRun: recordTo, clock, onFailure })
  root.add(() => settings.settled())
  const showRuns = new ShowRuns(() => shows.currentShow, clock, () => randomBytes(2).toString('hex'))
  root.add(shows.list.watch(() => showRuns.current))
  const recorder: RecorderService = root.own(
    new RecorderService({
      program: { bus: busOf, want: (contents, tracks) => wantContents(session, singles, contents, tracks), figures: () => session.figures.value.program, sources: () => session.sources.value },
      settings, snapshots, manifests, disk: systemDisk, broadcast: session.status, clock, logger: log.child('recorder'),
      showRun: () => showRuns.current, chooseFolder: () => host.chooseFolder(settings.folder.value), onNotice: (failure, level) => notices.raise(failure, level),
    }),
  )
  const recordings = root.own(
    new Recordings({
      folder: settings.folder, writing: recorder.writing, manifests, identity: { newId: randomUUID, hostName: hostname(), pid: process.pid, find: findProcess }, ffmpeg: ffmpegPath, clock, log: log.child('recordings'),
      reveal: (path) => host.revealFile(path), moveToTrash: (path) => host.moveToTrash(path), onNotice: (notice, level) => notices.raise(notice, level),
    }),
  )
  host.serveRecordings(recordings.find)
  root.add(
    followRecorder(
      { status: recorder.status, shows: recordings.topics.shows, folder: () => settings.folder.value, readText: (path) => readFile(path, 'utf8') },
      webhooks.recording,
      clock,
    ),
  )
  return { recorder, recordings, settings }
}

/** The mix is coded only if it is one of them. */
function wantContents(session: BroadcastSession, singles: Singles, contents: readonly ProgramContent[], tracks: readonly number[]): () => void {
  const releases = [singles.want(contents), ...(contents.includes('mix') ? [session.wantProgram(tracks)] : [])]
  return () => releases.forEach((release) => release())
}
