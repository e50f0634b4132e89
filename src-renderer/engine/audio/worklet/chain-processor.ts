import type { SoundFilterKind } from '@shared/domain/sound-filter.ts'
import type { Kernel } from '../filters/kernel.ts'
import { isKernelFilter, type KernelFilter, openKernel } from '../filters/open-kernel.ts'
import { SAMPLE_RATE } from '../tap-protocol.ts'
import { Ending, listen } from './ending.ts'
import type { ChainMessage, ChainOptions, ChainReductions } from './processor-names.ts'

const REDUCTIONS_PER_SECOND = 20
type Step = { id: string; key: number | null; kernel: Kernel<never> & { kind: SoundFilterKind } }

/** A strip's filters one after the other, in one processor: thin, what it computes is in filters/. */
export class ChainProcessor extends Ending {
  readonly #steps: readonly Step[]
  #watched = false
  #nextFrame = currentFrame

  constructor(options: AudioWorkletNodeOptions) {
    super()
    const { filters, keys } = options.processorOptions as ChainOptions
    this.#steps = filters.map((each) => ({ id: each.id, kernel: openKernel(each, SAMPLE_RATE), key: keyInput(each, keys) }))
    listen<ChainMessage>(this.port, (message) => {
      if (typeof message !== 'object') return
      if ('watched' in message) this.#watched = message.watched
      else this.#set(message.filters)
    })
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const sound = inputs[0] ?? []
    const out = outputs[0] ?? []
    // A mono source is filtered once and heard on both sides; without a source the filters go on by silence.
    const channels = out.slice(0, sound.length > 1 ? 2 : 1)
    for (const [c, samples] of channels.entries()) if (sound[c]) samples.set(sound[c])
    for (const { kernel, key } of this.#steps) kernel.process(channels, key === null ? null : (inputs[key] ?? []))
    if (channels.length === 1 && out[0] && out[1]) out[1].set(out[0])
    if (this.#watched && currentFrame >= this.#nextFrame) this.#tell()
    return this.live
  }

  #set(filters: readonly KernelFilter[]): void {
    for (const { id, kernel } of this.#steps) {
      const next = filters.find((each) => each.id === id && each.kind === kernel.kind)
      if (next && isKernelFilter(next)) kernel.set(next as never)
    }
  }

  #tell(): void {
    this.#nextFrame = currentFrame + SAMPLE_RATE / REDUCTIONS_PER_SECOND
    const reductions: ChainReductions = Object.fromEntries(this.#steps.map(({ id, kernel }) => [id, kernel.reductionDb]))
    this.port.postMessage(reductions)
  }
}

/** The input that steers this filter; null = its own sound. */
function keyInput(filter: KernelFilter, keys: readonly string[]): number | null {
  if (filter.kind !== 'compressor' || filter.sideChainSourceId === undefined) return null
  const at = keys.indexOf(filter.sideChainSourceId)
  return at < 0 ? null : at + 1
}
