import type { EngineClock } from '../../clock.ts'
import { LOAD_AGAIN_MS } from '../asset-pictures.ts'
import type { Stingers, StingerPlay } from '../program-director.ts'
import { type Clip, loadClip } from './clip.ts'
import { ClipPlay } from './play-clip.ts'

/** The videos of the show's stingers, loaded as soon as the show names them. One that cannot be had makes its transition a cut. */
export class StingerClips implements Stingers {
  readonly #clips = new Map<string, Clip | null>()
  readonly #failedMs = new Map<string, number>()

  constructor(
    /** Where assets are, ending with a slash. */
    private readonly base: string,
    private readonly clock: Pick<EngineClock, 'monotonicMs'>,
    private readonly load: (address: string) => Promise<Clip> = loadClip,
  ) {}

  follow(assetIds: ReadonlySet<string>): void {
    for (const id of this.#clips.keys()) if (!assetIds.has(id)) this.#clips.delete(id)
    for (const id of assetIds) if (!this.#clips.has(id) && this.clock.monotonicMs() - (this.#failedMs.get(id) ?? -Infinity) >= LOAD_AGAIN_MS) void this.#load(id)
  }

  lengthMs(assetId: string): number {
    return this.#clips.get(assetId)?.lengthMs ?? 0
  }

  play(assetId: string): StingerPlay | null {
    const clip = this.#clips.get(assetId)
    return clip ? new ClipPlay(clip) : null
  }

  close(): void {
    this.#clips.clear()
  }

  async #load(assetId: string): Promise<void> {
    this.#clips.set(assetId, null)
    const clip = await this.load(`${this.base}${encodeURIComponent(assetId)}`).catch(() => null)
    if (!this.#clips.has(assetId)) return
    if (clip) this.#clips.set(assetId, clip)
    else {
      this.#failedMs.set(assetId, this.clock.monotonicMs())
      this.#clips.delete(assetId)
    }
  }
}
