import type { CongestionStatus } from '@shared/contracts/broadcast.ts'
import type { ReducedRate } from '@shared/contracts/engine.ts'
import type { CongestionPreferences } from '@shared/contracts/studio.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { SIDE_CONTENTS, type SideContent } from '@shared/domain/program-content.ts'
import { singleFloorKbps } from '@shared/domain/single-presets.ts'
import { Congestion, type CongestionParts } from './congestion/congestion.ts'

export interface SingleRatesParts extends Pick<CongestionParts, 'destinations' | 'statuses' | 'figures' | 'clock' | 'logger'> {
  settings(): CongestionPreferences
  /** What has come of this stream so far. */
  offeredBytes(content: SideContent): number
  /** Something else is in force. */
  onChange(): void
}

interface Rate {
  reduced: ReducedRate | null
  status: CongestionStatus | null
}

/** Keeps the encoder of each stream beside the mix within what the lines take that get it, by the same rules as the mix. */
export class SingleRates {
  readonly #controls: Readonly<Record<SideContent, Congestion>>
  readonly #encodings = new Map<SideContent, Encoding>()
  readonly #rates = new Map<SideContent, Rate>()

  constructor(private readonly parts: SingleRatesParts) {
    this.#controls = { second: this.#control('second'), main: this.#control('main'), aux: this.#control('aux') }
  }

  /** The streams that are on air now, and how they are meant to be coded. */
  follow(onAir: Partial<Record<SideContent, Encoding>>): void {
    for (const content of SIDE_CONTENTS) {
      const encoding = onAir[content]
      const before = this.#encodings.get(content)
      if (!encoding && before) this.#stop(content)
      if (!encoding) continue
      this.#encodings.set(content, encoding)
      if (!before || JSON.stringify(before) !== JSON.stringify(encoding)) this.#controls[content].start()
    }
  }

  /** The settings have changed: they count at once. */
  look(): void {
    for (const content of SIDE_CONTENTS) this.#controls[content].look()
  }

  /** Null = as it is meant to be. */
  reducedOf(content: SideContent): ReducedRate | null {
    return this.#rates.get(content)?.reduced ?? null
  }

  /** Null while it is not on air, and when it is switched off. */
  statusOf(content: SideContent): CongestionStatus | null {
    return this.#rates.get(content)?.status ?? null
  }

  close(): void {
    for (const content of SIDE_CONTENTS) this.#stop(content)
  }

  #stop(content: SideContent): void {
    this.#controls[content].stop()
    this.#encodings.delete(content)
    this.#rates.delete(content)
  }

  #control(content: SideContent): Congestion {
    const { destinations, statuses, figures, clock, logger, settings, offeredBytes, onChange } = this.parts
    const encoding = (): Encoding => {
      const found = this.#encodings.get(content)
      if (!found) throw new Error(`${content} is not on air`)
      return found
    }
    return new Congestion({
      content, destinations, statuses, figures, clock, logger, encoding,
      offeredBytes: () => offeredBytes(content),
      settings: () => ({ ...settings(), floorKbps: content === 'second' ? settings().floorKbps : singleFloorKbps(encoding(), settings().floorKbps) }),
      apply: (reduced, status) => {
        this.#rates.set(content, { reduced, status })
        onChange()
      },
    })
  }
}
