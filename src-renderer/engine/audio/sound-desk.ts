import type { Loudness } from './loudness/loudness-meter.ts'
import type { MonitorChoice } from './monitor-output.ts'

export type { Loudness, MonitorChoice }

/** What did not work of the sound; each null while all is well. */
export interface SoundTroubles {
  /** The monitor's output device: what the browser said. */
  monitor: string | null
  /** A noise suppressor that could not be loaded, so the sound goes on without it. */
  suppression: string | null
}

/** What whoever sits at the mixer does and sees, beside the show. */
export interface SoundDesk {
  /** Where monitored strips are heard, and how loud. */
  setMonitor(choice: MonitorChoice): void
  /** The latest at once. */
  onTroubles(handler: (troubles: SoundTroubles) => void): () => void
  /** The program's loudness, ten times a second; measured only while somebody listens. */
  onLoudness(handler: (loudness: Loudness) => void): () => void
  /** Integrated loudness, range and true peak begin anew. */
  resetLoudness(): void
  /** By how many dB each filter of a strip makes it quieter now, 20 times a second; by filter id. */
  onReductions(sourceId: string, handler: (reductions: Readonly<Record<string, number>>) => void): () => void
}
