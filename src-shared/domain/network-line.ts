import { z } from 'zod'
import { lineQuality } from './diagnostics.ts'

/** Of the time that a packet takes longer while the line is full: A+ to F (the scale of Waveform's bufferbloat test). */
export const bloatGrade = z.enum(['A+', 'A', 'B', 'C', 'D', 'F'])
export type BloatGrade = z.infer<typeof bloatGrade>

/** What was found out about a line; the `data` of `network.line`. Names and units are those of the usual speed tests of real-time services. */
export const lineFigures = z.object({
  success: z.boolean(),
  /** Empty when it succeeded. */
  errMsg: z.string(),
  /** The other end's address. */
  ip: z.string(),
  quality: lineQuality,
  /** 0 to 1; null = not known. */
  upLostRate: z.number().min(0).max(1).nullable(),
  downLostRate: z.number().min(0).max(1).nullable(),
  /** ms, the median; null = not known. */
  rtt: z.number().nullable(),
  /** kbit/s; -1 = not known. */
  availableUpBandwidth: z.number(),
  availableDownBandwidth: z.number(),
  /** ms, the mean difference from one round trip to the next. */
  jitter: z.number().nullable(),
  /** ms, the median while the line is full; the worse direction. */
  rttUnderLoad: z.number().nullable(),
  bloatGrade: bloatGrade.nullable(),
  /** Whether datagrams came back at all; null = not tried. */
  udp: z.boolean().nullable(),
  /** What to do, best first; empty when the line is good enough. */
  advice: z.array(z.enum(['lower-bitrate', 'cable', 'another-network', 'sound-only'])),
  /** What a show may take of the line, kbit/s: 70 % of what it carried upwards; null = not known. */
  safeUpKbps: z.number().nullable(),
})
export type LineFigures = z.infer<typeof lineFigures>

/** One second of a watched line. */
export const linePoint = z.object({
  /** Wall time, ms since 1970. */
  atMs: z.number(),
  rttMs: z.number().nullable(),
  jitterMs: z.number().nullable(),
  /** 0 to 1, of the last ten seconds; null = not known yet. */
  lossRate: z.number().min(0).max(1).nullable(),
  quality: lineQuality,
})
export type LinePoint = z.infer<typeof linePoint>

/** Ten minutes. */
export const MAX_LINE_POINTS = 600

/** A line that is watched until somebody says stop. */
export const watchedLine = z.object({
  watching: z.boolean(),
  /** Host and port that are watched, without secrets; empty before the first watch. */
  to: z.string(),
  /** Datagrams that come back, or TCP connections that are made. */
  by: z.enum(['datagrams', 'connections']),
  /** Oldest first. */
  points: z.array(linePoint).max(MAX_LINE_POINTS),
})
export type WatchedLine = z.infer<typeof watchedLine>

/** What to watch: a test server, or the server of a destination. */
export const lineToWatch = z.object({ testServer: z.string().max(2000).optional(), destinationId: z.string().max(100).optional() })
export type LineToWatch = z.infer<typeof lineToWatch>
