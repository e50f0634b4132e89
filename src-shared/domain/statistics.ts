import { z } from 'zod'
import { lineQuality } from './diagnostics.ts'
import { reasons } from './errors.ts'
import { outputState } from './output.ts'
import { programContent, sideContent } from './program-content.ts'
import { watchEvent } from './watchdogs.ts'

/** One second of the program, on its way from the devices to the coded stream. null where nothing is measured. */
export const programSample = z.object({
  /** Pictures that arrived from the moving sources, of the one that gives most; null when none moves. */
  capturedFps: z.number().nullable(),
  composedFps: z.number(),
  encodedFps: z.number(),
  targetFps: z.number(),
  /** Frames that were not coded, within this second. */
  framesDropped: z.number(),
  videoKbps: z.number(),
  targetKbps: z.number(),
  audioKbps: z.number(),
  composeMs: z.number(),
  encodeMs: z.number(),
  /** Since the last key frame reached main. */
  keyFrameAgeMs: z.number().nullable(),
  /** Of one core, everything the studio runs. */
  cpuPercent: z.number().nullable(),
  /** The encoder is held back for this destination's line, which takes so much, sound included; null while it is not. */
  heldBack: z.object({ destinationId: z.string().nullable(), lineKbps: z.number(), fps: z.number() }).nullable().default(null),
})
export type ProgramSample = z.infer<typeof programSample>

/** One second of a stream beside the mix. What is composed for it and not coded is not told. */
export const sideSample = programSample.pick({ capturedFps: true, encodedFps: true, targetFps: true, videoKbps: true, targetKbps: true, audioKbps: true, keyFrameAgeMs: true, heldBack: true })
export type SideSample = z.infer<typeof sideSample>

/** One second of one destination. */
export const outputSample = z.object({
  /** What it gets: its own stages are the mix's (`program`) or those of the stream beside it (`sides`). */
  content: programContent.default('mix'),
  state: outputState,
  /** Why it is not running, or why it last broke while it recovers. */
  reason: z.enum(reasons).nullable(),
  sentFps: z.number(),
  sentKbps: z.number(),
  /** What the server says that it has got; null where it does not tell. */
  acknowledgedKbps: z.number().nullable().default(null),
  /** For how long a server that usually confirms all the time has confirmed nothing although it was sent more, ms; null or absent where that is not so. */
  silentMs: z.number().nullable().optional(),
  queueMs: z.number(),
  framesDropped: z.number(),
  rttMs: z.number().nullable(),
  lossPercent: z.number().nullable(),
  retransmits: z.number().nullable(),
  /** One number for the line, 0 to 6 (`outputQuality`); absent in shows of before it was. */
  quality: lineQuality.optional(),
})
export type OutputSample = z.infer<typeof outputSample>

export const statisticsSample = z.object({
  /** Wall time at the end of the second, ms since 1970. */
  atMs: z.number(),
  live: z.boolean(),
  program: programSample.nullable(),
  /** The streams beside the mix that somebody gets. */
  sides: z.partialRecord(sideContent, sideSample).optional(),
  /** By destination id. */
  outputs: z.record(z.string(), outputSample),
})
export type StatisticsSample = z.infer<typeof statisticsSample>

/** Where frames get lost or stuck first, on their way. */
export const BOTTLENECK_STAGES = ['capture', 'compose', 'encode', 'connect', 'line', 'server'] as const

export const bottleneck = z.object({
  stage: z.enum(BOTTLENECK_STAGES),
  /** The destination, for the stages behind the encoder; null for those of the program. */
  destinationId: z.string().nullable(),
  /** The stream beside the mix that a stage before the outputs is about; absent for the mix. */
  content: sideContent.optional(),
  /** What was seen, for the sentence: what arrived and what should have, in `unit`. */
  seen: z.number(),
  wanted: z.number(),
  unit: z.enum(['fps', 'kbps', 'ms']),
  severity: z.enum(['warn', 'bad']),
})
export type Bottleneck = z.infer<typeof bottleneck>

/** A show that was on air, as the list of past shows has it. */
export const pastShow = z.object({
  id: z.string(),
  name: z.string(),
  startedAtMs: z.number(),
  /** null while it is still on air, or when the studio ended without a word. */
  endedAtMs: z.number().nullable(),
  destinations: z.array(
    z.object({
      destinationId: z.string(),
      name: z.string(),
      kind: z.string(),
      connects: z.number(),
      bytesSent: z.number(),
      framesSent: z.number(),
      framesDropped: z.number(),
      gaps: z.array(z.object({ reason: z.enum(reasons), atMs: z.number(), downMs: z.number(), recoverMs: z.number() })),
    }),
  ),
  framesComposed: z.number(),
  framesDropped: z.number(),
  /** What the watchdogs saw, oldest first; absent in shows of before they were. */
  events: z.array(watchEvent).max(500).optional(),
})
export type PastShow = z.infer<typeof pastShow>
