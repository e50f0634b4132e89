/** A sweep from low to high: the sound whose place in a recording is found most exactly. Mono, -12 dBFS peak. */
export function sweep(sampleRate: number, { seconds = 0.4, fromHz = 500, toHz = 3000 } = {}): Float32Array<ArrayBuffer> {
  const out = new Float32Array(Math.round(sampleRate * seconds))
  for (let at = 0; at < out.length; at++) {
    const time = at / sampleRate
    const phase = 2 * Math.PI * (fromHz * time + ((toHz - fromHz) * time * time) / (2 * seconds))
    out[at] = 0.25 * edge(at, out.length, sampleRate * 0.01) * Math.sin(phase)
  }
  return out
}

/** Tones of a chime in Hz, each with its second overtone: two falling notes, known from stations and doors. */
const CHIME_HZ = [659.26, 523.25] as const
const CHIME_NOTE_SECONDS = 0.9

/** What the speaker check plays: a friendly chime, twice, 4 s long. Mono, -12 dBFS peak. */
export function chime(sampleRate: number): Float32Array<ArrayBuffer> {
  const note = Math.round(CHIME_NOTE_SECONDS * sampleRate)
  const out = new Float32Array(Math.round(4 * sampleRate))
  for (let ring = 0; ring < 2; ring++) {
    for (const [which, hz] of CHIME_HZ.entries()) {
      const from = Math.round(ring * 2.1 * sampleRate) + which * Math.round(0.5 * sampleRate)
      for (let at = 0; at < note && from + at < out.length; at++) {
        const time = at / sampleRate
        const fading = Math.exp(-4 * time) * edge(at, note, sampleRate * 0.005)
        out[from + at]! += 0.16 * fading * (Math.sin(2 * Math.PI * hz * time) + 0.3 * Math.sin(4 * Math.PI * hz * time))
      }
    }
  }
  return out
}

/** Rises and falls over so many samples, so that it does not click. */
const edge = (at: number, length: number, over: number): number => Math.min(1, (at + 1) / over, (length - at) / over)
