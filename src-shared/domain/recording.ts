import { z } from 'zod'
import { reasons } from './errors.ts'
import { programContent } from './program-content.ts'
import { SOUND_TRACKS } from './strip.ts'

export const RECORDING_FORMATS = ['mp4', 'mkv', 'flv', 'ts', 'hls', 'aac'] as const
export const recordingFormat = z.enum(RECORDING_FORMATS)
export type RecordingFormat = z.infer<typeof recordingFormat>

/** How shows are recorded; kept with the preferences. */
export const recordingSettings = z.object({
  /** Empty = the system's folder for videos, or the data folder where there is none. */
  folder: z.string().max(4096),
  /** Several formats are written side by side. */
  formats: z.array(recordingFormat).min(1),
  /** What is recorded, each in files of its own: the composed program, the camera by itself, the screen by itself. */
  streams: z.array(programContent).min(1),
  content: z.enum(['audio-video', 'audio', 'video']),
  /** Sound tracks (1 to 6) of recordings of the show in MP4 and MKV, in rising order. Everything else has the first alone. */
  soundTracks: z.array(z.int().min(1).max(SOUND_TRACKS)).min(1).max(SOUND_TRACKS),
  /** What players offer the tracks as, the first one's name first; empty or absent = its number. */
  trackNames: z.array(z.string().max(60)).max(SOUND_TRACKS),
  /** Minutes after which a new file begins (MP4, MKV, FLV, TS, AAC). A file is also cut at 2 GB and at 24 h. */
  fileMinutes: z.int().min(1).max(1440),
  /** HLS: a break shorter than this goes on in the same playlist, s. */
  hlsResumeSeconds: z.int().min(0).max(1800),
  /** HLS: an MP4 is written beside the playlist. */
  hlsAlsoMp4: z.boolean(),
  /** Without picture and sound for this long, the recording ends by itself, s. */
  maxIdleSeconds: z.int().min(5).max(86_400),
  /** Recording begins with *Go live* and ends with *End*. */
  withBroadcast: z.boolean(),
  /** Parts of the names, see recording-name.ts: prefix, task, application, room and user. */
  prefix: z.string().max(200),
  taskId: z.string().max(100),
  applicationId: z.string().max(40),
  roomId: z.string().max(64),
  userId: z.string().max(64),
  /** The last seconds are kept for *Save replay*; 0 = off. */
  replaySeconds: z.union([z.literal(0), z.int().min(5).max(600)]),
})
export type RecordingSettings = z.infer<typeof recordingSettings>

/** What has room for several sounds. */
export const FORMATS_WITH_TRACKS: readonly RecordingFormat[] = ['mp4', 'mkv']

export const DEFAULT_RECORDING_SETTINGS: RecordingSettings = {
  folder: '',
  formats: ['mp4'],
  streams: ['mix'],
  content: 'audio-video',
  soundTracks: [1],
  trackNames: [],
  fileMinutes: 90,
  hlsResumeSeconds: 30,
  hlsAlsoMp4: false,
  maxIdleSeconds: 30,
  withBroadcast: false,
  prefix: '',
  taskId: '',
  applicationId: '',
  roomId: 'studio',
  userId: 'me',
  replaySeconds: 0,
}

/** One file being written. */
export const recordingFile = z.object({
  format: recordingFormat,
  /** Relative to the recordings folder. */
  path: z.string(),
  sizeBytes: z.number(),
  durationMs: z.number(),
})
export type RecordingFile = z.infer<typeof recordingFile>

export const recordingStatus = z.object({
  state: z.enum(['idle', 'recording', 'paused', 'finishing']),
  /** Wall time of the first frame, ms since 1970. */
  startedAtMs: z.number().nullable(),
  /** Without pauses. */
  durationMs: z.number(),
  files: z.array(recordingFile),
  chapters: z.array(z.object({ atMs: z.number(), name: z.string() })),
  /** What the disk still holds at the present rate; null while not known. */
  minutesLeft: z.number().nullable(),
  freeBytes: z.number().nullable(),
  /** Frames that a slow disk cost the recording (the broadcast loses none). */
  framesDropped: z.number(),
  /** How much of the past *Save replay* would save now, s. */
  replayReadySeconds: z.number(),
  /** Memory that this takes. */
  replayBytes: z.number(),
  /** The folder that is recorded to, absolute. */
  folder: z.string(),
  /** Why it ended, if not by the user. */
  failure: z.object({ reason: z.enum(reasons), evidence: z.string(), atMs: z.number() }).nullable(),
})
export type RecordingStatus = z.infer<typeof recordingStatus>

/** A finished (or unfinished) file of the recordings folder. */
export const recordedFile = z.object({
  /** Relative to the recordings folder, with `/`. */
  path: z.string(),
  format: recordingFormat.or(z.enum(['m4a', 'png'])),
  kind: z.enum(['recording', 'replay', 'snapshot', 'joined', 'merged', 'converted']),
  sizeBytes: z.number(),
  durationMs: z.number().nullable(),
  startedAtMs: z.number(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  /** `unfinished`: the studio ended while it was being written; `writing`: it is being written now. */
  condition: z.enum(['good', 'writing', 'unfinished', 'broken']),
  /** A single stream's; absent = of the mixed program, or nobody knows. */
  media: z.enum(['main', 'aux']).optional(),
  /** What was written into it, by its own headers; absent = nobody has noted it. */
  tracks: recordingSettings.shape.content.optional(),
})
export type RecordedFile = z.infer<typeof recordedFile>

/** Everything recorded between entering the live page and leaving it. */
export const recordedShow = z.object({
  showRunId: z.string(),
  name: z.string(),
  startedAtMs: z.number(),
  files: z.array(recordedFile),
})
export type RecordedShow = z.infer<typeof recordedShow>

/** Long work on files: join, merge, convert, repair. */
export const recordingJob = z.object({
  id: z.string(),
  kind: z.enum(['join', 'merge', 'convert', 'repair']),
  title: z.string(),
  /** 0 to 1; null while not known. */
  progress: z.number().nullable(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  failure: z.object({ reason: z.enum(reasons), evidence: z.string() }).nullable(),
  /** What it made, relative to the folder. */
  result: z.array(z.string()),
})
export type RecordingJob = z.infer<typeof recordingJob>

/** The recordings folder itself. */
export const recordingsFolder = z.object({
  path: z.string(),
  /** What the disk still holds; null while not known. */
  freeBytes: z.number().nullable(),
  /** The first look at the files is not over yet. */
  scanning: z.boolean(),
  /** Join, merge and convert need it, and repair for files of other programs; null until it was looked for. */
  hasFfmpeg: z.boolean().nullable(),
  /** How many files `undoTrash` would bring back now. */
  undoable: z.int(),
})
export type RecordingsFolder = z.infer<typeof recordingsFolder>
