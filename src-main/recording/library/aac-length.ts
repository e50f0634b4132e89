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
  while (at + 7 <= head.length) {
    if (head[at] !== 0xff || ((head[at + 1] ?? 0) & 0xf6) !== 0xf0) break
    const length = (((head[at + 3] ?? 0) & 3) << 11) | ((head[at + 4] ?? 0) << 3) | ((head[at + 5] ?? 0) >> 5)
    if (length < 7 || at + length > head.length) break
    sampleRate = SAMPLE_RATES[((head[at + 2] ?? 0) >> 2) & 15] ?? 0
    frames++
    at += length
  }
  if (frames === 0 || sampleRate === 0) return null
  const whole = head.length >= sizeBytes
  return Math.round(((whole ? frames : (frames * sizeBytes) / at) * SAMPLES_PER_FRAME * 1000) / sampleRate)
}
