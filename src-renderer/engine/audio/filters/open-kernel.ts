import type { SoundFilter, SoundFilterKind } from '@shared/domain/sound-filter.ts'
import { CompressorKernel } from './compressor.ts'
import { EqualizerKernel } from './equalizer.ts'
import { ExpanderKernel } from './expander.ts'
import { GainKernel } from './gain.ts'
import { GateKernel } from './gate.ts'
import type { Kernel } from './kernel.ts'
import { LimiterKernel } from './limiter.ts'

/** All but noise suppression, whose models come as worklets of their own. */
export type KernelFilter = Exclude<SoundFilter, { kind: 'noise-suppression' }>

export const isKernelFilter = (filter: SoundFilter): filter is KernelFilter => filter.kind !== ('noise-suppression' satisfies SoundFilterKind)

/** The kernel of one filter; `set` takes filters of the same kind only. */
export function openKernel(filter: KernelFilter, sampleRate: number): Kernel<never> & { readonly kind: SoundFilterKind } {
  return Object.assign(make(filter, sampleRate), { kind: filter.kind })
}

function make(filter: KernelFilter, sampleRate: number): Kernel<never> {
  switch (filter.kind) {
    case 'gate':
      return new GateKernel(filter, sampleRate)
    case 'expander':
      return new ExpanderKernel(filter, sampleRate)
    case 'compressor':
      return new CompressorKernel(filter, sampleRate)
    case 'three-band-eq':
    case 'parametric-eq':
      return new EqualizerKernel(filter, sampleRate)
    case 'limiter':
      return new LimiterKernel(filter, sampleRate)
    case 'gain':
      return new GainKernel(filter, sampleRate)
  }
}
