import { join } from 'node:path'
import { z } from 'zod'
import { recordedFile, recordingFormat } from '@shared/domain/recording.ts'

/**
 * What belongs to one show run, kept beside the recordings: `<folder>/.castwright/<showRunId>.json`.
 * A show run is the time from opening a show (or starting the studio with it) until another show is opened or the studio
 * ends. The file is there from the first recording, replay or snapshot on, and is replaced as a whole at every change.
 */
export const MANIFEST_FOLDER = '.castwright'
export const MANIFEST_VERSION = 1

export const recordedChapter = z.object({
  /** From the file's first frame, ms. */
  atMs: z.number(),
  name: z.string(),
})

export const manifestFile = z.object({
  /** Relative to the recordings folder, with `/`. For HLS the playlist. */
  path: z.string(),
  format: recordingFormat.or(z.enum(['m4a', 'png'])),
  kind: recordedFile.shape.kind,
  /** Wall time of the first frame, ms since 1970. */
  startedAtMs: z.number(),
  /** False from the moment the file is created until it is whole. One that is false and is not being written now was cut off. */
  finished: z.boolean(),
  /** null while it is being written. */
  durationMs: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  /** null without a picture. */
  width: z.number().nullable(),
  height: z.number().nullable(),
  chapters: z.array(recordedChapter).default([]),
  /** Single streams only: whose, and which (the names say `main` or `aux`). Absent = the mixed program. */
  stream: z.object({ userId: z.string(), media: z.enum(['main', 'aux']) }).optional(),
  /** What is written into it. Absent in manifests of older versions, and for what was made of other files. */
  tracks: recordedFile.shape.tracks,
})
export type ManifestFile = z.infer<typeof manifestFile>

export const recordingManifest = z.object({
  version: z.literal(MANIFEST_VERSION),
  /** Letters, digits, `-` and `_`. */
  showRunId: z.string().regex(/^[\w-]{1,100}$/),
  /** The show's name when the run began. */
  name: z.string(),
  /** Of the run, ms since 1970. */
  startedAtMs: z.number(),
  /** In the order in which they were begun. */
  files: z.array(manifestFile),
})
export type RecordingManifest = z.infer<typeof recordingManifest>

export const manifestPath = (folder: string, showRunId: string): string => join(folder, MANIFEST_FOLDER, `${showRunId}.json`)
