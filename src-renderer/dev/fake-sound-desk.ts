import type { Loudness, MonitorChoice, SoundDesk, SoundTroubles } from '../engine/audio/sound-desk.ts'
import { Topic } from './topic.ts'

/** A desk without sound: what it would tell is open to be set. */
export class FakeSoundDesk implements SoundDesk {
  readonly troubles = new Topic<SoundTroubles>({ monitor: null, suppression: null })
  readonly loudness = new Topic<Loudness>({ momentary: -17.4, shortTerm: -16.2, integrated: -15.1, range: 6.3, truePeakDb: -2.4, seconds: 754 })
  readonly reductions = new Topic<Readonly<Record<string, number>>>({})
  readonly monitors: MonitorChoice[] = []
  resets = 0

  setMonitor(choice: MonitorChoice): void {
    this.monitors.push(choice)
  }

  onTroubles(handler: (troubles: SoundTroubles) => void): () => void {
    return this.troubles.watch(handler)
  }

  onLoudness(handler: (loudness: Loudness) => void): () => void {
    return this.loudness.watch(handler)
  }

  resetLoudness(): void {
    this.resets++
  }

  onReductions(_sourceId: string, handler: (reductions: Readonly<Record<string, number>>) => void): () => void {
    return this.reductions.watch(handler)
  }
}
