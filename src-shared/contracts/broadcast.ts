import { z } from 'zod'
import { encoding } from '../domain/encoding.ts'
import { sideContent } from '../domain/program-content.ts'
import { outputFailure, outputFigures, outputStatus } from '../domain/output.ts'
import { call, nothing, service } from './service.ts'

/** What is in force of the encoding, and whose line is the reason. */
export const congestionStatus = z.object({
  /** `full`: as set. `reduced`: a line takes less. `rising`: on the way back to what is set. */
  state: z.enum(['full', 'reduced', 'rising']),
  /** The rate of the picture in force, kbit/s. */
  videoKbps: z.number(),
  /** Pictures per second in force. */
  frameRate: z.number(),
  /** The required destination whose line takes the least; null at `full`, and while it is not connected. */
  decidedBy: z.string().nullable(),
  /** What its line was last measured to take, sound included, kbit/s; null where it could not be measured. */
  lineKbps: z.number().nullable(),
})
export type CongestionStatus = z.infer<typeof congestionStatus>

export const broadcastStatus = z.object({
  live: z.boolean(),
  /** Wall time of *Go live*, ms since 1970. */
  liveSinceMs: z.number().nullable(),
  ending: z.boolean(),
  /** Fixed while live, except for the rate. */
  encoding,
  /** Why the program itself is not flowing, if it should be and is not. */
  programFailure: outputFailure.nullable(),
  outputs: z.array(outputStatus),
  /** What the lines leave of the encoding; null or absent when not live, and when it is switched off. */
  congestion: congestionStatus.nullable().optional(),
})
export type BroadcastStatus = z.infer<typeof broadcastStatus>

/** One single stream while somebody wants it. */
export const singleStatus = z.object({
  /** What is coded; null while there is no picture of it yet. */
  encoding: encoding.nullable(),
  /** Why nothing of it flows. */
  failure: outputFailure.nullable(),
  /** What the lines of those who get it leave of its encoding; null or absent as for the mix. */
  congestion: congestionStatus.nullable().optional(),
})
/** The single streams that are wanted now. */
export const singlesStatus = z.partialRecord(sideContent, singleStatus)
export type SinglesStatus = z.infer<typeof singlesStatus>

/** What the studio measures twice a second while it composes. */
export const programFigures = z.object({
  framesComposed: z.number(),
  /** By the program's own encoder or, while nobody reads what that makes, handed to WebRTC's. `videoKbps` and `audioKbps` are 0 then. */
  framesEncoded: z.number(),
  framesDropped: z.number(),
  fps: z.number(),
  videoKbps: z.number(),
  audioKbps: z.number(),
  driftPpm: z.number(),
  compositor: z.string(),
  videoEncoder: z.string(),
  audioEncoder: z.string(),
  /** Why this encoder and not a better one, e.g. "hardware: not supported". */
  encoderReason: z.string(),
  encodeMs: z.number(),
  composeMs: z.number(),
  /** The loudest 50 ms (RMS) of the program since the last report, dBFS; -100 = silence. */
  soundDbfs: z.number().optional(),
})
export type ProgramFigures = z.infer<typeof programFigures>

export const broadcastFigures = z.object({
  atMs: z.number(),
  program: programFigures.nullable(),
  /** By destination id. `total*` survive reconnects. */
  outputs: z.record(
    z.string(),
    outputFigures.extend({ totalBytesSent: z.number(), totalFramesSent: z.number(), totalFramesDropped: z.number() }),
  ),
  /** Percent of one core, of everything the studio runs. null until measured. */
  cpuPercent: z.object({ total: z.number(), byProcess: z.record(z.string(), z.number()) }).nullable(),
  rssMiB: z.number().nullable(),
})
export type BroadcastFigures = z.infer<typeof broadcastFigures>

export const broadcast = service('broadcast', {
  calls: {
    /** Starts every enabled destination. Fails with `no-destination` or `already-live`. */
    goLive: call(z.object({}), nothing),
    end: call(z.object({}), nothing),
    /** Starts the waiting attempt of one destination at once. */
    retryNow: call(z.object({ destinationId: z.string() }), nothing),
    /** Changes the rate, live or not. */
    setVideoKbps: call(z.object({ videoKbps: z.int().min(100).max(20_000) }), nothing),
    setEncoding: call(encoding, nothing),
  },
  topics: { status: broadcastStatus, figures: broadcastFigures, singles: singlesStatus },
})
