import { z } from 'zod'

/** What a check is about; the window shows them in this order. */
export const CHECK_GROUPS = ['environment', 'camera', 'microphone', 'speaker', 'screen', 'system', 'network', 'ingest', 'show'] as const
export const checkGroup = z.enum(CHECK_GROUPS)
export type CheckGroup = z.infer<typeof checkGroup>

/** Checks that use the same thing run one after the other; `nothing` runs beside anything. */
export const checkResource = z.enum(['camera', 'microphone', 'speaker', 'screen', 'line', 'processor', 'disk', 'nothing'])
export type CheckResource = z.infer<typeof checkResource>

/** Enough for a name, a figure or a server's words; longer ones are cut before they are told. */
const MAX_TEXT = 2000
const name = z.string().min(1).max(100)
const params = z.record(z.string().max(50), z.union([z.string().max(MAX_TEXT), z.number()]))

/** What an action button beside a finding does. */
export const checkAction = z.enum(['open-privacy-settings', 'choose-device', 'apply-preset', 'go-to-source', 'go-to-destination', 'go-to-settings', 'free-disk', 'unmute', 'again'])
export type CheckAction = z.infer<typeof checkAction>

/** How far a figure may go. `above`: a higher figure is worse. */
export const threshold = z.object({ warn: z.number().optional(), fail: z.number().optional(), worse: z.enum(['above', 'below']) })

/** What a check found. `code` with the check's name leads to its sentence and advice (`src-shared/texts/checks`). */
export const finding = z.object({
  status: z.enum(['pass', 'warn', 'fail', 'skipped', 'error']),
  code: name,
  /** Put into the sentences: `{dbfs}`. */
  params: params.optional(),
  /** The one figure that decided, in `unit`. */
  value: z.number().optional(),
  unit: z.string().max(20).optional(),
  threshold: threshold.optional(),
  /** The course of that figure, oldest first. */
  samples: z.array(z.number()).max(2000).optional(),
  /** What was seen, for whoever helps: an error's name, a server's words. Holds no secrets. */
  evidence: z.string().max(MAX_TEXT).optional(),
  actions: z.array(checkAction).max(4).optional(),
  /** What the action is about: a source, a destination, a preset. */
  about: z.string().max(200).optional(),
  /** All that was measured, as the check's own documentation says. */
  data: z.record(z.string(), z.json()).optional(),
})
export type Finding = z.infer<typeof finding>

export const checkStatus = z.enum(['pending', 'running', 'pass', 'warn', 'fail', 'skipped', 'error'])
export type CheckStatus = z.infer<typeof checkStatus>

/** A check that can be run. `asks` is its question's key, which is its name. */
export const checkDescription = z.object({ name, group: checkGroup, uses: checkResource, timeoutMs: z.int().min(100).max(900_000) })
export type CheckDescription = z.infer<typeof checkDescription>

/** One check of a run. */
export const checkState = z.object({
  name,
  group: checkGroup,
  status: checkStatus,
  /** 0 to 1, as far as the check knows. */
  progress: z.number().min(0).max(1),
  /** What it sees while it runs, for a live picture of it (levels, throughput so far). */
  live: z.record(z.string(), z.json()).optional(),
  finding: finding.nullable(),
  /** Wall time, ms since 1970; null while it waits. */
  startedAtMs: z.number().nullable(),
  durationMs: z.number().nullable(),
})
export type CheckState = z.infer<typeof checkState>

/** What a run may use and do. Everything absent is the system's default or not allowed. */
export const diagnosticOptions = z.object({
  /** Empty = the system's default. */
  cameraId: z.string().max(500).optional(),
  microphoneId: z.string().max(500).optional(),
  speakerId: z.string().max(500).optional(),
  /** kbit/s that the line shall carry, 10 to 5000 each; 0 = leave that direction out. */
  expectedUpKbps: z.int().min(0).max(100_000).optional(),
  expectedDownKbps: z.int().min(0).max(100_000).optional(),
  /** The test server (`https://host:port`) of the network checks; absent = without one, as far as that goes. */
  testServer: z.string().max(2000).optional(),
  /** Only these destinations; absent = all that are switched on. */
  destinationIds: z.array(z.string().max(100)).max(50).optional(),
  /** What the user has agreed to: pushing where viewers may see it; a public service that learns this computer's address; a run beside a live show. */
  agreed: z.array(z.enum(['public-push', 'public-service', 'while-live'])).max(10).optional(),
  /** Seconds a level is listened to or a line is watched, where a check can be longer or shorter. */
  seconds: z.int().min(1).max(120).optional(),
})
export type DiagnosticOptions = z.infer<typeof diagnosticOptions>

/** One run, or what is left of the last one. */
export const diagnosticRun = z.object({
  runId: z.string().max(100).nullable(),
  running: z.boolean(),
  startedAtMs: z.number().nullable(),
  /** In the order in which they are shown. */
  checks: z.array(checkState).max(200),
})
export type DiagnosticRun = z.infer<typeof diagnosticRun>

/**
 * 0 unknown, 1 excellent, 2 good, 3 fair, 4 poor, 5 very poor, 6 down: the figure that large real-time services use for a
 * line.
 */
export const lineQuality = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)])
export type LineQuality = z.infer<typeof lineQuality>
