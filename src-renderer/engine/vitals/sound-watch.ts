import type { SourceVitals } from '@shared/domain/source.ts'
import { SILENCE_DB } from '../audio/levels.ts'
import type { MeterFrame } from '../engine.types.ts'

type SoundVitals = NonNullable<SourceVitals['sound']>

/** A device that is switched off or dead gives zeros; the quietest real microphone in a quiet room gives more than this (dBFS, peak). */
const SILENT_BELOW_DBFS = -80
/** Full scale less what a converter leaves. */
const CLIPS_FROM_DBFS = -0.1
/** Peaks at full scale that lie no further apart are one stretch of clipping. */
const CLIPPING_ENDS_AFTER_MS = 1000

interface Heard {
  peakDbfs: number
  silentSinceMs: number | null
  clippingSinceMs: number | null
  clippedAtMs: number
}

/** How long each input has been silent or too loud, from the levels that its device gives, before filters and faders. */
export class SoundWatch {
  readonly #heard = new Map<string, Heard>()

  constructor(private readonly nowMs: () => number) {}

  /** 20 times a second. A source that is not in it any more is forgotten. */
  take(levels: MeterFrame): void {
    const now = this.nowMs()
    for (const id of this.#heard.keys()) if (!(id in levels)) this.#heard.delete(id)
    for (const id in levels) {
      const { peakDbfs } = levels[id]!
      let heard = this.#heard.get(id)
      if (!heard) this.#heard.set(id, (heard = { peakDbfs: SILENCE_DB, silentSinceMs: null, clippingSinceMs: null, clippedAtMs: 0 }))
      if (peakDbfs > heard.peakDbfs) heard.peakDbfs = peakDbfs
      heard.silentSinceMs = peakDbfs < SILENT_BELOW_DBFS ? (heard.silentSinceMs ?? now) : null
      if (peakDbfs >= CLIPS_FROM_DBFS) {
        heard.clippingSinceMs ??= now
        heard.clippedAtMs = now
      } else if (now - heard.clippedAtMs > CLIPPING_ENDS_AFTER_MS) heard.clippingSinceMs = null
    }
  }

  /** What was heard of each source; the peak begins anew. */
  report(): Map<string, SoundVitals> {
    const now = this.nowMs()
    const vitals = new Map<string, SoundVitals>()
    for (const [id, heard] of this.#heard) {
      vitals.set(id, {
        peakDbfs: heard.peakDbfs,
        silentForMs: heard.silentSinceMs === null ? 0 : now - heard.silentSinceMs,
        clippingForMs: heard.clippingSinceMs === null ? 0 : now - heard.clippingSinceMs,
      })
      heard.peakDbfs = SILENCE_DB
    }
    return vitals
  }
}
