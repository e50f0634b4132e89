import type { SinglesStatus } from '@shared/contracts/broadcast.ts'
import type { ProgramWish } from '@shared/contracts/engine.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { SIDE_CONTENTS, type SideContent } from '@shared/domain/program-content.ts'
import type { CongestionStatus } from '@shared/contracts/broadcast.ts'

/** A stream beside the mix at one moment: running counters, and what it is meant to be. */
export interface SideMoment {
  /** Null: the scene on air, on the second canvas. */
  sourceId: string | null
  encoding: Encoding
  /** Coded since the studio began: pictures, their bytes, and all bytes. */
  frames: number
  videoBytes: number
  bytes: number
  keyFrameAgeMs: number | null
  congestion: CongestionStatus | null
}
export type SideMoments = Partial<Record<SideContent, SideMoment>>

/** What main sees of one stream: what came in, and how old its last key frame is. */
export interface SideLine {
  intake: { readonly figures: Pick<SideMoment, 'frames' | 'videoBytes' | 'bytes'> }
  bus: { readonly keyFrameAgeMs: number | null }
}

/** Those that are coded now. */
export function sideMoments(wish: Pick<ProgramWish, 'singles'>, status: SinglesStatus, lines: Readonly<Record<SideContent, SideLine>>): SideMoments {
  const found: SideMoments = {}
  for (const content of SIDE_CONTENTS) {
    const single = wish.singles?.[content]
    if (!single) continue
    const { intake, bus } = lines[content]
    const { frames, videoBytes, bytes } = intake.figures
    found[content] = { sourceId: single.sourceId, encoding: single.encoding, frames, videoBytes, bytes, keyFrameAgeMs: bus.keyFrameAgeMs, congestion: status[content]?.congestion ?? null }
  }
  return found
}
