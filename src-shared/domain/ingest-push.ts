import { z } from 'zod'
import { bloatGrade } from './network-line.ts'
import { reasons } from './errors.ts'

const kbps = z.number().min(0)
const ms = z.number().min(0).nullable()

/** Why a rate did not hold: too little arrived, it waited too long or ever longer, frames were dropped, or the line broke. */
export const stepFailure = z.enum(['goodput', 'queue', 'queue-rising', 'dropped', 'broken'])
export type StepFailure = z.infer<typeof stepFailure>

/** One rate of a push. Rates in kbit/s over the measured seconds. */
export const ingestStep = z.object({
  targetKbps: kbps,
  /** What arrived, by the server's word where it gives it. */
  goodputKbps: kbps,
  /** The longest wait of a frame. */
  queueMs: z.number().min(0),
  failed: stepFailure.nullable(),
})
export type IngestStep = z.infer<typeof ingestStep>

/** What became of one destination: `measured`, `refused` by its server or not reached, or not tried and why. */
export const ingestOutcome = z.enum(['measured', 'failed', 'needs-agreement', 'kind-unsupported', 'address-unreadable'])
export type IngestOutcome = z.infer<typeof ingestOutcome>

/** What pushing to one destination showed. */
export const ingestFigures = z.object({
  destinationId: z.string(),
  outcome: ingestOutcome,
  /** The platform's own flag kept it from viewers. */
  testFlag: z.boolean(),
  /** Why it failed; null = it did not. */
  reason: z.enum(reasons).nullable(),
  /** ms of each stage, as far as it was come to. */
  stages: z.object({ dnsMs: ms, tcpMs: ms, tlsMs: ms, handshakeMs: ms, connectMs: ms, publishMs: ms }),
  steps: z.array(ingestStep).max(30),
  /** The most that held, kbit/s; null = none was measured. */
  bestKbps: kbps.nullable(),
  /** Over the hold at the end, a sample each quarter second: what a constant rate can rely on, and its mean and its worst second. */
  p10Kbps: kbps.nullable(),
  meanKbps: kbps.nullable(),
  minSecondKbps: kbps.nullable(),
  /** The line ended the climb, and not the platform's limit or the end of the ladder. */
  lineLimited: z.boolean(),
  /** From a byte sent to the server's word of it, under load; null = it gives none. */
  ackLagMs: ms,
  /** Of opening one more connection to the server, before and while pushing. */
  idleMs: ms,
  loadedMs: ms,
  bloatGrade: bloatGrade.nullable(),
  /** The platform's, with sound; null = not documented. */
  limitKbps: kbps.nullable(),
})
export type IngestFigures = z.infer<typeof ingestFigures>

/** What may be sent to every destination at once, with 30 % of the line left free. `kbps` is the picture's. */
export const ingestRecommendation = z.object({
  kbps: z.number(),
  width: z.number(),
  height: z.number(),
  frameRate: z.number(),
  /** Of quality-presets.ts; null = the show's own size. */
  presetId: z.string().nullable(),
})
export type IngestRecommendation = z.infer<typeof ingestRecommendation>

/** The `data` of `ingest.push`. */
export const ingestData = z.object({
  perDestination: z.array(ingestFigures).max(50),
  /** What arrived at all destinations in sum when they were pushed to at once, kbit/s; null = there were not several. */
  togetherKbps: kbps.nullable(),
  /** Destinations that share the line in a show, measured or not. */
  sharing: z.int().min(0),
  /** null = nothing was measured. */
  recommended: ingestRecommendation.nullable(),
})
export type IngestData = z.infer<typeof ingestData>
