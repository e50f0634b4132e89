import { DESTINATION_KINDS } from '@shared/domain/destination.ts'
import { z } from 'zod'
import { reasons } from '@shared/domain/errors.ts'
import { outputState } from '@shared/domain/output.ts'
import { recordingFormat } from '@shared/domain/recording.ts'

const count = z.int().min(0)

/** What went wrong during the show and was told to the user. */
export const reportError = z.object({
  /** Wall time, ms since 1970. */
  atMs: z.number(),
  reason: z.enum(reasons).describe('Stable code of the failure'),
  message: z.string().describe('The same in words, in English'),
  evidence: z.string().describe('What the server or the system said, without secrets'),
  address: z.string().nullable().describe('The output it belongs to, or null'),
})

export const reportOutput = z.object({
  address: z.string().describe('Where it went, without key, query and user info; "rehearsal" for the built-in server'),
  kind: z.enum(DESTINATION_KINDS),
  finalState: outputState.describe('Its state when the show was ended'),
  connects: count.describe('How often a server accepted media'),
  firstMediaMs: z.number().nullable().describe('From going live to the first media that the server accepted; null = never'),
  bytesSent: count,
  framesDropped: count,
  gaps: z.array(
    z.object({
      reason: z.enum(reasons),
      downMs: z.number().describe('From the break until media flowed again'),
      recoverMs: z.number().describe('From the start of the attempt that succeeded until media flowed'),
    }),
  ),
})

export const reportRecording = z.object({
  path: z.string().describe('Absolute; for HLS the playlist'),
  format: recordingFormat.or(z.enum(['m4a', 'png'])),
  durationMs: z.number().nullable(),
  sizeBytes: z.number().nullable(),
  finished: z.boolean().describe('A whole file; false = it was cut off and is repaired at the next start'),
})

/** The report of one show. Times in ms, counters over the whole time live. */
export const report = z.object({
  version: z.literal(1),
  host: z.enum(['electron', 'browser']),
  versions: z.record(z.string(), z.string()).describe('Of Castwright, the host and what it runs on'),
  startedAtMs: z.number().nullable().describe('Wall time of going live, ms since 1970; null = never live'),
  liveMs: z.number().describe('How long the show was live'),
  video: z.object({
    width: count,
    height: count,
    fpsTarget: z.number(),
    framesComposed: count,
    framesEncoded: count,
    framesDropped: count.describe('Composed or due, but not coded'),
    fpsMean: z.number().describe('Coded frames per second, over the time in which the program flowed'),
  }),
  audio: z.object({ sampleRate: count, driftPpm: z.number().describe('Sound against the program clock, at the end') }),
  outputs: z.array(reportOutput),
  cpuPercent: z
    .object({ total: z.number(), byProcess: z.record(z.string(), z.number()) })
    .nullable()
    .describe('Mean while live, percent of one core; null where it cannot be measured'),
  rssMiB: z.number().nullable().describe('Most memory held at once by everything the studio runs'),
  recordings: z.array(reportRecording).describe('Files that were recorded from the studio’s start with this show on'),
  errors: z.array(reportError),
})
export type Report = z.infer<typeof report>
export type ReportOutput = z.infer<typeof reportOutput>
export type ReportRecording = z.infer<typeof reportRecording>
export type ReportError = z.infer<typeof reportError>

/** The JSON schema that `docs/report.schema.json` holds. */
export function reportJsonSchema(): string {
  const schema = { ...z.toJSONSchema(report), title: 'Castwright report', description: 'What `castwright --report` writes when a show is over.' }
  return `${JSON.stringify(schema, null, 2)}\n`
}

/**
 * 0 when the show ran as asked, 1 when it did not: no output at all, an output that was not running at the end,
 * or that never had media. A gap that was mended is no failure. (A wrong call is 2 and has no report.)
 */
export function exitCodeOf({ outputs, video }: Pick<Report, 'outputs' | 'video'>): 0 | 1 {
  const ranAsAsked = outputs.every((output) => output.finalState === 'running' && output.firstMediaMs !== null)
  return outputs.length > 0 && ranAsAsked && video.framesEncoded > 0 ? 0 : 1
}
