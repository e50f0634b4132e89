/** Where a known sound is in a recording. */
export interface Found {
  /** Samples from the recording's start. */
  at: number
  /** 0 to 1: how alike they are there. */
  likeness: number
  /** How far the best place stands out: its likeness over the mean likeness of all places. */
  standsOut: number
}

/**
 * Finds `wanted` in `heard` (mono, the same rate) by normalised cross-correlation, which neither loudness nor a turned-over
 * sign changes. The work is the product of both lengths: bring both to a few kHz first. Null when the recording is shorter.
 */
export function findSound(heard: Float32Array, wanted: Float32Array): Found | null {
  const places = heard.length - wanted.length + 1
  if (places < 1) return null
  const wantedPower = power(wanted, 0, wanted.length)
  let window = power(heard, 0, wanted.length)
  let best: Found = { at: 0, likeness: 0, standsOut: 0 }
  let sum = 0
  for (let at = 0; at < places; at++) {
    let product = 0
    for (let index = 0; index < wanted.length; index++) product += heard[at + index]! * wanted[index]!
    const scale = Math.sqrt(wantedPower * Math.max(window, 1e-9))
    const likeness = scale > 0 ? Math.abs(product) / scale : 0
    sum += likeness
    if (likeness > best.likeness) best = { at, likeness, standsOut: 0 }
    if (at + wanted.length < heard.length) window += heard[at + wanted.length]! ** 2 - heard[at]! ** 2
  }
  return { ...best, standsOut: sum > 0 ? best.likeness / (sum / places) : 0 }
}

const power = (samples: Float32Array, from: number, to: number): number => {
  let sum = 0
  for (let at = from; at < to; at++) sum += samples[at]! ** 2
  return sum
}

/** Every `factor` samples become their mean: enough of a low-pass for a sound whose tones lie well below the new rate. */
export function thinned(samples: Float32Array, factor: number): Float32Array {
  const out = new Float32Array(Math.floor(samples.length / factor))
  for (let at = 0; at < out.length; at++) {
    let sum = 0
    for (let index = 0; index < factor; index++) sum += samples[at * factor + index]!
    out[at] = sum / factor
  }
  return out
}
