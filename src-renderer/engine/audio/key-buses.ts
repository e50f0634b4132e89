import type { MixerStrip } from './mixer-strip.ts'

/** One quantum at 48 kHz: two strips may be each other's key, and Web Audio allows a circle only through a delay. */
const CIRCLE_S = 128 / 48_000

/** Sounds as keys of other strips' compressors, after their own filters, fader and mute: a muted voice does not duck the music. */
export class KeyBuses {
  readonly #buses = new Map<string, DelayNode>()

  constructor(
    private readonly context: AudioContext,
    private readonly strips: ReadonlyMap<string, MixerStrip>,
  ) {}

  /** This source's sound, now or once it is there; silence until then. */
  of(sourceId: string): AudioNode {
    const known = this.#buses.get(sourceId)
    if (known) return known
    const bus = new DelayNode(this.context, { delayTime: CIRCLE_S, maxDelayTime: CIRCLE_S })
    this.#buses.set(sourceId, bus)
    this.strips.get(sourceId)?.join(bus)
    return bus
  }

  /** A strip that is new. One that goes takes its connections with it. */
  take(sourceId: string, strip: MixerStrip): void {
    const bus = this.#buses.get(sourceId)
    if (bus) strip.join(bus)
  }
}
