import { z } from 'zod'
import { encoding } from '../domain/encoding.ts'
import { reasons } from '../domain/errors.ts'
import { sideContent } from '../domain/program-content.ts'
import { sourceStatus } from '../domain/source.ts'
import { SOUND_TRACKS } from '../domain/strip.ts'
import { programFigures } from './broadcast.ts'
import { call, nothing, service } from './service.ts'

/** What the lines leave of an encoding for now. */
export const reducedRate = z.object({
  /** kbit/s of the picture, below the encoding's. */
  videoKbps: z.int().min(1),
  /** Every picture is coded, every second or every fourth one; all are composed, with their time stamps on the same beat. */
  frameStep: z.union([z.literal(1), z.literal(2), z.literal(4)]),
})
export type ReducedRate = z.infer<typeof reducedRate>

/** A stream beside the mix: one source by itself, or the show on its second canvas. */
export const singleWish = z.object({
  /** Null: the scene on air, laid out for the second canvas. */
  sourceId: z.string().nullable(),
  /** Whose sound goes with it, through their strips; none = silence; null = the mix's. */
  soundIds: z.array(z.string()).max(200).nullable(),
  encoding,
  /** Absent: the encoding as it is. */
  reduced: reducedRate.optional(),
})
export type SingleWish = z.infer<typeof singleWish>

/** The streams beside the mix that somebody wants now; each is coded only while it is in here. */
export const singleWishes = z.partialRecord(sideContent, singleWish)
export type SingleWishes = z.infer<typeof singleWishes>

/** What main wants of the engine. The engine composes always and codes only while `wanted`. `reduced` absent: the encoding as it is. */
export const programWish = z.object({
  wanted: z.boolean(),
  encoding,
  reduced: reducedRate.optional(),
  singles: singleWishes.optional(),
  /** Sound tracks that are recorded beside the first, 2 to 6; absent = none. No other is mixed or coded. */
  tracks: z.array(z.int().min(2).max(SOUND_TRACKS)).optional(),
})
export type ProgramWish = z.infer<typeof programWish>

/** Spoken by the page's engine. */
export const engine = service('engine', {
  calls: {
    /** Twice a second. */
    report: call(z.object({ figures: programFigures, sources: z.array(sourceStatus) }), nothing),
    /** The engine cannot deliver the program (or, with `content`, a stream beside it), or (`reason` null) can again. */
    failure: call(z.object({ reason: z.enum(reasons).nullable(), evidence: z.string(), content: sideContent.optional() }), nothing),
    /** The picture of the program that main asked for, as PNG in base64; null when there is none to be had. */
    snapshot: call(z.object({ snapshotId: z.string(), png: z.string().max(40_000_000).nullable() }), nothing),
  },
  topics: {
    wish: programWish,
    /** A picture of the program that is wanted now; each id once. */
    snapshot: z.object({ snapshotId: z.string().nullable() }),
    /** A source that gives nothing more and is to be started again: with each rise of `count`. */
    restart: z.object({ count: z.int().min(0), sourceId: z.string().nullable() }),
  },
})
