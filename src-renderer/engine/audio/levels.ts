/** Gains and levels: dB in, factors out, and the running peak and RMS of one meter. */

/** The strip's scale ends here; at and below it a strip is silent. */
export const SILENCE_DB = -100

export function gainOf(volumeDb: number): number {
  return volumeDb <= SILENCE_DB ? 0 : 10 ** (volumeDb / 20)
}

/** dBFS of an amplitude (1 = full scale), never below -100. */
export function dbfsOf(amplitude: number): number {
  return amplitude > 0 ? Math.max(SILENCE_DB, 20 * Math.log10(amplitude)) : SILENCE_DB
}

/**
 * Peak and RMS of what was added since the last `take`. Of several channels the loudest counts,
 * so a mono source reads the same before and after it became stereo.
 */
export class LevelMeter {
  #peak = 0
  #frames = 0
  #squares: number[] = []

  /** One quantum: an array of channels, or none when nothing is connected. `frames` is its length. */
  add(channels: readonly Float32Array[], frames: number): void {
    this.#frames += frames
    for (let channel = 0; channel < channels.length; channel++) {
      const samples = channels[channel]!
      let squares = 0
      let peak = this.#peak
      for (let i = 0; i < samples.length; i++) {
        const sample = samples[i]!
        squares += sample * sample
        const size = sample < 0 ? -sample : sample
        if (size > peak) peak = size
      }
      this.#peak = peak
      this.#squares[channel] = (this.#squares[channel] ?? 0) + squares
    }
  }

  /** Amplitudes (1 = full scale) since the last call; starts anew. */
  take(): { peak: number; rms: number } {
    const loudest = Math.max(0, ...this.#squares)
    const taken = { peak: this.#peak, rms: this.#frames > 0 ? Math.sqrt(loudest / this.#frames) : 0 }
    this.#peak = 0
    this.#frames = 0
    this.#squares = []
    return taken
  }
}
