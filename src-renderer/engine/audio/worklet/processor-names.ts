/** What the mixer's worklet module registers, and what passes over the nodes' own ports. */
export const METER = 'castwright-meter'
export const TAP = 'castwright-tap'
export const BEEP = 'castwright-beep'

/** Mixer → tap node: send its sound here from now on; null: nowhere any more, and it may be freed. */
export interface TapTarget {
  port: MessagePort | null
}

/** Meter node → mixer, 20 per second: peak and RMS amplitude of each input, in pairs. */
export type MeterReading = Float32Array

/** Mixer → meter or beep node: this processor has done its work and may be freed. */
export const STOP = 'stop'
