import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../base/clock.ts'

/** Quieter than this is silence: the noise of a good microphone in a quiet room. */
export const SILENCE_DBFS = -60
const LOOK_EVERY_MS = 1000

export interface IdleWatchParts {
  clock: Pick<Clock, 'every' | 'monotonicMs'>
  /** What the engine said last; null when it has not said anything for some seconds. */
  figures(): Pick<ProgramFigures, 'soundDbfs'> | null
  sources(): readonly SourceStatus[]
  maxIdleMs(): number
  onIdle(idleMs: number): void
}

/** Tells that nobody has given a picture or a sound for too long. */
export class IdleWatch {
  readonly #stop: () => void
  #activeAtMs: number

  constructor(private readonly parts: IdleWatchParts) {
    this.#activeAtMs = parts.clock.monotonicMs()
    this.#stop = parts.clock.every(LOOK_EVERY_MS, () => this.#look())
  }

  close(): void {
    this.#stop()
  }

  #look(): void {
    const nowMs = this.parts.clock.monotonicMs()
    if (isActive(this.parts.figures(), this.parts.sources())) this.#activeAtMs = nowMs
    const idleMs = nowMs - this.#activeAtMs
    if (idleMs >= this.parts.maxIdleMs()) this.parts.onIdle(idleMs)
  }
}

/** A page that is gone gives nothing; one that does not say how loud it is is given the benefit of the doubt. */
export function isActive(figures: Pick<ProgramFigures, 'soundDbfs'> | null, sources: readonly SourceStatus[]): boolean {
  if (figures === null) return false
  const picture = sources.some(({ condition, width }) => condition === 'active' && width > 0)
  return picture || figures.soundDbfs === undefined || figures.soundDbfs > SILENCE_DBFS
}
