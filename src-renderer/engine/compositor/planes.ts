/**
 * A picture as three planes of bytes (I420: luma, then two chroma planes of half the size each way, rounded up),
 * tightly packed in one buffer, with an optional plane of opacity at the size of luma.
 */
export interface Planes {
  width: number
  height: number
  chromaWidth: number
  chromaHeight: number
  /** y, u and v one after another, as a VideoFrame takes and gives them. */
  data: Uint8Array<ArrayBuffer>
  y: Uint8Array<ArrayBuffer>
  u: Uint8Array<ArrayBuffer>
  v: Uint8Array<ArrayBuffer>
  /** 0 to 255 per luma pixel; null = opaque. */
  alpha: Uint8Array<ArrayBuffer> | null
}

/**
 * The program's colour: BT.601 limited range, which is what cameras and screens arrive in here, so that no pixel has to
 * be converted. It is written on each frame, and the encoder passes it on (VUI), so players show the right colours.
 */
export const PROGRAM_COLOUR = { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', fullRange: false } as const

export function allocatePlanes(width: number, height: number, withAlpha = false): Planes {
  const chromaWidth = (width + 1) >> 1
  const chromaHeight = (height + 1) >> 1
  const lumaBytes = width * height
  const chromaBytes = chromaWidth * chromaHeight
  const data = new Uint8Array(lumaBytes + 2 * chromaBytes)
  return {
    width,
    height,
    chromaWidth,
    chromaHeight,
    data,
    y: data.subarray(0, lumaBytes),
    u: data.subarray(lumaBytes, lumaBytes + chromaBytes),
    v: data.subarray(lumaBytes + chromaBytes),
    alpha: withAlpha ? new Uint8Array(lumaBytes) : null,
  }
}

/** Where the planes of `of` lie in its buffer, for `VideoFrame.copyTo`. */
export function planeLayout(of: Planes): PlaneLayout[] {
  const lumaBytes = of.width * of.height
  return [
    { offset: 0, stride: of.width },
    { offset: lumaBytes, stride: of.chromaWidth },
    { offset: lumaBytes + of.chromaWidth * of.chromaHeight, stride: of.chromaWidth },
  ]
}

/** Luma and chroma (each 0 to 255) of an sRGB colour in the program's colour: BT.601, limited range, in 16-bit fixed point. */
export const lumaOf = (r: number, g: number, b: number): number => (16_829 * r + 33_039 * g + 6_416 * b + 32_768 + 16 * 65_536) >> 16
export const chromaBlueOf = (r: number, g: number, b: number): number => (-9_714 * r - 19_070 * g + 28_784 * b + 32_768 + 128 * 65_536) >> 16
export const chromaRedOf = (r: number, g: number, b: number): number => (28_784 * r - 24_103 * g - 4_681 * b + 32_768 + 128 * 65_536) >> 16

/** `#rrggbb` or `#rrggbbaa` as numbers 0 to 255. */
export function parseColour(colour: string): { r: number; g: number; b: number; a: number } {
  const at = (index: number, fallback: number) => (colour.length > index ? Number.parseInt(colour.slice(index, index + 2), 16) : fallback)
  return { r: at(1, 0), g: at(3, 0), b: at(5, 0), a: at(7, 255) }
}

/** Fills a rectangle (even coordinates) with one colour given as luma and chroma. */
export function fillRect(planes: Planes, x: number, y: number, width: number, height: number, luma: number, blue: number, red: number): void {
  for (let row = y; row < y + height; row++) planes.y.fill(luma, row * planes.width + x, row * planes.width + x + width)
  const right = (x + width + 1) >> 1
  for (let row = y >> 1; row < (y + height + 1) >> 1; row++) {
    const start = row * planes.chromaWidth
    planes.u.fill(blue, start + (x >> 1), start + right)
    planes.v.fill(red, start + (x >> 1), start + right)
  }
}

/**
 * Reads rows of 4-byte pixels (as ImageData or VideoFrame give them; not premultiplied) into planes. Chroma is the mean
 * of each 2x2 block, weighted by opacity so that no colour bleeds in from what is transparent.
 */
export function planesFromRgb(pixels: Uint8Array | Uint8ClampedArray, into: Planes, order: 'rgba' | 'bgra'): void {
  const { width, height, chromaWidth, chromaHeight, y, u, v, alpha } = into
  // Whole pixels at a time, lowest byte first, as every machine that runs this reads them.
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height)
  const redShift = order === 'rgba' ? 0 : 16
  const blueShift = 16 - redShift
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as number
    y[index] = lumaOf((word >>> redShift) & 255, (word >>> 8) & 255, (word >>> blueShift) & 255)
    if (alpha) alpha[index] = word >>> 24
  }
  for (let row = 0; row < chromaHeight; row++) {
    const upper = row * 2 * width
    const lower = Math.min(height - 1, row * 2 + 1) * width
    for (let column = 0; column < chromaWidth; column++) {
      const left = column * 2
      const right = Math.min(width - 1, left + 1)
      const a = words[upper + left] as number
      const b = words[upper + right] as number
      const c = words[lower + left] as number
      const d = words[lower + right] as number
      const weights = alpha ? (a >>> 24) + (b >>> 24) + (c >>> 24) + (d >>> 24) : 1020
      if (weights === 0) {
        // Nothing is seen here, but shrinking mixes it into its neighbours: without a colour of its own it must tint nothing.
        u[row * chromaWidth + column] = 128
        v[row * chromaWidth + column] = 128
        continue
      }
      let red: number
      let green: number
      let blue: number
      if (weights === 1020) {
        red = meanOf(a >>> redShift, b >>> redShift, c >>> redShift, d >>> redShift)
        green = meanOf(a >>> 8, b >>> 8, c >>> 8, d >>> 8)
        blue = meanOf(a >>> blueShift, b >>> blueShift, c >>> blueShift, d >>> blueShift)
      } else {
        red = weighted(a, b, c, d, redShift, weights)
        green = weighted(a, b, c, d, 8, weights)
        blue = weighted(a, b, c, d, blueShift, weights)
      }
      u[row * chromaWidth + column] = chromaBlueOf(red, green, blue)
      v[row * chromaWidth + column] = chromaRedOf(red, green, blue)
    }
  }
}

const meanOf = (a: number, b: number, c: number, d: number): number => ((a & 255) + (b & 255) + (c & 255) + (d & 255)) / 4

const weighted = (a: number, b: number, c: number, d: number, shift: number, weights: number): number =>
  (((a >>> shift) & 255) * (a >>> 24) + ((b >>> shift) & 255) * (b >>> 24) + ((c >>> shift) & 255) * (c >>> 24) + ((d >>> shift) & 255) * (d >>> 24)) / weights

/** Takes NV12's interleaved chroma (u, v, u, v …) apart. */
export function splitChroma(interleaved: Uint8Array, u: Uint8Array, v: Uint8Array): void {
  for (let index = 0, at = 0; index < u.length; index++, at += 2) {
    u[index] = interleaved[at] as number
    v[index] = interleaved[at + 1] as number
  }
}
