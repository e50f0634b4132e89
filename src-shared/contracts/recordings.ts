import { z } from 'zod'
import { recordedShow, recordingFormat, recordingJob, recordingsFolder, recordingSettings, recordingStatus } from '../domain/recording.ts'
import { call, nothing, service } from './service.ts'

/** Recording what is on the program, with or without a broadcast. */
export const recorder = service('recorder', {
  calls: {
    /** Fails with `already-recording`, `folder-not-writable`, `disk-low` or `disk-full`. */
    start: call(z.object({}), nothing),
    /** Resolves when every file is finished. */
    stop: call(z.object({}), nothing),
    pause: call(z.object({}), nothing),
    resume: call(z.object({}), nothing),
    /** A chapter (MP4, MKV) or a marker beside the file. */
    addChapter: call(z.object({ name: z.string().max(200) }), nothing),
    /** Writes the last seconds to a file of their own; answers its path. */
    saveReplay: call(z.object({}), z.object({ path: z.string() })),
    /** A picture of the program as PNG; answers its path. */
    snapshot: call(z.object({}), z.object({ path: z.string() })),
    updateSettings: call(recordingSettings.partial(), nothing),
    /** Opens the system's dialog; null = the user gave up. Fails with `not-found` where the host has none. */
    chooseFolder: call(z.object({}), z.object({ folder: z.string().nullable() })),
  },
  topics: { status: recordingStatus, settings: recordingSettings },
})

const paths = z.array(z.string().max(4096)).min(1).max(1000)

/** What was recorded. Paths are relative to the recordings folder and never lead out of it. */
export const recordings = service('recordings', {
  calls: {
    refresh: call(z.object({}), nothing),
    /** Opens the file manager at the file; fails where the host has none. */
    reveal: call(z.object({ path: z.string() }), nothing),
    /** To the system's trash, or to the folder `.trash` of the recordings where there is none. */
    trash: call(z.object({ paths }), nothing),
    /** Brings back what the last `trash` took; fails with `not-found` once it has gone to the system's trash. */
    undoTrash: call(z.object({}), nothing),
    /** Pieces of one show, one behind the other, without coding them anew. Answers the job's id. */
    join: call(z.object({ paths }), z.object({ jobId: z.string() })),
    /** Single streams of one user to one MP4 (see the modes of merge-plan.ts). */
    merge: call(
      z.object({
        paths,
        mode: z.enum(['segments', 'merge']),
        gaps: z.enum(['fill', 'drop']),
        sound: z.enum(['main', 'any', 'aux']),
        frameRate: z.number(),
        width: z.int().min(16).max(4096),
        height: z.int().min(16).max(4096),
      }),
      z.object({ jobId: z.string() }),
    ),
    convert: call(z.object({ path: z.string(), format: recordingFormat }), z.object({ jobId: z.string() })),
    repair: call(z.object({ paths }), z.object({ jobId: z.string() })),
    cancelJob: call(z.object({ jobId: z.string() }), nothing),
    dismissJob: call(z.object({ jobId: z.string() }), nothing),
  },
  /** Newest show first. */
  topics: { shows: z.array(recordedShow), jobs: z.array(recordingJob), folder: recordingsFolder },
})
