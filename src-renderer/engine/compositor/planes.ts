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
  const { width, height, chromaWidth, y: luma, u, v, alpha } = into
  const redAt = order === 'rgba' ? 0 : 2
  const blueAt = 2 - redAt
  for (let index = 0, at = 0; index < width * height; index++, at += 4) {
    luma[index] = lumaOf(pixels[at + redAt] ?? 0, pixels[at + 1] ?? 0, pixels[at + blueAt] ?? 0)
    if (alpha) alpha[index] = pixels[at + 3] ?? 0
  }
  for (let row = 0; row < into.chromaHeight; row++) {
    const top = row * 2
    const bottom = Math.min(height - 1, top + 1)
    for (let column = 0; column < chromaWidth; column++) {
      const left = column * 2
      const right = Math.min(width - 1, left + 1)
      let r = 0
      let g = 0
      let b = 0
      let weight = 0
      for (const at of [(top * width + left) * 4, (top * width + right) * 4, (bottom * width + left) * 4, (bottom * width + right) * 4]) {
        const part = alpha ? (pixels[at + 3] ?? 0) : 1
        weight += part
        r += (pixels[at + redAt] ?? 0) * part
        g += (pixels[at + 1] ?? 0) * part
        b += (pixels[at + blueAt] ?? 0) * part
      }
      if (weight > 0) {
        r /= weight
        g /= weight
        b /= weight
      }
      u[row * chromaWidth + column] = chromaBlueOf(r, g, b)
      v[row * chromaWidth + column] = chromaRedOf(r, g, b)
    }
  }
}

/** Takes NV12's interleaved chroma (u, v, u, v …) apart. */
export function splitChroma(interleaved: Uint8Array, u: Uint8Array, v: Uint8Array): void {
  for (let index = 0, at = 0; index < u.length; index++, at += 2) {
    u[index] = interleaved[at] as number
    v[index] = interleaved[at + 1] as number
  }
}
