import { z } from 'zod'
import { soundFilter } from './sound-filter.ts'

/** Recordings have as many sound tracks; the first is what is sent. */
export const SOUND_TRACKS = 6

/** A sound source's place in the mixer. What is absent is as in `DEFAULT_STRIP`. */
export const strip = z.object({
  /** The fader. -100 dB and below is silence. */
  volumeDb: z.number().min(-100).max(20),
  muted: z.boolean(),
  /** While any strip is solo, the others are not heard by whoever listens at the desk; the program is untouched. */
  solo: z.boolean().optional(),
  /** -1 = left, 0 = centre, 1 = right. */
  pan: z.number().min(-1).max(1).optional(),
  /** The sound comes so much later than it does (negative: earlier, by holding back everything else), ms. */
  syncOffsetMs: z.number().min(-1000).max(2000).optional(),
  monitor: z.enum(['off', 'monitor-only', 'both']).optional(),
  /** Heard only while a key is held, or not while it is. */
  pushTo: z.enum(['off', 'talk', 'mute']).optional(),
  filters: z.array(soundFilter).max(20).optional(),
  /** Of the recording's tracks, 1 to 6, those that it is in; absent = all. */
  tracks: z.array(z.int().min(1).max(SOUND_TRACKS)).max(SOUND_TRACKS).optional(),
})
export type Strip = z.infer<typeof strip>

export const DEFAULT_STRIP: Strip = { volumeDb: 0, muted: false }
