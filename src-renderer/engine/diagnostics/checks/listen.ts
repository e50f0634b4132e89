import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import { round } from '../measure/figures.ts'
import { chunkOf, readTrack } from '../measure/read-track.ts'
import { barOf, SoundGauge, type SoundFacts } from '../measure/sound-facts.ts'

/** How long a held peak stays, as meters of mixing desks do it. */
const HOLD_MS = 1500

/** Listens for so many seconds and tells the level every 500 ms: `level` (0 to 100), `dbfs` (RMS), `peakDbfs`, `holdDbfs`. */
export async function listen(track: MediaStreamTrack, given: Performing, seconds: number): Promise<SoundFacts> {
  const gauge = new SoundGauge()
  let hold = { dbfs: -100, untilMs: -Infinity }
  await readTrack('audio', track, { ...given, forMs: seconds * 1000 }, (sound, arrivedMs) => {
    for (const { rmsDbfs, peakDbfs } of gauge.add(chunkOf(sound, arrivedMs))) {
      if (peakDbfs >= hold.dbfs || arrivedMs > hold.untilMs) hold = { dbfs: peakDbfs, untilMs: arrivedMs + HOLD_MS }
      given.progress(gauge.facts.seconds / seconds, { level: barOf(rmsDbfs), dbfs: round(rmsDbfs, 1), peakDbfs: round(peakDbfs, 1), holdDbfs: round(hold.dbfs, 1) })
    }
  })
  return gauge.facts
}
