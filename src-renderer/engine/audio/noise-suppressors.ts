import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'

export type Strength = SoundFilterOf<'noise-suppression'>['strength']
export interface Suppressor {
  node: AudioNode
  /** Ends its processor. */
  close(): void
}
export type MakeSuppressor = () => Suppressor

/** Mono and stereo; a third channel would not be filtered. */
const MAX_CHANNELS = 2

/** Loads the models (Speex, RNNoise, GTCRN: WebAssembly inside the package) on first use, each once for its context. */
export class NoiseSuppressors {
  readonly #loaded = new Map<Strength, Promise<MakeSuppressor>>()

  constructor(private readonly context: AudioContext) {}

  load(strength: Strength): Promise<MakeSuppressor> {
    const known = this.#loaded.get(strength)
    if (known) return known
    const loading = load(this.context, strength)
    this.#loaded.set(strength, loading)
    // What could not be loaded once may be there the next time.
    loading.catch(() => this.#loaded.delete(strength))
    return loading
  }
}

async function load(context: AudioContext, strength: Strength): Promise<MakeSuppressor> {
  const { loadSuppressor } = await import('./noise-suppressor-door.ts')
  const { worklet, wasmBinary, Node } = await loadSuppressor(strength)
  await context.audioWorklet.addModule(worklet)
  return () => {
    const node = new Node(context, { maxChannels: MAX_CHANNELS, wasmBinary })
    return { node, close: () => node.destroy() }
  }
}
