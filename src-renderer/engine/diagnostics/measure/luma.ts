/** A small grey picture, 0 (black) to 255 for each pixel. */
export type Luma = Uint8Array

/** Grey values of RGBA pixels; weights of ITU-R BT.709, as webrtc/testrtc uses them. */
export function lumaOf(rgba: Uint8ClampedArray): Luma {
  const luma = new Uint8Array(rgba.length / 4)
  for (let at = 0; at < luma.length; at++) luma[at] = Math.round(0.2126 * rgba[at * 4]! + 0.7152 * rgba[at * 4 + 1]! + 0.0722 * rgba[at * 4 + 2]!)
  return luma
}

export function meanLuma(luma: Luma): number {
  let sum = 0
  for (const each of luma) sum += each
  return luma.length > 0 ? sum / luma.length : 0
}

/** Share of pixels (0 to 1) that are not the same in both, by more than one step of rounding. */
export function changedShare(before: Luma, after: Luma): number {
  let changed = 0
  for (let at = 0; at < after.length; at++) if (Math.abs(after[at]! - before[at]!) > 1) changed++
  return after.length > 0 ? changed / after.length : 0
}
