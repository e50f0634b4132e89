const SAMPLE_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350]
const SAMPLES_PER_FRAME = 1024

/**
 * How long an ADTS file is, from the mean size of the frames in its beginning: exact when `head` is the whole file, within
 * a percent or two for a long one, without reading all of it. Null when it is no ADTS.
 */
export function adtsLengthMs(head: Buffer, sizeBytes: number): number | null {
  let frames = 0
  let at = 0
  let sampleRate = 0
  for (let length = frameBytes(head, at); length !== null; length = frameBytes(head, at)) {
    sampleRate = SAMPLE_RATES[((head[at + 2] ?? 0) >> 2) & 15] ?? 0
    frames++
    at += length
  }
  if (frames === 0 || sampleRate === 0) return null
  const whole = head.length >= sizeBytes
  return Math.round(((whole ? frames : (frames * sizeBytes) / at) * SAMPLES_PER_FRAME * 1000) / sampleRate)
}

/** Frames that must follow one another before a sync word is believed. */
const CHAIN = 4

/** Where the last whole frame ends in the end of an ADTS file, from the beginning of `tail`; null when there is none. */
export function lastWholeFrame(tail: Buffer): number | null {
  for (let start = 0; start + 7 <= tail.length; start++) {
    let [at, frames] = [start, 0]
    for (let length = frameBytes(tail, at); length !== null; length = frameBytes(tail, at)) {
      at += length
      frames++
    }
    if (frames >= CHAIN || (frames > 0 && start === 0)) return at
  }
  return null
}

/** How long the frame at this place is (ISO/IEC 14496-3 §1.A.2); null when there is none, or not all of it. */
function frameBytes(bytes: Buffer, at: number): number | null {
  if (at + 7 > bytes.length || bytes[at] !== 0xff || ((bytes[at + 1] ?? 0) & 0xf6) !== 0xf0) return null
  const length = (((bytes[at + 3] ?? 0) & 3) << 11) | ((bytes[at + 4] ?? 0) << 3) | ((bytes[at + 5] ?? 0) >> 5)
  return length < 7 || at + length > bytes.length ? null : length
}
