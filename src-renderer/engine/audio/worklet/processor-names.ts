import type { KernelFilter } from '../filters/open-kernel.ts'

/** What the mixer's worklet module registers, and what passes over the nodes' own ports. */
export const METER = 'castwright-meter'
export const TAP = 'castwright-tap'
export const BEEP = 'castwright-beep'
export const CHAIN = 'castwright-chain'
export const LOUDNESS = 'castwright-loudness'

/** Mixer → tap node: send its sound here from now on; null: nowhere any more, and it may be freed. */
export interface TapTarget {
  port: MessagePort | null
}

/** Meter node → mixer, 20 per second: peak and RMS amplitude of each input, in pairs. */
export type MeterReading = Float32Array

/** Mixer → any node but a tap: this processor has done its work and may be freed. */
export const STOP = 'stop'

/** What a chain node is made with. Its first input is the sound, the others are the keys, in the order of `keys`. */
export interface ChainOptions {
  filters: readonly KernelFilter[]
  keys: readonly string[]
}

/** Mixer → chain node: the same filters with other settings, or whether the reductions are wanted. */
export type ChainMessage = { filters: readonly KernelFilter[] } | { watched: boolean }

/** Chain node → mixer, 20 per second while watched: by filter, how many dB it takes away. */
export type ChainReductions = Readonly<Record<string, number>>

/** Mixer → loudness node: begin the integrated values anew. */
export const RESET = 'reset'
