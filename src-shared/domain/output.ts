import { z } from 'zod'
import { reasons } from './errors.ts'

/** The six states of one destination, with the numbers that listeners get. */
export const OUTPUT_STATES = {
  idle: 0,
  connecting: 1,
  running: 2,
  recovering: 3,
  failed: 4,
  disconnecting: 5,
} as const
export type OutputState = keyof typeof OUTPUT_STATES
export const outputState = z.enum(Object.keys(OUTPUT_STATES) as [OutputState, ...OutputState[]])

/** Every legal change of state; anything else is a bug. */
export const OUTPUT_MOVES = {
  idle: ['connecting'],
  connecting: ['running', 'failed', 'disconnecting'],
  running: ['recovering', 'disconnecting'],
  recovering: ['running', 'failed', 'disconnecting'],
  failed: ['connecting', 'idle', 'disconnecting'],
  disconnecting: ['idle'],
} as const satisfies Record<OutputState, readonly OutputState[]>

/** How far one attempt has come. */
export const outputStage = z.enum([
  'waiting', 'resolving', 'connecting', 'securing', 'handshaking', 'opening', 'publishing', 'sending', 'draining', 'closed',
])
export type OutputStage = z.infer<typeof outputStage>

/** What one run has measured. Counters start at zero with each run; whoever shows totals adds them up. */
export const outputFigures = z.object({
  stage: outputStage,
  /** Media really handed to the system over the last second or so, kbit/s. */
  bitrateKbps: z.number(),
  bytesSent: z.number(),
  /** null where the peer does not tell. */
  bytesAcknowledged: z.number().nullable(),
  /** How long a frame that comes now waits until the peer has it, as far as the output can tell, ms. */
  queueMs: z.number(),
  /** What the line takes, kbit/s, measured while it is kept busy; null while it is not. Absent where the output does not measure it. */
  lineKbps: z.number().nullable().optional(),
  /** What the line was last seen to take, kbit/s, by an output that gives it all it has now and then; also while it is not busy. Null while not known, absent elsewhere. */
  knownKbps: z.number().nullable().optional(),
  framesSent: z.number(),
  framesDropped: z.number(),
  /** null where the system does not tell. */
  rttMs: z.number().nullable(),
  /** Protocols that tell more about the line (WHIP, SRT); absent for others. Each null where not known. */
  line: z
    .object({
      /** Packets lost on the way, percent of those sent over the last seconds. */
      lossPercent: z.number().nullable(),
      /** Packets sent again, since the run began. */
      retransmits: z.number().nullable(),
      /** What really leaves, where the protocol codes for itself. */
      codec: z.string().nullable(),
      width: z.number().nullable(),
      height: z.number().nullable(),
      fps: z.number().nullable(),
      /** What keeps the quality down now: `none`, `bandwidth`, `cpu` or `other`. */
      limitedBy: z.string().nullable(),
      /** A listener's caller, while one is served: `address:port`. */
      peer: z.string().nullable().optional(),
    })
    .optional(),
})
export type OutputFigures = z.infer<typeof outputFigures>

/** A stretch without media at a server that had it before. */
export const outputGap = z.object({
  reason: z.enum(reasons),
  /** Wall time at which media stopped, ms since 1970. */
  atMs: z.number(),
  /** From the break until media flowed again. */
  downMs: z.number(),
  /** From the start of the attempt that succeeded, or of mending the line within one, until media flowed. */
  recoverMs: z.number(),
})
export type OutputGap = z.infer<typeof outputGap>

export const outputFailure = z.object({
  reason: z.enum(reasons),
  /** What the server or the system said, without secrets. */
  evidence: z.string(),
  /** The code with which the service refused, if it gave one: see service-codes.ts. */
  serviceCode: z.string().optional(),
  atMs: z.number(),
  /** The server wants to be left alone until then (wall time, ms since 1970), so that nobody's wish tries it earlier. Absent: it said nothing of the kind. */
  notBeforeMs: z.number().optional(),
})
export type OutputFailure = z.infer<typeof outputFailure>

/** Everything the studio shows about one destination, as a whole each time. */
export const outputStatus = z.object({
  destinationId: z.string(),
  state: outputState,
  /** Wall time of the last change of state; a listener may drop older ones. */
  changedAtMs: z.number(),
  attempt: z.number(),
  /** When the next attempt starts, or null when none is waiting. */
  nextAttemptAtMs: z.number().nullable(),
  /** Why it is not running, or why it last broke; stays visible after recovery. */
  failure: outputFailure.nullable(),
  /** True once the user must act: no further attempt is made. */
  final: z.boolean(),
  connects: z.number(),
  /** From *Go live* to the first media that the server accepted. */
  firstMediaMs: z.number().nullable(),
  gaps: z.array(outputGap),
})
export type OutputStatus = z.infer<typeof outputStatus>
